using System.Collections.Concurrent;
using System.Globalization;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Simulation.Doors;

/// <summary>A store of documents in memory that outlives the hub's process, as a disk does: letters of requests and drafts of pages.</summary>
internal sealed class MemoryDocuments : IDocumentStore
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, int Version)> all = new(StringComparer.Ordinal);

    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) =>
        Task.FromResult(new StoreResult<string>(all.TryAdd(name, (bytes.ToArray(), 1)) ? KeepingOutcome.Done : KeepingOutcome.AlreadyThere, name, ""));

    public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(all.TryGetValue(name, out var found)
        ? new StoreResult<StoredDocument>(KeepingOutcome.Done, new StoredDocument(found.Bytes, Mark(found.Version)), "")
        : new StoreResult<StoredDocument>(KeepingOutcome.Missing, null, "There is no such document."));

    public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken)
    {
        var done = etag is null ? all.TryAdd(name, (bytes.ToArray(), 1))
            : all.TryGetValue(name, out var before) && Mark(before.Version) == etag && all.TryUpdate(name, (bytes.ToArray(), before.Version + 1), before);
        return Task.FromResult(done ? new StoreResult<string>(KeepingOutcome.Done, name, "") : new StoreResult<string>(KeepingOutcome.Conflict, null, "Somebody else wrote it in between."));
    }

    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => Task.FromResult(new StoreResult<IReadOnlyList<string>>(
        KeepingOutcome.Done, [.. all.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)], ""));

    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(new StoreResult<string>(all.TryRemove(name, out _) ? KeepingOutcome.Done : KeepingOutcome.Missing, name, ""));

    public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => Task.FromResult(all.ContainsKey(name)
        ? new StoreResult<ScanState>(KeepingOutcome.Done, ScanState.Clean, "")
        : new StoreResult<ScanState>(KeepingOutcome.Missing, default, "There is no such document."));

    private static string Mark(int version) => version.ToString(CultureInfo.InvariantCulture);
}
