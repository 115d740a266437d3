using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>
/// Checks the bytes before the SDK reads them. The scan finds what makes the SDK throw or what the SDK overlooks: text that is not JSON,
/// lone surrogates, characters that XML cannot contain, abstract resource types, and a resourceType given twice.
/// </summary>
internal static class JsonScan
{
    internal const int MaxDepth = 64;

    internal static FhirProblem? Check(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return Bad("the text is JSON, but not an object; a FHIR resource must be a JSON object.");
            }

            return Walk(ref reader);
        }
        catch (JsonException broken)
        {
            // The exception's message may quote the text, so only the position is reported.
            return broken.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) && broken.Message.Contains("exceeded", StringComparison.OrdinalIgnoreCase)
                ? Bad($"the JSON is nested more than {MaxDepth} levels deep.") with { Code = OperationOutcome.IssueType.TooCostly }
                : Bad($"not well-formed JSON at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.");
        }
    }

    private static FhirProblem? Walk(ref Utf8JsonReader reader)
    {
        // One flag for each level records whether the object has named its resourceType yet.
        Span<bool> named = stackalloc bool[MaxDepth + 2];
        named.Clear();
        var expectsType = false;
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    named[reader.CurrentDepth + 1] = false;
                    break;
                case JsonTokenType.PropertyName:
                    expectsType = reader.ValueTextEquals("resourceType"u8);
                    if (Characters(ref reader) is { } badName)
                    {
                        return badName;
                    }

                    if (expectsType && named[reader.CurrentDepth])
                    {
                        return Bad("an object names its resourceType twice.");
                    }

                    named[reader.CurrentDepth] |= expectsType;
                    continue;
                case JsonTokenType.String when Characters(ref reader) is { } badText:
                    return badText;
                case JsonTokenType.String when expectsType && (reader.ValueTextEquals("Resource"u8) || reader.ValueTextEquals("DomainResource"u8)):
                    return Bad("resourceType names an abstract type, which cannot be sent.");
            }

            expectsType = false;
        }
        while (reader.Read());

        return null;
    }

    private static FhirProblem? Characters(ref Utf8JsonReader reader)
    {
        // The bytes are valid UTF-8. In a text without a backslash, only U+FFFE and U+FFFF could be wrong, and in UTF-8 both begin with 0xEF.
        if (!reader.ValueIsEscaped && reader.ValueSpan.IndexOf((byte)0xEF) < 0)
        {
            return null;
        }

        var buffer = new char[reader.ValueSpan.Length];
        int length;
        try
        {
            length = reader.CopyString(buffer);
        }
        catch (InvalidOperationException)
        {
            return Bad($"incomplete surrogate pair at byte {reader.TokenStartIndex + 1}: the text contains half a character.");
        }

        for (var i = 0; i < length; i++)
        {
            if (char.IsHighSurrogate(buffer[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(buffer[i]))
            {
                // FHIR R4 datatypes.html#string: no characters below U+0020 except tab, line feed and carriage return.
                return Bad($"control character inside the text at byte {reader.TokenStartIndex + 1}: FHIR allows only tab and line ends.");
            }
        }

        return null;
    }

    private static FhirProblem Bad(string reason) => new("", reason, OperationOutcome.IssueType.Structure) { Status = 400, Rule = "json" };
}
