namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>A FHIR store in memory, for tests and for the copy of a shared journal that a host holds.</summary>
public sealed class InMemoryFhirStore : IFhirResourceStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Type, string Id), List<StoredResource>> versions = [];
    private readonly Dictionary<(string Type, string Id), IReadOnlyList<IndexEntry>> index = [];
    private readonly HashSet<string> once = new(StringComparer.Ordinal);
    private readonly List<UnreportedVersion> news = [];
    private readonly Dictionary<string, long> places = [];
    private readonly List<ReceivedBytes> received = [];
    private readonly Dictionary<string, StorageUsed> stored = new(StringComparer.Ordinal);
    private long sequence;

    /// <summary>The submissions stored so far.</summary>
    public IReadOnlyList<ReceivedBytes> Received
    {
        get
        {
            lock (gate)
            {
                return [.. received];
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredResource?> ReadAsync(string type, string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(versions.GetValueOrDefault((type, id))?[^1]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredResource?> ReadAsync(string type, string id, long version, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(versions.GetValueOrDefault((type, id))?.Find(one => one.Version == version));
        }
    }

    /// <inheritdoc/>
    public ValueTask<ResourcePage> HistoryAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var since = versions.GetValueOrDefault((query.Type, query.Id))?.Where(one => one.LastUpdated.UtcTicks >= query.Since).Reverse().ToList() ?? [];
            var rest = since.Where(one => query.Before is not { } before || one.Version < before).Take(query.Count + 1).ToList();
            return new(query.Page(rest, since.Count));
        }
    }

    /// <inheritdoc/>
    public ValueTask<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var matches = Matches(query).OrderBy(one => query.Descending ? -one.Sequence : one.Sequence).ToList();
            var rest = matches.Where(one => query.After is not { } after || (query.Descending ? one.Sequence < after : one.Sequence > after)).ToList();
            return new(query.Page(rest, matches.Count));
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Check(commit) is var end and not CommitOutcome.Done)
            {
                return new(end);
            }

            if (commit.OnceKey is { } used)
            {
                once.Add(used);
            }

            if (commit.Received is { } bytes)
            {
                received.Add(bytes);
            }

            foreach (var (by, amount) in StorageUsed.Of(commit))
            {
                stored[by] = stored.GetValueOrDefault(by, StorageUsed.None) + amount;
            }

            foreach (var write in commit.Writes)
            {
                Keep(write);
            }

            return new(CommitOutcome.Done);
        }
    }

    /// <inheritdoc/>
    public ValueTask<StorageUsed> StoredByAsync(string writer, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(stored.GetValueOrDefault(writer, StorageUsed.None));
        }
    }

    /// <summary>The result that a commit would have now, without writing it.</summary>
    public CommitOutcome Check(Commit commit)
    {
        lock (gate)
        {
            if (commit.OnceKey is { } key && once.Contains(key))
            {
                return CommitOutcome.Repeated;
            }

            foreach (var write in commit.Writes)
            {
                var current = versions.GetValueOrDefault((write.Resource.Type, write.Resource.Id))?[^1].Version ?? 0;
                if (current != write.ExpectedVersion)
                {
                    return CommitOutcome.Stale;
                }

                if (write.NoneExist is { } query && Matches(query).Any())
                {
                    return CommitOutcome.Exists;
                }
            }

            return CommitOutcome.Done;
        }
    }

    /// <inheritdoc/>
    public ValueTask ShareAsync(IReadOnlyList<string> references, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var reference in references)
            {
                var slash = reference.IndexOf('/', StringComparison.Ordinal);
                if (versions.TryGetValue((reference[..slash], reference[(slash + 1)..]), out var all))
                {
                    for (var i = 0; i < all.Count; i++)
                    {
                        all[i] = all[i] with { Readers = [.. all[i].Readers.Union(readers)] };
                    }
                }
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UnreportedVersion>> UndeliveredAsync(int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new([.. news.Take(limit)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask MarkDeliveredAsync(UnreportedVersion delivered, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            news.Remove(delivered);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<long> PositionAsync(string name, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(places.GetValueOrDefault(name));
        }
    }

    /// <inheritdoc/>
    public ValueTask StorePositionAsync(string name, long place, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            places[name] = place;
        }

        return default;
    }

    private void Keep(ResourceWrite write)
    {
        var key = (write.Resource.Type, write.Resource.Id);
        if (!versions.TryGetValue(key, out var all))
        {
            versions[key] = all = [];
        }

        all.Add(write.Resource with { Sequence = ++sequence, Readers = [.. (all.Count > 0 ? all[^1].Readers : []).Union(write.Resource.Readers)] });
        index[key] = write.Index;
        if (write.IsNews)
        {
            news.Add(new UnreportedVersion(write.Resource.Type, write.Resource.Id, write.Resource.Version));
        }
    }

    private IEnumerable<StoredResource> Matches(ResourceQuery query) =>
        from entry in versions
        where entry.Key.Type == query.Type
        let current = entry.Value[^1]
        where ResourceMatching.Matches(query, current, index[entry.Key])
        select current;
}
