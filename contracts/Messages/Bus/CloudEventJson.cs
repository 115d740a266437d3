using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace IntegrationHub.Contracts.Bus;

/// <summary>CloudEvents in structured mode: envelope and data in one JSON object. Source: cloudevents/spec formats/json-format.md.</summary>
public static class CloudEventJson
{
    private const string NotUnicode = "$: contains a string or a property name that is not valid Unicode.";

    // A member that is given twice is rejected, because readers differ on which value applies.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads one event and never throws.</summary>
    /// <param name="json">The bytes to read, which need not be valid JSON.</param>
    public static Reading<CloudEvent> Read(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json, out var problem);
        if (document is null)
        {
            return Reading<CloudEvent>.Failed(problem);
        }

        try
        {
            return Build(document.RootElement);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json throws this exception if a text or a name contains half a surrogate pair, which is JSON but not Unicode.
            return Reading<CloudEvent>.Failed(NotUnicode);
        }
    }

    /// <summary>Parses JSON of any kind. If the bytes are not JSON, the result is null and the problem is stated.</summary>
    internal static JsonDocument? Parse(ReadOnlyMemory<byte> json, out string problem)
    {
        problem = NotPlainUtf8(json.Span) ?? "";
        if (problem.Length > 0)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (JsonException notJson)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"$: is not JSON, or has two members of the same name (line {notJson.LineNumber + 1}, byte {notJson.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            problem = NotUnicode;
        }

        return null;
    }

    /// <summary>What to change about bytes that are not plain UTF-8, judging by the first bytes, or null if no problem is found.</summary>
    private static string? NotPlainUtf8(ReadOnlySpan<byte> json) => json switch
    {
        [] => "$: is empty; send the JSON in one AMQP data section.",
        [0xEF, 0xBB, 0xBF, ..] => "$: begins with a UTF-8 byte order mark; send UTF-8 without it.",
        [0x1F, 0x8B, ..] => "$: is compressed with gzip; send it uncompressed.",
        [0x28, 0xB5, 0x2F, 0xFD, ..] or [0x78, 0x01 or 0x5E or 0x9C or 0xDA, ..] => "$: is compressed; send it uncompressed.",
        [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, _, ..] or [_, 0, ..] => "$: is UTF-16 or UTF-32; send UTF-8 without a byte order mark.",
        _ when !Utf8.IsValid(json) => "$: is not UTF-8; send UTF-8 (Latin-1 and other code pages are not supported).",
        _ => null,
    };

    private static Reading<CloudEvent> Build(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Reading<CloudEvent>.Failed("$: must be an object.");
        }

        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var data = ReadOnlyMemory<byte>.Empty;
        if (root.TryGetProperty("data", out _) && root.TryGetProperty("data_base64", out _))
        {
            return Reading<CloudEvent>.Failed("$: contains both data and data_base64; an event must have only one.");
        }

        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "data":
                    data = Encoding.UTF8.GetBytes(member.Value.GetRawText());
                    break;
                case "data_base64" when member.Value.ValueKind == JsonValueKind.String && member.Value.TryGetBytesFromBase64(out var bytes):
                    data = bytes;
                    break;
                case "data_base64":
                    return Reading<CloudEvent>.Failed("$.data_base64: must be base64 text.");
                default:
                    if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    {
                        return Reading<CloudEvent>.Failed("an attribute of the event is not text, a number or a Boolean.");
                    }

                    attributes[member.Name] = member.Value.ValueKind switch
                    {
                        JsonValueKind.Null => null,
                        JsonValueKind.String => member.Value.GetString(),
                        _ => member.Value.GetRawText(),
                    };
                    break;
            }
        }

        return CloudEventAttributes.Build(attributes, contentType: attributes.GetValueOrDefault("datacontenttype") as string, data);
    }

    /// <summary>Writes one event whose data is JSON (or nothing).</summary>
    /// <exception cref="JsonException">The data is declared as JSON but is not JSON.</exception>
    public static byte[] Write(CloudEvent cloudEvent)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("specversion", CloudEvent.SpecVersion);
            writer.WriteString("id", cloudEvent.Id);
            writer.WriteString("source", cloudEvent.Source);
            writer.WriteString("type", cloudEvent.Type);
            Put("subject", cloudEvent.Subject);
            Put("time", cloudEvent.Time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            Put("datacontenttype", cloudEvent.DataContentType);
            Put("dataschema", cloudEvent.DataSchema);
            foreach (var (name, value) in cloudEvent.Extensions)
            {
                Put(name, value);
            }

            if (!cloudEvent.Data.IsEmpty)
            {
                writer.WritePropertyName("data");
                writer.WriteRawValue(cloudEvent.Data.Span);
            }

            writer.WriteEndObject();

            void Put(string name, string? value)
            {
                if (value is not null)
                {
                    writer.WriteString(name, value);
                }
            }
        }

        return buffer.WrittenSpan.ToArray();
    }
}
