using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Journal;

/// <summary>
/// A store of FHIR resources for any number of hosts. The shared journal is authoritative. Each host responds from a copy in memory, which
/// it updates before every response. A commit is checked against the copy in memory and succeeds if it gets the next number of the journal.
/// If another host took that number first, the host reads that entry and checks again. The JSON of large resources is stored in
/// blobs. The document docs/adr/0008-fhir-journal.md gives the reasons and the limits.
/// </summary>
public sealed class JournalFhirStore(TableJournal journal) : IFhirResourceStore, IDisposable
{
    // Most resources are only a few kilobytes in size. Documents are larger, but are not searched.
    private const int LargestInMemory = 16 * 1024;

    private readonly InMemoryFhirStore copy = new();
    private readonly Dictionary<(string Type, string Id, long Version), string> bodies = [];
    private readonly Dictionary<string, StorageUsed> stored = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(1);
    private long last;

    /// <inheritdoc/>
    public async ValueTask<StoredResource?> ReadAsync(string type, string id, CancellationToken cancellationToken) =>
        await WholeAsync(await FreshAsync(() => copy.ReadAsync(type, id, cancellationToken), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StoredResource?> ReadAsync(string type, string id, long version, CancellationToken cancellationToken) =>
        await WholeAsync(await FreshAsync(() => copy.ReadAsync(type, id, version, cancellationToken), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ResourcePage> HistoryAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        await WholeAsync(await FreshAsync(() => copy.HistoryAsync(query, cancellationToken), cancellationToken), query.MaxBytes, query.Page, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken) =>
        await WholeAsync(await FreshAsync(() => copy.SearchAsync(query, cancellationToken), cancellationToken), query.MaxBytes, query.Page, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        // Blobs are written before the lock is acquired, and each only once, even if other hosts repeatedly add an entry with the same
        // number first. A blob to which no entry refers does no harm.
        var received = commit.Received is { } r ? new JournalReceived(r.ContentType, await journal.KeepBodyAsync(r.Bytes, cancellationToken), r.From, r.At, r.Bytes.Length) : null;
        var writes = new List<JournalWrite>(commit.Writes.Count);
        foreach (var write in commit.Writes)
        {
            var body = write.Resource.Json.Length > LargestInMemory ? await journal.KeepBodyAsync(write.Resource.Json, cancellationToken) : null;
            writes.Add(new JournalWrite(body is null ? write.Resource : write.Resource with { Json = default }, write.ExpectedVersion, write.Index, write.IsNews, body, body is null ? null : write.Resource.Json.Length));
        }

        return await AddAsync(Entry() with { Commit = new JournalCommit(writes, commit.OnceKey, received) }, () => copy.Check(commit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StorageUsed> StoredByAsync(string writer, CancellationToken cancellationToken) =>
        FreshAsync(() => new ValueTask<StorageUsed>(stored.GetValueOrDefault(writer, StorageUsed.None)), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ShareAsync(IReadOnlyList<string> references, IReadOnlyList<string> readers, CancellationToken cancellationToken) =>
        await AddAsync(Entry() with { Share = new JournalShare(references, readers) }, Always, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UnreportedVersion>> UndeliveredAsync(int limit, CancellationToken cancellationToken) => FreshAsync(() => copy.UndeliveredAsync(limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask MarkDeliveredAsync(UnreportedVersion news, CancellationToken cancellationToken) => await AddAsync(Entry() with { Delivered = news }, Always, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> PositionAsync(string name, CancellationToken cancellationToken) => FreshAsync(() => copy.PositionAsync(name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask StorePositionAsync(string name, long place, CancellationToken cancellationToken) => await AddAsync(Entry() with { Place = new JournalPosition(name, place) }, Always, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private static CommitOutcome Always() => CommitOutcome.Done;

    private static JournalEntry Entry() => new() { WrittenAs = Guid.NewGuid().ToString("N") };

    private async ValueTask<T> FreshAsync<T>(Func<ValueTask<T>> answer, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await CatchUpAsync(null, cancellationToken);
            return await answer();
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask<CommitOutcome> AddAsync(JournalEntry entry, Func<CommitOutcome> judge, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await CatchUpAsync(null, cancellationToken);
            while (true)
            {
                if (judge() is var end and not CommitOutcome.Done)
                {
                    return end;
                }

                if (await journal.TryAddAsync(last + 1, entry, cancellationToken))
                {
                    await TakeAsync(last + 1, entry, cancellationToken);
                    return CommitOutcome.Done;
                }

                // Another host added an entry with this number, or this host did and the response was lost.
                if (await CatchUpAsync(entry.WrittenAs, cancellationToken))
                {
                    return CommitOutcome.Done;
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <returns>Whether the new entries included the entry that this host wrote.</returns>
    private async Task<bool> CatchUpAsync(string? own, CancellationToken cancellationToken)
    {
        var found = false;
        await foreach (var (number, entry) in journal.AfterAsync(last, cancellationToken))
        {
            await TakeAsync(number, entry, cancellationToken);
            found |= entry.WrittenAs == own;
        }

        return found;
    }

    private async Task TakeAsync(long number, JournalEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Commit is { } commit)
        {
            foreach (var write in commit.Writes.Where(w => w.Body is not null))
            {
                bodies[(write.Resource.Type, write.Resource.Id, write.Resource.Version)] = write.Body!;
            }

            Count(commit);

            // The host that wrote the entry has already checked that certain resources do not exist, so the check is not repeated here.
            var end = await copy.CommitAsync(new Commit([.. commit.Writes.Select(w => new ResourceWrite(w.Resource, w.ExpectedVersion, w.Index) { IsNews = w.IsNews })]) { OnceKey = commit.OnceKey }, cancellationToken);
            if (end != CommitOutcome.Done)
            {
                throw new InvalidDataException(FormattableString.Invariant($"Entry {number} of the FHIR journal does not follow from the earlier entries: {end}."));
            }
        }

        if (entry.Share is { } share)
        {
            await copy.ShareAsync(share.References, share.Readers, cancellationToken);
        }

        if (entry.Delivered is { } delivered)
        {
            await copy.MarkDeliveredAsync(delivered, cancellationToken);
        }

        if (entry.Place is { } place)
        {
            await copy.StorePositionAsync(place.Name, place.Value, cancellationToken);
        }

        last = number;
    }

    /// <summary>
    /// Counts the bytes that a commit adds. If the hub did not yet record sizes when the entry was written, only the content in the entry
    /// itself is counted.
    /// </summary>
    private void Count(JournalCommit commit)
    {
        if (commit.Received is { } received)
        {
            Add(received.From, new StorageUsed(0, received.Size ?? 0));
        }

        foreach (var write in commit.Writes)
        {
            Add(write.Resource.WrittenBy, new StorageUsed(1, write.Size ?? write.Resource.Json.Length));
        }

        void Add(string by, StorageUsed amount) => stored[by] = stored.GetValueOrDefault(by, StorageUsed.None) + amount;
    }

    private async ValueTask<StoredResource?> WholeAsync(StoredResource? one, CancellationToken cancellationToken)
    {
        string? body = null;
        if (one is not null)
        {
            await gate.WaitAsync(cancellationToken);
            body = bodies.GetValueOrDefault((one.Type, one.Id, one.Version));
            gate.Release();
        }

        return body is null ? one : one! with { Json = await journal.BodyAsync(body, cancellationToken) };
    }

    // The copy in memory lacks the JSON of large resources. So this JSON is read here, and the page of results ends as soon as no more fits.
    private async ValueTask<ResourcePage> WholeAsync(
        ResourcePage page, long mostBytes, Func<IReadOnlyCollection<StoredResource>, int, ResourcePage> fit, CancellationToken cancellationToken)
    {
        var whole = new List<StoredResource>(page.Items.Count);
        for (var bytes = 0L; whole.Count < page.Items.Count && bytes <= mostBytes; bytes += whole[^1].Json.Length)
        {
            whole.Add((await WholeAsync(page.Items[whole.Count], cancellationToken))!);
        }

        var fitting = fit(whole, page.Total);
        return fitting with { More = page.More || fitting.Items.Count < page.Items.Count };
    }
}
