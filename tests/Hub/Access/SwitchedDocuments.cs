using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>A real store that a test can take away and give back.</summary>
internal sealed class SwitchedDocuments(IDocumentStore inner) : IDocumentStore
{
    internal bool Away { get; set; }

    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) =>
        Away ? Gone<string>() : inner.PutOnceAsync(name, bytes, contentType, cancellationToken);

    public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) =>
        Away ? Gone<StoredDocument>() : inner.ReadAsync(name, cancellationToken);

    public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) =>
        Away ? Gone<string>() : inner.ReplaceAsync(name, bytes, contentType, etag, cancellationToken);

    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Away ? Gone<IReadOnlyList<string>>() : inner.ListAsync(prefix, cancellationToken);

    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) =>
        Away ? Gone<string>() : inner.RemoveAsync(name, cancellationToken);

    public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) =>
        Away ? Gone<ScanState>() : inner.ScanStateAsync(name, cancellationToken);

    private static Task<StoreResult<T>> Gone<T>() => Task.FromResult(new StoreResult<T>(KeepingOutcome.Transient, default, "The store does not answer."));
}
