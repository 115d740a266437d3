using System.Text.Json;
using System.Text.Unicode;
using System.Xml;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using IntegrationHub.Contracts.Fhir.Rules;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>
/// Reads bytes that come from outside the hub strictly as FHIR. The reader checks that the bytes are well-formed, then applies the SDK's
/// Strict mode and the rules of the profiles that the hub enforces. The reader returns a resource or all problems found, and does not throw
/// exceptions. Safe for use from several threads.
/// </summary>
public static class FhirReader
{
    /// <summary>Greatest size of a request: 10 MB.</summary>
    public const int MaxRequestBytes = 10 * 1024 * 1024;

    /// <summary>Greatest size of a Binary's content: 50 MB. Base64 makes the content a third longer, and the resource around it adds a
    /// little more.</summary>
    public const int MaxBinaryBytes = 50 * 1024 * 1024;

    private const int MaxProblems = 50;

    private static readonly FhirJsonDeserializer Json = new(Strict());
    private static readonly FhirXmlDeserializer Xml = new(Strict());

    /// <summary>Reads a resource of any type.</summary>
    /// <param name="bytes">The bytes as received.</param>
    /// <param name="contentType">The Content-Type received with the bytes; null means JSON.</param>
    /// <param name="maxBytes">The greatest size accepted, in bytes.</param>
    public static FhirReading<Resource> Read(ReadOnlyMemory<byte> bytes, string? contentType, int maxBytes = MaxRequestBytes) =>
        FhirFormats.Parse(contentType ?? FhirFormats.Json) is { } format
            ? Read(bytes, format, maxBytes)
            : Failed("", $"the content type must be {FhirFormats.Json} or {FhirFormats.Xml}, in UTF-8.", OperationOutcome.IssueType.NotSupported, 415);

    /// <summary>Reads a resource of any type in a known format.</summary>
    public static FhirReading<Resource> Read(ReadOnlyMemory<byte> bytes, FhirFormat format, int maxBytes = MaxRequestBytes)
    {
        if (bytes.Length > maxBytes)
        {
            return Failed("", $"the text has more than {maxBytes} bytes.", OperationOutcome.IssueType.TooLong, 413);
        }

        // RFC 8259 8.1: a reader may ignore a byte order mark instead of reporting an error.
        var text = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (text.IsEmpty)
        {
            return Failed("", "the body is empty; a FHIR resource is expected.", OperationOutcome.IssueType.Required, 400);
        }

        if (!Utf8.IsValid(text.Span))
        {
            return Failed("", "the text is not valid UTF-8.", OperationOutcome.IssueType.Structure, 400);
        }

        return format == FhirFormat.Json ? ReadJson(text) : ReadXml(text.ToArray());
    }

    private static FhirReading<Resource> ReadJson(ReadOnlyMemory<byte> text)
    {
        if (JsonScan.Check(text.Span) is { } broken)
        {
            return FhirReading<Resource>.Failed(broken);
        }

        try
        {
            var reader = new Utf8JsonReader(text.Span, new JsonReaderOptions { MaxDepth = JsonScan.MaxDepth });
            Json.TryDeserializeResource(ref reader, out var resource, out var findings);
            return Judge(resource, findings);
        }
        catch (Exception unforeseen) when (unforeseen is JsonException or InvalidOperationException or NotSupportedException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            // The SDK documents that it does not throw, but it does (see JsonScan). Any other exception means that the SDK cannot parse the
            // text.
            return Failed("", "the JSON cannot be read as a FHIR resource.", OperationOutcome.IssueType.Structure, 400);
        }
    }

    private static FhirReading<Resource> ReadXml(byte[] text)
    {
        if (XmlScan.Check(text) is { } broken)
        {
            return FhirReading<Resource>.Failed(broken);
        }

        try
        {
            using var reader = XmlReader.Create(new MemoryStream(text, writable: false), XmlScan.Settings);
            Xml.TryDeserializeResource(reader, out var resource, out var findings);
            return Judge(resource, findings);
        }
        catch (Exception unforeseen) when (unforeseen is XmlException or InvalidOperationException or NotSupportedException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            return Failed("", "the XML cannot be read as a FHIR resource.", OperationOutcome.IssueType.Structure, 400);
        }
    }

    private static FhirReading<Resource> Judge(Resource? resource, IEnumerable<CodedException> findings)
    {
        var problems = findings.Take(MaxProblems).Select(finding => SdkFindings.Of(finding, resource?.TypeName ?? "$this")).ToList();
        if (problems.Count == 0 && resource is not null)
        {
            problems.AddRange(CheckedRules.Check(resource).Take(MaxProblems));
        }

        return problems.Count == 0 && resource is not null
            ? FhirReading<Resource>.Of(resource)
            : problems.Count > 0 ? FhirReading<Resource>.Failed(problems) : Failed("", "no FHIR resource was found.", OperationOutcome.IssueType.Structure, 400);
    }

    private static FhirReading<Resource> Failed(string path, string reason, OperationOutcome.IssueType code, int status) =>
        FhirReading<Resource>.Failed(new FhirProblem(path, reason, code) { Status = status });

    private static DeserializerSettings Strict() => new DeserializerSettings().UsingMode(DeserializationMode.Strict);
}
