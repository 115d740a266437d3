using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Functions.Council;

namespace IntegrationHub.Functions.Returns;

/// <summary>How the names and codes that one source uses differ from the names and codes of the layout.</summary>
/// <param name="Names">The layout's name for each name of the source, for example <c>"DoB": "PersonBirthDate"</c>.</param>
/// <param name="Codes">The layout's code for each code of the source, by item, for example <c>"RequestSource": { "PAR": "1" }</c>.</param>
public sealed record Sen2Mapping(IReadOnlyDictionary<string, string>? Names = null, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Codes = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The empty mapping, for a source that uses the layout's own names and codes.</summary>
    public static Sen2Mapping None { get; } = new();

    /// <summary>Reads a mapping file.</summary>
    /// <exception cref="InvalidDataException">The file is not a mapping, or it maps to a name that is not in the layout.</exception>
    public static Sen2Mapping Read(Stream json, Sen2Layout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        try
        {
            var mapping = JsonSerializer.Deserialize<Sen2Mapping>(json, Json) ?? None;
            var known = layout.Blocks.SelectMany(block => block.Items.Select(item => item.Name).Append(block.Name)).ToHashSet(StringComparer.Ordinal);
            return (mapping.Names?.Values ?? []).Concat(mapping.Codes?.Keys ?? []).FirstOrDefault(name => !known.Contains(name)) is { } wrong
                ? throw new InvalidDataException($"The mapping names {wrong}, which is not in the layout of {layout.Year}.")
                : mapping;
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"The mapping cannot be read at {FileFaultWords.Of(malformed, Json.GetTypeInfo(typeof(Sen2Mapping)))}.", malformed);
        }
    }

    /// <summary>The layout's name for a name that the source uses.</summary>
    internal string Name(string written) => Names?.GetValueOrDefault(written) ?? written;

    /// <summary>The layout's code for a code that the source uses.</summary>
    internal string Value(string item, string written) => Codes?.GetValueOrDefault(item)?.GetValueOrDefault(written) ?? written;
}
