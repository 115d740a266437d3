using System.Globalization;

namespace IntegrationHub.Functions.Returns;

/// <summary>How serious a finding is.</summary>
public enum Sen2Severity
{
    /// <summary>The row should be checked, but is imported.</summary>
    Doubt,

    /// <summary>The row is not imported until it is corrected.</summary>
    Error,
}

/// <summary>
/// An error in a return, or a query about it (called a doubt here). The finding does not contain values from the return, so it
/// is safe to log.
/// </summary>
/// <param name="Place">Where the fault is, for example <c>Person 12/Requests 1/Assessment 1</c>.</param>
/// <param name="Item">Name of the item that is wrong, or null if the block itself is wrong.</param>
/// <param name="Code">A short fixed code, by which programs recognise the finding.</param>
/// <param name="Severity">How serious the finding is.</param>
/// <param name="Words">What is wrong.</param>
public sealed record Sen2Finding(string Place, string? Item, string Code, Sen2Severity Severity, string Words);

/// <summary>One block of a return as read, with its items as text and the blocks it contains.</summary>
/// <param name="Block">The kind of block.</param>
/// <param name="Place">Where the block is in the return.</param>
public sealed record Sen2Item(Sen2Block Block, string Place)
{
    /// <summary>The items that are present and not empty, by name.</summary>
    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The blocks inside this block, in their original order.</summary>
    public List<Sen2Item> Children { get; } = [];

    /// <summary>The value of an item, or null if it is not given.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>The value of an item as a date, or null if it is missing or is not a date.</summary>
    public DateOnly? Date(string name) => this[name] is { } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The blocks of one kind inside this block.</summary>
    public IEnumerable<Sen2Item> All(string block) => Children.Where(child => child.Block.Name == block);

    /// <summary>The first block of one kind inside this block, or null if there is none.</summary>
    public Sen2Item? First(string block) => Children.Find(child => child.Block.Name == block);

    /// <summary>This block and every block inside it.</summary>
    public IEnumerable<Sen2Item> Whole() => Children.SelectMany(child => child.Whole()).Prepend(this);
}

/// <summary>A return as read from a file.</summary>
/// <param name="Layout">The layout that was used to read the return.</param>
/// <param name="Header">The blocks of the return's header.</param>
/// <param name="Persons">The persons in the return.</param>
/// <param name="Findings">What could not be read, for example an unknown element or a row without a parent row. For everything that cannot
/// be read there is a finding.</param>
public sealed record Sen2File(Sen2Layout Layout, IReadOnlyList<Sen2Item> Header, IReadOnlyList<Sen2Item> Persons, IReadOnlyList<Sen2Finding> Findings)
{
    /// <summary>
    /// Errors in reading that concern no person who was read, so that no row is left out because of them: a column that is not known, or a
    /// row that belongs to nobody.
    /// </summary>
    public IEnumerable<Sen2Finding> OfNobody
    {
        get
        {
            var places = Persons.Select(person => person.Place).ToHashSet(StringComparer.Ordinal);
            return Findings.Where(finding => finding.Severity == Sen2Severity.Error && !places.Contains(finding.Place.Split('/')[0]) && !IsOfHeader(finding));
        }
    }

    private bool IsOfHeader(Sen2Finding finding) => Layout.In("Header").Select(block => block.Name).Append("Header").Any(name =>
        finding.Place.Split('/', ' ')[0] == name);

    /// <summary>Day on which active plans are counted, or null if the header does not give the day.</summary>
    public DateOnly? ReferenceDate => Header.FirstOrDefault(block => block.Block.Name == "CollectionDetails")?.Date("ReferenceDate");
}
