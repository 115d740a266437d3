namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>How a criterion compares a resource's value with the searched value.</summary>
public enum Match
{
    /// <summary>The resource's value equals the searched value, and so does its system if the search gives one.</summary>
    Same,

    /// <summary>The resource's text begins with the searched value.</summary>
    StartsWith,

    /// <summary>The resource's text contains the searched value.</summary>
    Contains,

    /// <summary>The time that the resource's date covers overlaps [From, To].</summary>
    Overlaps,

    /// <summary>The time that the resource's date covers is inside [From, To].</summary>
    Within,

    /// <summary>The time that the resource's date covers is not inside [From, To].</summary>
    NotWithin,

    /// <summary>The resource has no value for the parameter (searched value "true"), or has a value (searched value "false").</summary>
    Missing,
}

/// <summary>One alternative of a search criterion. <paramref name="System"/> null means any system.</summary>
public sealed record Alternative(Match Match, string Value = "", string? System = null, long From = long.MinValue, long To = long.MaxValue);

/// <summary>A search parameter and the alternatives for its value, of which at least one must match.</summary>
public sealed record Criterion(string Parameter, IReadOnlyList<Alternative> Any);

/// <summary>A query over the current versions of the resources of one type.</summary>
public sealed record ResourceQuery
{
    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>The criteria, all of which must match.</summary>
    public IReadOnlyList<Criterion> All { get; init; } = [];

    /// <summary>Key of the caller who searches, or null for the hub itself.</summary>
    public string? Reader { get; init; }

    /// <summary>Largest number of results on a page. With a count of 0, the results are only counted.</summary>
    public int Count { get; init; } = 50;

    /// <summary>
    /// Approximate largest size of a page in bytes. The page ends before a resource that would exceed it, but has at least one resource.
    /// </summary>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether the newest results come first.</summary>
    public bool Descending { get; init; }

    /// <summary>Only results that come after this position in the chosen order; null for the first page.</summary>
    public long? After { get; init; }

    /// <summary>The first page of the results, with as many results as requested if they fit.</summary>
    /// <param name="found">The results, in the chosen order. If they do not all fit, there is a next page.</param>
    /// <param name="total">Number of all matches.</param>
    public ResourcePage Page(IReadOnlyCollection<StoredResource> found, int total) => ResourcePage.Of(found, total, Count, MaxBytes);
}

/// <summary>A query over the versions of one resource.</summary>
public sealed record HistoryQuery
{
    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>Id of the resource.</summary>
    public required string Id { get; init; }

    /// <summary>Largest number of versions on a page.</summary>
    public int Count { get; init; } = 50;

    /// <summary>
    /// Approximate largest size of a page in bytes. The page ends before a version that would exceed it, but has at least one version.
    /// </summary>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Only versions older than this version, which was the last on the previous page. Null matches all versions.</summary>
    public long? Before { get; init; }

    /// <summary>Only versions written at this time or later, in UTC ticks.</summary>
    public long Since { get; init; } = long.MinValue;

    /// <summary>The first page of the results, with as many results as requested if they fit.</summary>
    public ResourcePage Page(IReadOnlyCollection<StoredResource> found, int total) => ResourcePage.Of(found, total, Count, MaxBytes);
}

/// <summary>A page of results.</summary>
/// <param name="Items">The resources on the page.</param>
/// <param name="Total">Number of matches on all pages.</param>
/// <param name="More">Whether there is a next page.</param>
public sealed record ResourcePage(IReadOnlyList<StoredResource> Items, int Total, bool More)
{
    /// <summary>
    /// The first page of the results: at most <paramref name="count"/> results with <paramref name="mostBytes"/> in total, but at least
    /// one.
    /// </summary>
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
