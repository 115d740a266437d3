namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>Decides whether a resource matches a query, using the resource's index entries.</summary>
public static class ResourceMatching
{
    /// <summary>Whether the resource exists, the query's reader is allowed to read the resource, and every criterion is met.</summary>
    public static bool Matches(ResourceQuery query, StoredResource resource, IReadOnlyList<IndexEntry> index) =>
        query.Type == resource.Type && !resource.Deleted && resource.IsReadableBy(query.Reader) && Matches(query, index);

    /// <summary>Whether these index entries meet every criterion of the query.</summary>
    public static bool Matches(ResourceQuery query, IReadOnlyList<IndexEntry> index) => query.All.All(criterion => Matches(criterion, index));

    private static bool Matches(Criterion criterion, IReadOnlyList<IndexEntry> entries)
    {
        var values = entries.Where(entry => entry.Parameter == criterion.Parameter).ToList();
        return criterion.Any.Any(alternative => alternative.Match == Match.Missing
            ? values.Count == 0 == (alternative.Value == "true")
            : values.Exists(entry => Matches(alternative, entry)));
    }

    private static bool Matches(Alternative wanted, IndexEntry entry) => wanted.Match switch
    {
        Match.Same => (wanted.Value.Length == 0 || wanted.Value == entry.Value) && (wanted.System is null || wanted.System == entry.System),
        Match.StartsWith => entry.Value.StartsWith(wanted.Value, StringComparison.Ordinal),
        Match.Contains => entry.Value.Contains(wanted.Value, StringComparison.Ordinal),
        Match.Overlaps => entry.From <= wanted.To && entry.To >= wanted.From,
        Match.Within => entry.From >= wanted.From && entry.To <= wanted.To,
        Match.NotWithin => entry.From < wanted.From || entry.To > wanted.To,
        _ => false,
    };
}
