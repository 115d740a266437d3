using System.Globalization;

namespace IntegrationHub.Functions.Returns;

/// <summary>How serious a finding is.</summary>
public enum Sen2Severity
{
    /// <summary>Look at it; the row is imported.</summary>
    Doubt,

    /// <summary>The row is not imported until it is corrected.</summary>
    Error,
}

/// <summary>Something wrong in a return. It repeats no value, so it may be logged.</summary>
/// <param name="Place">Where: <c>Person 12/Requests 1/Assessment 1</c>.</param>
/// <param name="Item">The item; null where the whole block is meant.</param>
/// <param name="Code">A short fixed word for programs.</param>
/// <param name="Severity">How serious it is.</param>
/// <param name="Words">What is wrong.</param>
public sealed record Sen2Finding(string Place, string? Item, string Code, Sen2Severity Severity, string Words);

/// <summary>One block of a return as it was read: its items as text, and the blocks in it.</summary>
/// <param name="Block">Its kind.</param>
/// <param name="Place">Where it was in the return.</param>
public sealed record Sen2Item(Sen2Block Block, string Place)
{
    /// <summary>The items that are present and not empty, by name.</summary>
    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The blocks in it, in the order in which they came.</summary>
    public List<Sen2Item> Children { get; } = [];

    /// <summary>An item; null when it is not given.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>An item that is a day; null when it is missing or is not a day.</summary>
    public DateOnly? Date(string name) => this[name] is { } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The blocks of one kind in it.</summary>
    public IEnumerable<Sen2Item> All(string block) => Children.Where(child => child.Block.Name == block);

    /// <summary>The first block of one kind in it; null when there is none.</summary>
    public Sen2Item? First(string block) => Children.Find(child => child.Block.Name == block);

    /// <summary>The block and every block within it.</summary>
    public IEnumerable<Sen2Item> Whole() => Children.SelectMany(child => child.Whole()).Prepend(this);
}

/// <summary>A return as it was read.</summary>
/// <param name="Layout">The layout that was used to read it.</param>
/// <param name="Header">The blocks of its header.</param>
/// <param name="Persons">Its persons.</param>
/// <param name="Findings">What could not be read: an unknown element, a row without its parent. Nothing is skipped silently.</param>
public sealed record Sen2File(Sen2Layout Layout, IReadOnlyList<Sen2Item> Header, IReadOnlyList<Sen2Item> Persons, IReadOnlyList<Sen2Finding> Findings)
{
    /// <summary>Day on which active plans are counted; null where the header gives none.</summary>
    public DateOnly? ReferenceDate => Header.FirstOrDefault(block => block.Block.Name == "CollectionDetails")?.Date("ReferenceDate");
}
