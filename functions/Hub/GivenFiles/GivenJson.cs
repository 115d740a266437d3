using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IntegrationHub.Functions.GivenFiles;

/// <summary>Reads files that people write or that come from elsewhere, so that what is wrong in one is reported with its place when it is read.</summary>
public static class GivenJson
{
    /// <summary>The value; null where the file holds <c>null</c> alone.</summary>
    /// <exception cref="JsonException">It cannot be read, or a list in it holds <c>null</c>; path and line say where.</exception>
    internal static T? Read<T>(string json, JsonSerializerOptions options) => Read<T>(Encoding.UTF8.GetBytes(json), options);

    /// <inheritdoc cref="Read{T}(string, JsonSerializerOptions)"/>
    internal static T? Read<T>(ReadOnlySpan<byte> json, JsonSerializerOptions options) => Checked(JsonSerializer.Deserialize<T>(Bare(json), options), json);

    /// <summary>The value; null where the file holds <c>null</c> alone.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="type">What it is expected to be.</param>
    /// <exception cref="JsonException">It cannot be read, or a list in it holds <c>null</c>; path and line say where.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type) => Checked(JsonSerializer.Deserialize(Bare(json), type), json);

    // Some editors begin a file with a byte order mark.
    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> json) => json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    private static T? Checked<T>(T? read, ReadOnlySpan<byte> json) =>
        NullInList.First(Bare(json)) is not { } place ? read : throw new JsonException($"The list at {place.Path} may not hold null.", place.Path, place.Line, null);
}
