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

    public async ValueTask<CommitEnd> Commit(Commit commit, CancellationToken cancel)
    {
        if (!Forgets)
        {
            return await kept.Commit(commit, cancel);
        }

        foreach (var write in commit.Writes)
        {
            if ((await kept.Read(write.Resource.Type, write.Resource.Id, cancel))?.Version is var version && (version ?? 0) != write.ExpectedVersion)
            {
                return CommitEnd.Stale;
            }
        }

        Interlocked.Increment(ref taken);
        return CommitEnd.Done;
    }

    public ValueTask<StoredResource?> Read(string type, string id, CancellationToken cancel) => kept.Read(type, id, cancel);

    public ValueTask<StoredResource?> Read(string type, string id, long version, CancellationToken cancel) => kept.Read(type, id, version, cancel);

    public ValueTask<ResourcePage> History(HistoryQuery query, CancellationToken cancel) => kept.History(query, cancel);

    public ValueTask<ResourcePage> Search(ResourceQuery query, CancellationToken cancel) => kept.Search(query, cancel);

    public ValueTask<StoredAmount> StoredBy(string writer, CancellationToken cancel) => kept.StoredBy(writer, cancel);

    public ValueTask Share(IReadOnlyList<string> references, IReadOnlyList<string> readers, CancellationToken cancel) => kept.Share(references, readers, cancel);

    public ValueTask<IReadOnlyList<UnreportedVersion>> Undelivered(int limit, CancellationToken cancel) => kept.Undelivered(limit, cancel);

    public ValueTask MarkDelivered(UnreportedVersion news, CancellationToken cancel) => kept.MarkDelivered(news, cancel);

    public ValueTask<long> Place(string name, CancellationToken cancel) => kept.Place(name, cancel);

    public ValueTask NotePlace(string name, long place, CancellationToken cancel) => kept.NotePlace(name, place, cancel);
}
