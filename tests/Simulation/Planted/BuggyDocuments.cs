using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Documents through which one bug works: what is read, or written over, may be given another form.</summary>
internal sealed class BuggyDocuments(IDocumentStore inner) : IDocumentStore
{
    internal Func<string, byte[], byte[]> Read { get; init; } = (_, bytes) => bytes;

    internal Func<string, byte[], byte[]> Replaced { get; init; } = (_, bytes) => bytes;

    public Task<Kept<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation) => inner.PutOnceAsync(name, bytes, contentType, cancellation);

    public async Task<Kept<StoredDocument>> ReadAsync(string name, CancellationToken cancellation) =>
        await inner.ReadAsync(name, cancellation) is { Succeeded: true, Value: { } found } ? Kept.Done(found with { Bytes = Read(name, found.Bytes) }) : await inner.ReadAsync(name, cancellation);

    public Task<Kept<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellation) =>
        inner.ReplaceAsync(name, Replaced(name, bytes.ToArray()), contentType, etag, cancellation);

    public Task<Kept<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellation) => inner.ListAsync(prefix, cancellation);

    public Task<Kept<string>> RemoveAsync(string name, CancellationToken cancellation) => inner.RemoveAsync(name, cancellation);

    public Task<Kept<ScanState>> ScanStateAsync(string name, CancellationToken cancellation) => inner.ScanStateAsync(name, cancellation);
}
