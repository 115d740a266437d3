using System.Text;
using System.Text.Json;
using System.Xml;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Contracts.Fhir.Subjects;

/// <summary>
/// Finds out from its bytes whether a document is FHIR, whatever its declared type. Every form that the FHIR reader accepts must be
/// found here, because the subject of a document that is not found is never checked.
/// </summary>
internal static class FhirSniffing
{
    private const string Namespace = "http://hl7.org/fhir";
    private const int BytesOfBrokenText = 4096;

    /// <summary>The format of the FHIR resource that the bytes contain, or null if they contain none.</summary>
    internal static FhirFormat? FormatOf(ReadOnlyMemory<byte> bytes)
    {
        bytes = AsUtf8(bytes);
        var text = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return text.Span.TrimStart(" \r\n\t"u8) switch
        {
            [(byte)'{' or (byte)'[', ..] => NamesAType(text.Span) ? FhirFormat.Json : null,
            [(byte)'<', ..] => IsInTheNamespace(text) ? FhirFormat.Xml : null,
            _ => null,
        };
    }

    /// <summary>The text in UTF-8. Other programs read JSON and XML in UTF-16 too, with or without a byte order mark.</summary>
    internal static ReadOnlyMemory<byte> AsUtf8(ReadOnlyMemory<byte> bytes) => bytes.Span switch
    {
        [0xFF, 0xFE, ..] or [(byte)'{' or (byte)'[' or (byte)'<', 0, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, bytes.ToArray()),
        [0xFE, 0xFF, ..] or [0, (byte)'{' or (byte)'[' or (byte)'<', ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, bytes.ToArray()),
        _ => bytes,
    };

    // The member can be anywhere in the object, and its name can be written with escapes. Resources can also be in a list or inside other
    // data: such a text cannot be read as FHIR, but it must not be taken for something else.
    private static bool NamesAType(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonScan.MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("resourceType"u8))
                {
                    return true;
                }
            }

            return false;
        }
        catch (JsonException)
        {
            return Begins(json).Contains("\"resourceType\"", StringComparison.Ordinal);
        }
    }

    private static bool IsInTheNamespace(ReadOnlyMemory<byte> xml)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml.ToArray(), writable: false), XmlScan.Settings);
            return reader.MoveToContent() == XmlNodeType.Element && reader.NamespaceURI == Namespace;
        }
        catch (XmlException)
        {
            var start = Begins(xml.Span);
            return start.Contains($"{Namespace}\"", StringComparison.Ordinal) || start.Contains($"{Namespace}'", StringComparison.Ordinal);
        }
    }

    private static string Begins(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, BytesOfBrokenText)]);
}
