namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>
/// A view of a store as it would be after some writes. A transaction reads from this view before its writes are stored, so that a failed
/// read leaves no trace (R4 http.html#trules: reads come last and see the writes).
/// </summary>
/// <param name="store">The store before the writes.</param>
/// <param name="writes">The writes.</param>
public sealed class StoreAfterCommit(IFhirResourceReader store, IReadOnlyList<ResourceWrite> writes) : IFhirResourceReader
{
    /// <inheritdoc/>
    public async ValueTask<StoredResource?> ReadAsync(string type, string id, CancellationToken cancellationToken) =>
        Written(type, id) is { } write ? await WithReadersAsync(write, cancellationToken) : await store.ReadAsync(type, id, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StoredResource?> ReadAsync(string type, string id, long version, CancellationToken cancellationToken) =>
        Written(type, id) is { } write && write.Resource.Version == version ? await WithReadersAsync(write, cancellationToken) : await store.ReadAsync(type, id, version, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ResourcePage> HistoryAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        var kept = await store.HistoryAsync(query, cancellationToken);
        if (Written(query.Type, query.Id) is not { } write || write.Resource.LastUpdated.UtcTicks < query.Since)
        {
            return kept;
        }

        // The version that is to be written is the newest, so it comes first.
        return write.Resource.Version >= query.Before
            ? kept with { Total = kept.Total + 1 }
            : query.Page([await WithReadersAsync(write, cancellationToken), .. kept.Items], kept.Total + 1) is var page && page.More ? page : page with { More = kept.More };
    }

    /// <inheritdoc/>
    public async ValueTask<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken)
    {
        // The versions that are to be written are newer than all stored ones.
        var found = new List<StoredResource>();
        for (var i = 0; i < writes.Count; i++)
        {
            var written = await WithReadersAsync(writes[i], cancellationToken);
            if (ResourceMatching.Matches(query, written, writes[i].Index))
            {
                found.Add(written with { Sequence = long.MaxValue - writes.Count + i });
            }
        }

        var replaced = writes.Where(write => write.Resource.Type == query.Type).Select(write => write.Resource.Id).ToHashSet(StringComparer.Ordinal);
        var page = await store.SearchAsync(query with { Count = query.Count + replaced.Count }, cancellationToken);
        var total = page.Total + found.Count;
        foreach (var id in replaced)
        {
            var only = new Criterion("_id", [new Alternative(Match.Same, id)]);
            total -= (await store.SearchAsync(query with { All = [.. query.All, only], Count = 0, After = null }, cancellationToken)).Total;
        }

        var rest = page.Items.Where(stored => !replaced.Contains(stored.Id))
            .Concat(found.Where(stored => query.After is not { } after || (query.Descending ? stored.Sequence < after : stored.Sequence > after)))
            .OrderBy(stored => query.Descending ? -stored.Sequence : stored.Sequence).ToList();
        return new ResourcePage([.. rest.Take(query.Count)], total, page.More || rest.Count > query.Count);
    }

    private ResourceWrite? Written(string type, string id) => writes.FirstOrDefault(write => write.Resource.Type == type && write.Resource.Id == id);

    // Every caller who could read a resource before the writes can also read it afterwards.
    private async ValueTask<StoredResource> WithReadersAsync(ResourceWrite write, CancellationToken cancellationToken)
    {
        var before = write.ExpectedVersion > 0 ? await store.ReadAsync(write.Resource.Type, write.Resource.Id, cancellationToken) : null;
        return before is null ? write.Resource : write.Resource with { Readers = [.. before.Readers.Union(write.Resource.Readers)] };
    }
}
