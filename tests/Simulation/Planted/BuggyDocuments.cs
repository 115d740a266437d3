using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Documents through which one bug works: what is read, or written over, may be given another form.</summary>
internal sealed class BuggyDocuments(IDocumentStore inner) : IDocumentStore
{
    internal Func<string, byte[], byte[]> Read { get; init; } = (_, bytes) => bytes;

    internal Func<string, byte[], byte[]> Replaced { get; init; } = (_, bytes) => bytes;

    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) => inner.PutOnceAsync(name, bytes, contentType, cancellationToken);

    public async Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) =>
        await inner.ReadAsync(name, cancellationToken) is { Succeeded: true, Value: { } found } ? StoreResult.Done(found with { Bytes = Read(name, found.Bytes) }) : await inner.ReadAsync(name, cancellationToken);

    public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) =>
        inner.ReplaceAsync(name, Replaced(name, bytes.ToArray()), contentType, etag, cancellationToken);

    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) => inner.RemoveAsync(name, cancellationToken);

    public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => inner.ScanStateAsync(name, cancellationToken);
}
