using System.Text.Json;
using System.Text.Unicode;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// The form in which a document is stored. The form depends on the document's bytes, and never only on the type that the sender declares.
/// </summary>
/// <param name="Type">The media type.</param>
/// <param name="Bytes">The bytes to store. The bytes are those received, except that active content is removed from a web page.</param>
public sealed record AttachmentForm(string Type, byte[] Bytes)
{
    private const string FhirJson = "application/fhir+json";
    private const string FhirXml = "application/fhir+xml";
    private const string Json = "application/json";

    /// <summary>Decides the form in which a document is stored.</summary>
    /// <returns>The outcome is Done, or Refused with one sentence if the type is not accepted or does not match the declared
    /// type.</returns>
    public static StoreResult<AttachmentForm> Of(string declaredType, byte[] bytes)
    {
        switch (MediaOf(declaredType))
        {
            case "text/html" or "application/xhtml+xml":
                return HtmlDocuments.Clean(bytes, declaredType) is { } page
                    ? StoreResult.Done(new AttachmentForm(HtmlDocuments.MediaType, page))
                    : StoreResult.Failed<AttachmentForm>(KeepingOutcome.Refused, "The web page cannot be read, or it contains no text.");
            case FhirJson or Json or "text/json" or "application/json+fhir" or "text/plain" when JsonType(bytes) is { } json:
                return StoreResult.Done(new AttachmentForm(json, bytes));
            case FhirXml or "application/xml" or "text/xml" or "application/xml+fhir" when FhirXmlDocuments.IsFhirWithoutActiveContent(bytes):
                return StoreResult.Done(new AttachmentForm(FhirXml, bytes));
        }

        return AttachmentSniffer.TypeOf(bytes) is not { } type
            ? MediaOf(declaredType) == "text/plain" && !Utf8.IsValid(bytes) && !bytes.Contains((byte)0)
                ? StoreResult.Failed<AttachmentForm>(KeepingOutcome.Refused, "The text file is not saved in UTF-8. Save the file again in UTF-8, or as PDF or Word.")
                : StoreResult.Failed<AttachmentForm>(KeepingOutcome.Refused, "The type of the document is not accepted. Accepted types are PDF, Word, Excel, RTF, plain text, web page, FHIR, PNG, JPEG and TIFF, without macros.")
            : AttachmentSniffer.Agrees(declaredType, type) || (type == "text/plain" && IsPlain(MediaOf(declaredType)))
                ? StoreResult.Done(new AttachmentForm(type, bytes))
                : StoreResult.Failed<AttachmentForm>(KeepingOutcome.Refused, $"The declared type of the document does not match its content, which is {type}.");
    }

    /// <summary>Finds the media type of a stored document from its bytes.</summary>
    public static string StoredMediaType(byte[] bytes) =>
        HtmlDocuments.IsClean(bytes) ? $"{HtmlDocuments.MediaType}; charset=utf-8"
        : JsonType(bytes) is { } json ? json
        : AttachmentSniffer.TypeOf(bytes) ?? (FhirXmlDocuments.IsFhirWithoutActiveContent(bytes) ? FhirXml : "application/octet-stream");

    private static string MediaOf(string declaredType) => declaredType.Split(';')[0].Trim().ToLowerInvariant();

    // Documents of these media types are also plain text; so is JSON that is not an object.
    private static bool IsPlain(string media) => media is "text/csv" or "text/markdown" or "text/tab-separated-values" or Json or "text/json";

    // A sender repeats the type that the upload returned. It is compared with the type that the stored bytes show, so both must follow
    // from the bytes alone.
    private static string? JsonType(byte[] bytes)
    {
        if (!bytes.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String
                ? FhirJson
                : Json;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
