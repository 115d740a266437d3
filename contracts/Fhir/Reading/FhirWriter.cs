using System.Buffers;
using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>
/// Writes FHIR in the requested format. The class can be used from several threads at once. A council's texts can contain characters that
/// FHIR does not allow, for example the line break of a word processor. Each of them is replaced by U+FFFD, so that a reader sees that
/// something is missing; otherwise XML could not be written, and strict readers would refuse the whole answer.
/// </summary>
public static class FhirWriter
{
    private static readonly R4JsonSerializer Json = new();
    private static readonly FhirXmlSerializer Xml = new();

    /// <summary>The bytes of the resource in UTF-8, without a byte order mark.</summary>
    public static byte[] Write(Resource resource, FhirFormat format)
    {
        if (format == FhirFormat.Json)
        {
            var json = Json.SerializeToBytes(resource);
            return MayHaveControls(json) && JsonScan.Check(json) is not null ? Allowed(json) : json;
        }

        try
        {
            return Xml.SerializeToBytes(resource);
        }
        catch (ArgumentException)
        {
            return Xml.SerializeToBytes(OwnFhir.Read(Allowed(Json.SerializeToBytes(resource))));
        }
    }

    /// <summary>The text as it is written in FHIR.</summary>
    public static string Allowed(string text)
    {
        var allowed = text.ToCharArray();
        for (var i = 0; i < allowed.Length; i++)
        {
            if (char.IsHighSurrogate(allowed[i]) && i + 1 < allowed.Length && char.IsLowSurrogate(allowed[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(allowed[i]))
            {
                allowed[i] = '\uFFFD';
            }
        }

        return new string(allowed);
    }

    // Control characters are written with a backslash. U+FFFE and U+FFFF are, or begin with 0xEF.
    private static bool MayHaveControls(ReadOnlySpan<byte> json) => json.IndexOfAny((byte)'\\', (byte)0xEF) >= 0;

    private static byte[] Allowed(ReadOnlySpan<byte> json)
    {
        var bytes = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(bytes);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonScan.MaxDepth });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: writer.WriteStartObject(); break;
                case JsonTokenType.EndObject: writer.WriteEndObject(); break;
                case JsonTokenType.StartArray: writer.WriteStartArray(); break;
                case JsonTokenType.EndArray: writer.WriteEndArray(); break;
                case JsonTokenType.PropertyName: writer.WritePropertyName(reader.GetString()!); break;
                case JsonTokenType.String: writer.WriteStringValue(Allowed(reader.GetString()!)); break;
                default: writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
            }
        }

        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
