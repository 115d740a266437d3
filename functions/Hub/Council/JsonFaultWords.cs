using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// States what is wrong with a JSON body in words that somebody without the hub's source code can act on. The serializer's own messages name .NET
/// types; they are replaced by what is expected. Values are never repeated: they may be personal data.
/// </summary>
internal static partial class JsonFaultWords
{
    private static readonly FrozenDictionary<Type, string> Expected = new Dictionary<Type, string>
    {
        [typeof(DateOnly)] = "a date in the form yyyy-MM-dd is expected",
        [typeof(DateTimeOffset)] = "a date and time in the form yyyy-MM-ddTHH:mm:ssZ is expected",
        [typeof(int)] = "a whole number is expected",
        [typeof(long)] = "a whole number is expected",
        [typeof(decimal)] = "a number is expected",
        [typeof(bool)] = "true or false is expected",
        [typeof(string)] = "text is expected",
    }.ToFrozenDictionary();

    /// <summary>What is wrong with the body.</summary>
    /// <param name="fault">The error that the serializer reported.</param>
    /// <param name="root">The type that was read; its members show what is expected at the fault's path.</param>
    internal static string Of(JsonException fault, JsonTypeInfo root)
    {
        var message = fault.Message;
        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            var place = JsonPlace.Find(root, fault.Path ?? "$");
            var type = place is null ? null : Nullable.GetUnderlyingType(place.Type) ?? place.Type;
            return type switch
            {
                null => "a value of another type is expected",
                { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type).Select(Wire.Word))} is expected",
                _ when Expected.TryGetValue(type, out var words) => words,
                _ => place!.Kind == JsonTypeInfoKind.Enumerable ? "a list is expected" : "an object is expected",
            };
        }

        if (Missing().Match(message) is { Success: true } missing)
        {
            return $"missing: {missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal)}";
        }

        if (message.StartsWith("The JSON property ", StringComparison.Ordinal))
        {
            return "this member does not exist here";
        }

        if (message.StartsWith("Duplicate property", StringComparison.Ordinal))
        {
            return "this member appears more than once";
        }

        if (message.Contains("null", StringComparison.Ordinal) && message.Contains("doesn't allow", StringComparison.Ordinal))
        {
            return "a value is expected, not null";
        }

        // A message from one of the hub's own identifier types ("NhsNumber: the check digit ... is wrong.") can be shown unchanged.
        return OwnText().IsMatch(message)
            ? message.TrimEnd('.')
            : $"this is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})";
    }

    [GeneratedRegex(@"missing required properties(?: including)?: (?<names>[^.]+)\.")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^[A-Z][A-Za-z]+: [a-z]")]
    private static partial Regex OwnText();
}
