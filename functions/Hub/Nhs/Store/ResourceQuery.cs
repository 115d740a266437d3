namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>How a criterion compares.</summary>
public enum Match
{
    /// <summary>The value is the same, and the system where one is given.</summary>
    Same,

    /// <summary>The text begins so.</summary>
    StartsWith,

    /// <summary>The text holds it.</summary>
    Contains,

    /// <summary>The date's range overlaps [From, To].</summary>
    Overlaps,

    /// <summary>The date's range lies inside [From, To].</summary>
    Within,

    /// <summary>The date's range does not lie inside [From, To].</summary>
    NotWithin,

    /// <summary>The resource has no value for the parameter (System "true"), or has one ("false").</summary>
    Missing,
}

/// <summary>One alternative of a criterion. <paramref name="System"/> null means any system.</summary>
public sealed record Alternative(Match Match, string Value = "", string? System = null, long From = long.MinValue, long To = long.MaxValue);

/// <summary>A parameter and its alternatives: one of them must hold.</summary>
public sealed record Criterion(string Parameter, IReadOnlyList<Alternative> Any);

/// <summary>What is looked for among the current versions of one type.</summary>
public sealed record ResourceQuery
{
    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>All of these must hold.</summary>
    public IReadOnlyList<Criterion> All { get; init; } = [];

    /// <summary>Whose view it is; null for the hub itself.</summary>
    public string? Reader { get; init; }

    /// <summary>Most results of a page; 0 only counts.</summary>
    public int Count { get; init; } = 50;

    /// <summary>Bytes of a page, about: it ends before a resource that would make it larger, but has one at least.</summary>
    public long MostBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Newest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Only what comes after this position in the chosen order.</summary>
    public long? After { get; init; }

    /// <summary>The page that begins with what was found: as many as were asked for, and no more than have room.</summary>
    /// <param name="found">What was found, in order; where it has more than the page, there is a next one.</param>
    /// <param name="total">Number of all matches.</param>
    public ResourcePage Page(IReadOnlyCollection<StoredResource> found, int total) => ResourcePage.Of(found, total, Count, MostBytes);
}

/// <summary>Which versions of one resource are asked for.</summary>
public sealed record HistoryQuery
{
    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Most versions of a page.</summary>
    public int Count { get; init; } = 50;

    /// <summary>Bytes of a page, about: it ends before a version that would make it larger, but has one at least.</summary>
    public long MostBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Only versions older than this one, where a page before ended; all where null.</summary>
    public long? Before { get; init; }

    /// <summary>Only versions written at this instant or later, in ticks of UTC.</summary>
    public long Since { get; init; } = long.MinValue;

    /// <summary>The page that begins with what was found: as many as were asked for, and no more than have room.</summary>
    public ResourcePage Page(IReadOnlyCollection<StoredResource> found, int total) => ResourcePage.Of(found, total, Count, MostBytes);
}

/// <summary>A page of results.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">Number of all matches, without regard to the page.</param>
/// <param name="More">There is a next page.</param>
public sealed record ResourcePage(IReadOnlyList<StoredResource> Items, int Total, bool More)
{
    /// <summary>The page that begins with what was found: <paramref name="count"/> at most, of <paramref name="mostBytes"/> in all, but one at least.</summary>
    internal static ResourcePage Of(IReadOnlyCollection<StoredResource> found, int total, int count, long mostBytes)
    {
        ArgumentNullException.ThrowIfNull(found);
        var items = new List<StoredResource>();
        var bytes = 0L;
        foreach (var item in found.Take(count))
        {
            bytes += item.Json.Length;
            if (items.Count > 0 && bytes > mostBytes)
            {
                break;
            }

            items.Add(item);
        }

        return new ResourcePage(items, total, found.Count > items.Count);
    }
}
