namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>How a criterion compares.</summary>
public enum Match
{
    /// <summary>The value is the same, and the system where one is given.</summary>
    Same,

    /// <summary>The text begins with it.</summary>
    StartsWith,

    /// <summary>The text contains it.</summary>
    Contains,

    /// <summary>The date's range overlaps [From, To].</summary>
    Overlaps,

    /// <summary>The date's range is inside [From, To].</summary>
    Within,

    /// <summary>The date's range is not inside [From, To].</summary>
    NotWithin,

    /// <summary>The resource has no value for the parameter (System "true"), or has one ("false").</summary>
    Missing,
}

/// <summary>One alternative of a criterion. <paramref name="System"/> null means any system.</summary>
public sealed record Alternative(Match Match, string Value = "", string? System = null, long From = long.MinValue, long To = long.MaxValue);

/// <summary>A parameter and its alternatives: one of them must match.</summary>
public sealed record Criterion(string Parameter, IReadOnlyList<Alternative> Any);

/// <summary>A query over the current versions of one type.</summary>
public sealed record ResourceQuery
{
    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>All of these must match.</summary>
    public IReadOnlyList<Criterion> All { get; init; } = [];

    /// <summary>Key of the caller whose view it is; null for the hub itself.</summary>
    public string? Reader { get; init; }

    /// <summary>Largest number of results in a page; 0 only counts.</summary>
    public int Count { get; init; } = 50;

    /// <summary>Approximate size of a page in bytes: it ends before a resource that would make it larger, but has at least one.</summary>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Newest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Only results after this position in the chosen order.</summary>
    public long? After { get; init; }

    /// <summary>The first page of the results: as many as were asked for, as far as they fit.</summary>
    /// <param name="found">The results, in order; if there are more than fit, there is a next page.</param>
    /// <param name="total">Number of all matches.</param>
    public ResourcePage Page(IReadOnlyCollection<StoredResource> found, int total) => ResourcePage.Of(found, total, Count, MaxBytes);
}

/// <summary>A query over the versions of one resource.</summary>
public sealed record HistoryQuery
{
    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Largest number of versions in a page.</summary>
    public int Count { get; init; } = 50;

    /// <summary>Approximate size of a page in bytes: it ends before a version that would make it larger, but has at least one.</summary>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Only versions older than this one, with which the previous page ended; all where null.</summary>
    public long? Before { get; init; }

    /// <summary>Only versions written at this instant or later, in ticks of UTC.</summary>
    public long Since { get; init; } = long.MinValue;

    /// <summary>The first page of the results: as many as were asked for, as far as they fit.</summary>
    public ResourcePage Page(IReadOnlyCollection<StoredResource> found, int total) => ResourcePage.Of(found, total, Count, MaxBytes);
}

/// <summary>A page of results.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">Number of all matches, on this page and others.</param>
/// <param name="More">There is a next page.</param>
public sealed record ResourcePage(IReadOnlyList<StoredResource> Items, int Total, bool More)
{
    /// <summary>The first page of the results: <paramref name="count"/> at most, of <paramref name="mostBytes"/> in all, but one at least.</summary>
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
