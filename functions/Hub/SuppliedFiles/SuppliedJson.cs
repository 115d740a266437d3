using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IntegrationHub.Functions.SuppliedFiles;

/// <summary>Reads JSON files written by people or other systems, and reports where in the file an error is.</summary>
public static class SuppliedJson
{
    /// <summary>The value, or null if the file contains only <c>null</c>.</summary>
    /// <exception cref="JsonException">The file cannot be read, or a list in it contains <c>null</c>; the exception gives the path and the
    /// line.</exception>
    internal static T? Read<T>(string json, JsonSerializerOptions options) => Read<T>(Encoding.UTF8.GetBytes(json), options);

    /// <summary>The value, or null if the file's bytes (UTF-8) contain only <c>null</c>.</summary>
    /// <exception cref="JsonException">The file cannot be read, or a list in it contains <c>null</c>; the exception gives the path and the
    /// line.</exception>
    internal static T? Read<T>(ReadOnlySpan<byte> json, JsonSerializerOptions options) => Checked(JsonSerializer.Deserialize<T>(Bare(json), options), json);

    /// <summary>The value, or null if the file contains only <c>null</c>.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="type">The expected type.</param>
    /// <exception cref="JsonException">The file cannot be read, or a list in it contains <c>null</c>; the exception gives the path and the
    /// line.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type) => Checked(JsonSerializer.Deserialize(Bare(json), type), json);

    // Some editors write a byte order mark at the beginning of a file.
    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> json) => json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    private static T? Checked<T>(T? read, ReadOnlySpan<byte> json) =>
        NullInList.First(Bare(json)) is not { } place ? read : throw new JsonException($"The list at {place.Path} must not contain null.", place.Path, place.Line, null);
}
