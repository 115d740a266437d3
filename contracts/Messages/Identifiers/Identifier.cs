using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>A small validated value: text that is checked once, when it is received, and trusted from then on.</summary>
/// <typeparam name="TSelf">The identifier type itself.</typeparam>
public interface IIdentifier<TSelf>
    where TSelf : struct, IIdentifier<TSelf>
{
    /// <summary>The normalised text: no spaces, upper case where the scheme uses letters.</summary>
    string Value { get; }

    /// <summary>Reads an identifier from <paramref name="text"/>. The method never throws: if it returns false, <paramref name="problem"/>
    /// states what is wrong.</summary>
    /// <param name="text">Any text, or null. Surrounding white space is ignored.</param>
    /// <param name="value">The identifier, if the result is true.</param>
    /// <param name="problem">Empty if the result is true; otherwise one plain sentence without the text, which may be personal
    /// data.</param>
    static abstract bool TryParse(string? text, out TSelf value, out string problem);
}

/// <summary>Writes an identifier as text, and validates the text when reading it back.</summary>
public sealed class IdentifierJsonConverter<T> : JsonConverter<T>
    where T : struct, IIdentifier<T>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The text is not a valid <typeparamref name="T"/>; the exception's message states why.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException($"{typeof(T).Name}: text is expected.");
        }

        return T.TryParse(reader.GetString(), out var value, out var problem)
            ? value
            : throw new JsonException($"{typeof(T).Name}: {problem}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), out var value, out var problem)
            ? value
            : throw new JsonException($"{typeof(T).Name}: {problem}");

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);
}

/// <summary>Kinds of characters used in identifiers. All kinds are deliberately limited to ASCII: a full-width or Arabic digit does
/// not count as a digit.</summary>
internal static class Ascii
{
    internal static bool AllDigits(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Removes the spaces and hyphens that people type into long numbers.</summary>
    internal static string Compact(string? text) => Upper(string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')));

    /// <summary>Converts the letters a to z to capitals. All other characters stay, so that the check rejects them.</summary>
    internal static string Upper(string text) => string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? (char)(c - 32) : c));

    /// <summary>Converts the letters A to Z to lower case. All other characters stay.</summary>
    internal static string Lower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c + 32) : c));
}
