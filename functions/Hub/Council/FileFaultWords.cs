using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.Council;

/// <summary>States where in a JSON file that a person wrote the error is, and what is expected there.</summary>
public static partial class FileFaultWords
{
    /// <summary>The path, the line and what is expected, without a value of the file.</summary>
    /// <param name="fault">The error that the serializer, or the check for null in lists, reported.</param>
    /// <param name="type">The type that was read.</param>
    public static string Of(JsonException fault, JsonTypeInfo type)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var what = fault.Message.StartsWith("The list at ", StringComparison.Ordinal) ? "a list must not contain null" : JsonFaultWords.Of(fault, type);
        return $"{fault.Path ?? "$"}, line {fault.LineNumber + 1}: {TypeName().Replace(what, "")}";
    }

    // The hub's identifiers begin their messages with the name of their type.
    [GeneratedRegex("^[A-Z][A-Za-z]+: ")]
    private static partial Regex TypeName();
}
