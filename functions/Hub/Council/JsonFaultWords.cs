using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Says what is wrong with a JSON body in words that a person without our source can act on. The serializer's own texts name .NET
/// types; those are turned into what is expected instead. Values are never repeated: they may be personal data.
/// </summary>
internal static partial class JsonFaultWords
{
    private static readonly FrozenDictionary<string, string> Expected = new Dictionary<string, string>
    {
        ["System.DateOnly"] = "a day as yyyy-MM-dd is expected",
        ["System.DateTimeOffset"] = "an instant as yyyy-MM-ddTHH:mm:ssZ is expected",
        ["System.Int32"] = "a whole number is expected",
        ["System.Int64"] = "a whole number is expected",
        ["System.Decimal"] = "a number is expected",
        ["System.Boolean"] = "true or false is expected",
        ["System.String"] = "a text is expected",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Words = new[] { typeof(AssessmentInput).Assembly, typeof(Contracts.Parties.Child).Assembly }
        .SelectMany(a => a.GetExportedTypes())
        .Where(t => t.IsEnum)
        .ToFrozenDictionary(t => t.FullName!, t => $"one of {string.Join(", ", Enum.GetNames(t))} is expected");

    internal static string Of(JsonException fault)
    {
        var message = fault.Message;
        if (Converted().Match(message) is { Success: true } converted)
        {
            var type = Nullable().Match(converted.Groups["type"].Value) is { Success: true } inner ? inner.Groups["type"].Value : converted.Groups["type"].Value;
            return Expected.GetValueOrDefault(type) ?? Words.GetValueOrDefault(type) ?? (type.StartsWith("System.", StringComparison.Ordinal) ? "a list is expected" : "an object is expected");
        }

        if (Missing().Match(message) is { Success: true } missing)
        {
            return $"missing: {missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal)}";
        }

        if (message.StartsWith("The JSON property ", StringComparison.Ordinal))
        {
            return "this member is not known here";
        }

        if (message.StartsWith("Duplicate property", StringComparison.Ordinal))
        {
            return "this member stands there twice";
        }

        if (message.Contains("null", StringComparison.Ordinal) && message.Contains("doesn't allow", StringComparison.Ordinal))
        {
            return "a value is expected, not null";
        }

        // A text of our own identifier types ("NhsNumber: the check digit ... is wrong.") is fit to be read as it is.
        return OwnText().IsMatch(message)
            ? message.TrimEnd('.')
            : $"this is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})";
    }

    [GeneratedRegex(@"^The JSON value could not be converted to (?<type>.+?)\. Path:")]
    private static partial Regex Converted();

    [GeneratedRegex(@"^System\.Nullable`1\[(?<type>.+)\]$")]
    private static partial Regex Nullable();

    [GeneratedRegex(@"missing required properties(?: including)?: (?<names>[^.]+)\.")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^[A-Z][A-Za-z]+: [a-z]")]
    private static partial Regex OwnText();
}
