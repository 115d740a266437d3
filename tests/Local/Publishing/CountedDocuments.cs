using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Local.Tests.Publishing;

/// <summary>A document store that counts how often it is read, and that a test can put out of reach.</summary>
internal sealed class CountedDocuments
{
    private int lists;
    private int reads;

    internal int Lists => lists;

    internal int Reads => reads;

    /// <summary>Whether it cannot be reached.</summary>
    internal bool IsDown { get; set; }

    internal IDocumentStore Around(IDocumentStore documents) => new Counted(this, documents);

    private sealed class Counted(CountedDocuments counts, IDocumentStore inner) : IDocumentStore
    {
        public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) => inner.PutOnceAsync(name, bytes, contentType, cancellationToken);

        public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref counts.reads);
            return inner.ReadAsync(name, cancellationToken);
        }

        public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) => inner.ReplaceAsync(name, bytes, contentType, etag, cancellationToken);

        public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref counts.lists);
            return counts.IsDown ? Task.FromResult(StoreResult.Failed<IReadOnlyList<string>>(KeepingOutcome.Transient, "The disk is away.")) : inner.ListAsync(prefix, cancellationToken);
        }

        public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) => inner.RemoveAsync(name, cancellationToken);

        public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => inner.ScanStateAsync(name, cancellationToken);
    }
}
