using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>The extracts, which are stored in the same file as the cases.</summary>
public sealed partial class SqliteAssessmentStore : IExtractStore
{
    /// <inheritdoc/>
    public ValueTask<long?> KeptThroughAsync(ExtractKind kind, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(readers.Read(r => r.Extracts.Through(kind)));
    }

    /// <inheritdoc/>
    public ValueTask<StoreChanges> WithoutExtractAsync(ExtractKind kind, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(readers.Read(r => new StoreChanges(r.Extracts.Without(kind), r.Changes.Newest())));
    }

    /// <inheritdoc/>
    public async ValueTask KeepAsync(ExtractKind kind, IReadOnlyList<Extract> extracts, long? through, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await WriteAsync(new ExtractRequest(kind, extracts, through));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Extract>> FindAsync(ExtractKind kind, IReadOnlyCollection<ulong> keys, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(readers.Read(r => r.Extracts.Find(kind, keys)));
    }

    /// <inheritdoc/>
    public ValueTask<ExtractPage> ExtractsAsync(ExtractKind kind, long after, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(readers.Read(r => r.Extracts.Page(kind, after, limit)));
    }
}
