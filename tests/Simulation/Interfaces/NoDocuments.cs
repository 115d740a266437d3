using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Simulation.Interfaces;

/// <summary>A store of documents that holds none: in the year a shelf keeps each plan's hash instead.</summary>
internal sealed class NoDocuments : IDocumentStore
{
    private const string None = "There are no documents in this year.";

    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) =>
        Task.FromResult(new StoreResult<string>(KeepingOutcome.Refused, null, None));

    public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new StoreResult<StoredDocument>(KeepingOutcome.Missing, null, None));

    public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) =>
        Task.FromResult(new StoreResult<string>(KeepingOutcome.Refused, null, None));

    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => Task.FromResult(new StoreResult<IReadOnlyList<string>>(KeepingOutcome.Done, [], ""));

    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new StoreResult<string>(KeepingOutcome.Missing, null, None));

    public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new StoreResult<ScanState>(KeepingOutcome.Done, ScanState.Unknown, ""));
}
