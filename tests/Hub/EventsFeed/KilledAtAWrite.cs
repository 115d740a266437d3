using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Hub.Tests.EventsFeed;

/// <summary>A store whose process is killed at its first write: before it is done, or when it is done and nobody has heard so.</summary>
internal sealed class KilledAtAWrite(IDocumentStore inner, bool whenDone) : IDocumentStore
{
    internal bool Happened { get; private set; }

    public async Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken)
    {
        if (whenDone)
        {
            await inner.ReplaceAsync(name, bytes, contentType, etag, cancellationToken);
        }

        Happened = true;
        throw new IOException("Killed.");
    }

    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) => inner.PutOnceAsync(name, bytes, contentType, cancellationToken);

    public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) => inner.ReadAsync(name, cancellationToken);

    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) => inner.RemoveAsync(name, cancellationToken);

    public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => inner.ScanStateAsync(name, cancellationToken);
}
