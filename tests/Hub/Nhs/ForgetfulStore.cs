using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>A store that takes every commit after its checks and keeps none, so that what grows beside it is a leak.</summary>
internal sealed class ForgetfulStore(IFhirResourceStore kept) : IFhirResourceStore
{
    private int taken;

    /// <summary>Commits that would have been kept.</summary>
    internal int Taken => Volatile.Read(ref taken);

    /// <summary>Keeps nothing from now on.</summary>
    internal bool Forgets { get; set; }

    public async ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        if (!Forgets)
        {
            return await kept.CommitAsync(commit, cancellationToken);
        }

        foreach (var write in commit.Writes)
        {
            if ((await kept.ReadAsync(write.Resource.Type, write.Resource.Id, cancellationToken))?.Version is var version && (version ?? 0) != write.ExpectedVersion)
            {
                return CommitOutcome.Stale;
            }
        }

        Interlocked.Increment(ref taken);
        return CommitOutcome.Done;
    }

    public ValueTask<StoredResource?> ReadAsync(string type, string id, CancellationToken cancellationToken) => kept.ReadAsync(type, id, cancellationToken);

    public ValueTask<StoredResource?> ReadAsync(string type, string id, long version, CancellationToken cancellationToken) => kept.ReadAsync(type, id, version, cancellationToken);

    public ValueTask<ResourcePage> HistoryAsync(HistoryQuery query, CancellationToken cancellationToken) => kept.HistoryAsync(query, cancellationToken);

    public ValueTask<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken) => kept.SearchAsync(query, cancellationToken);

    public ValueTask<StorageUsed> StoredByAsync(string writer, CancellationToken cancellationToken) => kept.StoredByAsync(writer, cancellationToken);

    public ValueTask ShareAsync(IReadOnlyList<string> references, IReadOnlyList<string> readers, CancellationToken cancellationToken) => kept.ShareAsync(references, readers, cancellationToken);

    public ValueTask<IReadOnlyList<UnreportedVersion>> UndeliveredAsync(int limit, CancellationToken cancellationToken) => kept.UndeliveredAsync(limit, cancellationToken);

    public ValueTask MarkDeliveredAsync(UnreportedVersion news, CancellationToken cancellationToken) => kept.MarkDeliveredAsync(news, cancellationToken);

    public ValueTask<long> PositionAsync(string name, CancellationToken cancellationToken) => kept.PositionAsync(name, cancellationToken);

    public ValueTask StorePositionAsync(string name, long place, CancellationToken cancellationToken) => kept.StorePositionAsync(name, place, cancellationToken);
}
