using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Functions.Council;

namespace IntegrationHub.Functions.Returns;

/// <summary>The type of value that an item of the SEN2 return contains.</summary>
public enum Sen2Type
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A date in the form <c>2026-02-09</c>.</summary>
    Date,

    /// <summary>A flag, 0 or 1.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>One of a list of codes.</summary>
    Code,

    /// <summary>Code of a council: three digits.</summary>
    Council,

    /// <summary>Unique pupil number.</summary>
    Upn,

    /// <summary>Unique learner number.</summary>
    Uln,
}

/// <summary>One item of a block.</summary>
/// <param name="Name">Name of the XML element.</param>
/// <param name="Type">The type of value that the item holds.</param>
/// <param name="Source">Where the name was found, as a key of <see cref="Sen2Layout.Sources"/>.</param>
/// <param name="Required">Whether every block of its kind must have the item.</param>
/// <param name="Codes">The permitted codes, if the item holds a code.</param>
/// <param name="Aliases">Names that other years and programs use for the item.</param>
/// <param name="Verified">False if the item was found only in a secondary source and must be checked against the year's guide.</param>
public sealed record Sen2Field(
    string Name, Sen2Type Type, string Source, bool Required = false, IReadOnlyList<string>? Codes = null, IReadOnlyList<string>? Aliases = null, bool Verified = true);

/// <summary>One kind of block: a person, a request and so on.</summary>
/// <param name="Name">Name of the XML element.</param>
/// <param name="Parent">The block or element that contains the block.</param>
/// <param name="Table">Name of the block's table in a return that is a set of CSV files.</param>
/// <param name="Least">The smallest number of these blocks that one parent must have.</param>
/// <param name="Most">The largest number of these blocks that one parent may have.</param>
/// <param name="Items">The items of the block, in the order in which they are written.</param>
public sealed record Sen2Block(string Name, string Parent, string Table, int Least, int Most, IReadOnlyList<Sen2Field> Items)
{
    /// <summary>The item with this name, in upper or lower case, or null if there is none.</summary>
    public Sen2Field? Find(string name) =>
        Items.FirstOrDefault(item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || item.Aliases?.Contains(name, StringComparer.OrdinalIgnoreCase) == true);
}

/// <summary>One of the rules that decide how a return is built.</summary>
/// <param name="Value">Value of the rule, or null if no source gives a value.</param>
/// <param name="Source">Where the rule was found, as a key of <see cref="Sen2Layout.Sources"/>.</param>
/// <param name="Means">What the rule means, as text for people to read.</param>
/// <param name="Verified">False if the rule was deduced or is general knowledge, and must be checked against the year's guide.</param>
public sealed record Sen2Rule(string? Value, string Source, string Means, bool Verified = true);

/// <summary>
/// The layout of one year's SEN2 return, as data: names, their order, and codes, each with the source in which it was found. DfE changes
/// names and codes each year, and sources differ, so the code that reads or writes a return contains none of these names.
/// </summary>
public sealed record Sen2Layout(int Year, string Note, string Root, bool RootVerified, IReadOnlyDictionary<string, string> Sources, IReadOnlyList<Sen2Block> Blocks, IReadOnlyDictionary<string, Sen2Rule>? Rules = null)
{
    private const string Census = "census";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<Sen2Layout> Known = new(() =>
    {
        using var data = typeof(Sen2Layout).Assembly.GetManifestResourceStream("IntegrationHub.Functions.Returns.sen2-2026.json")
            ?? throw new InvalidDataException("The layout sen2-2026.json is missing from the assembly.");
        return Read(data);
    });

    /// <summary>The newest layout that is built into the hub: the layout of 2026.</summary>
    public static Sen2Layout Newest => Known.Value;

    /// <summary>The kinds of block inside the given parent, in the order in which they are written.</summary>
    public IEnumerable<Sen2Block> In(string parent) => Blocks.Where(block => block.Parent == parent);

    /// <summary>The block with the given name.</summary>
    /// <exception cref="ArgumentException">The layout does not have a block with this name.</exception>
    public Sen2Block Block(string name) =>
        Blocks.FirstOrDefault(block => block.Name == name) ?? throw new ArgumentException($"The layout of {Year} does not have a block {name}.", nameof(name));

    /// <summary>The value of a rule, or null if no source gives a value.</summary>
    /// <exception cref="InvalidDataException">The layout does not have this rule, so no return can be built with the layout.</exception>
    public string? Rule(string name) => Rules?.GetValueOrDefault(name) is { } rule
        ? rule.Value
        : throw new InvalidDataException($"The layout of {Year} does not have a rule {name}. Add the rule to a layout file.");

    /// <summary>The years for which the rules give a census day, in ascending order.</summary>
    public IReadOnlyList<int> CensusYears =>
        [.. (Rules ?? new Dictionary<string, Sen2Rule>()).Where(rule => rule.Value.Value is not null && rule.Key.StartsWith(Census, StringComparison.Ordinal))
            .Select(rule => int.TryParse(rule.Key.AsSpan(Census.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : 0).Where(year => year > 0).Order()];

    /// <summary>Reads a layout, for example the layout of a later year.</summary>
    /// <exception cref="InvalidDataException">The file is not a layout; the message gives the reason.</exception>
    public static Sen2Layout Read(Stream json)
    {
        try
        {
            var layout = JsonSerializer.Deserialize<Sen2Layout>(json, Json) ?? throw new InvalidDataException("The layout file must not be empty.");
            var unknown = layout.Blocks.SelectMany(block => block.Items).FirstOrDefault(item => !layout.Sources.ContainsKey(item.Source) || (item.Type == Sen2Type.Code) != (item.Codes is not null));
            var groundless = layout.Rules?.FirstOrDefault(rule => !layout.Sources.ContainsKey(rule.Value.Source));
            return groundless is { Key: { } name } ? throw new InvalidDataException($"The rule {name} must name a source that the layout lists.") : unknown is null ? layout : throw new InvalidDataException($"The item {unknown.Name} must name a source that the layout lists, and must have codes if its type is code, and only then.");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"The layout cannot be read at {FileFaultWords.Of(malformed, Json.GetTypeInfo(typeof(Sen2Layout)))}.", malformed);
        }
    }
}
