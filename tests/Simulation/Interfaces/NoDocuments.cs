using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Simulation.Interfaces;

/// <summary>A store of documents that holds none: in the year a shelf keeps each plan's hash instead.</summary>
internal sealed class NoDocuments : IDocumentStore
{
    private const string None = "There are no documents in this year.";

    public Task<Kept<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) =>
        Task.FromResult(new Kept<string>(KeepingOutcome.Refused, null, None));

    public Task<Kept<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new Kept<StoredDocument>(KeepingOutcome.Missing, null, None));

    public Task<Kept<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) =>
        Task.FromResult(new Kept<string>(KeepingOutcome.Refused, null, None));

    public Task<Kept<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => Task.FromResult(new Kept<IReadOnlyList<string>>(KeepingOutcome.Done, [], ""));

    public Task<Kept<string>> RemoveAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new Kept<string>(KeepingOutcome.Missing, null, None));

    public Task<Kept<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new Kept<ScanState>(KeepingOutcome.Done, ScanState.Unknown, ""));
}
