using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Hub.Tests.EventsFeed;

/// <summary>A store whose process is killed at its first write: before it is done, or when it is done and nobody has heard so.</summary>
internal sealed class KilledAtAWrite(IDocumentStore inner, bool whenDone) : IDocumentStore
{
    internal bool Happened { get; private set; }

    public async Task<Kept<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellation)
    {
        if (whenDone)
        {
            await inner.ReplaceAsync(name, bytes, contentType, etag, cancellation);
        }

        Happened = true;
        throw new IOException("Killed.");
    }

    public Task<Kept<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation) => inner.PutOnceAsync(name, bytes, contentType, cancellation);

    public Task<Kept<StoredDocument>> ReadAsync(string name, CancellationToken cancellation) => inner.ReadAsync(name, cancellation);

    public Task<Kept<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellation) => inner.ListAsync(prefix, cancellation);

    public Task<Kept<string>> RemoveAsync(string name, CancellationToken cancellation) => inner.RemoveAsync(name, cancellation);

    public Task<Kept<ScanState>> ScanStateAsync(string name, CancellationToken cancellation) => inner.ScanStateAsync(name, cancellation);
}
