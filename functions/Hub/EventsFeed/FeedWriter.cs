using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>
/// Adds to the feed of one council. It numbers the lines in the order in which it adds them, and takes each fact of a case once: what was added is
/// read from the feed itself. A writer with a stale reading cannot write, because a file is only replaced by its tag. After an exception it is made
/// again.
/// </summary>
internal sealed class FeedWriter
{
    private readonly FeedStore store;
    private readonly LocalAuthorityCode council;
    private readonly Dictionary<AssessmentId, long> taken = [];
    private FeedFile last;
    private string? etag;

    private FeedWriter(FeedStore store, LocalAuthorityCode council, FeedRemoved removed) =>
        (this.store, this.council, Removed, last) = (store, council, removed, FeedFile.Empty(0));

    /// <summary>What was removed because its time had come.</summary>
    internal FeedRemoved Removed { get; }

    /// <summary>Reads the feed.</summary>
    /// <exception cref="FeedStoreException">The store cannot be reached, or a file cannot be read.</exception>
    internal static async Task<FeedWriter> OpenAsync(FeedStore store, LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        var writer = new FeedWriter(store, council, await store.RemovedAsync(council, cancellationToken));
        for (var index = writer.Removed.Through / FeedFile.Size; ; index++)
        {
            (writer.last, writer.etag) = await store.FileAsync(council, index, cancellationToken);
            foreach (var line in writer.last.Lines)
            {
                writer.Take(line);
            }

            if (!writer.last.IsFull)
            {
                return writer;
            }
        }
    }

    /// <summary>Number of the last fact of the case that was taken or passed over; 0 for none.</summary>
    internal long TakenOf(AssessmentId id) => taken.GetValueOrDefault(id);

    /// <summary>Facts of the case up to this number need not be looked at again.</summary>
    internal void PassOver(AssessmentId id, long through) => taken[id] = Math.Max(TakenOf(id), through);

    /// <summary>Adds lines; they are durable, each with its number, when this returns.</summary>
    /// <exception cref="FeedStoreException">The store cannot be reached, or somebody else adds too: the writer can no longer be used.</exception>
    internal async Task AddAsync(IReadOnlyList<FeedLine> lines, CancellationToken cancellationToken)
    {
        for (var done = 0; done < lines.Count;)
        {
            var now = lines.Skip(done).Take(last.Remaining).ToList();
            var next = last.With(now);
            etag = await store.WriteAsync(council, next, etag, cancellationToken);
            now.ForEach(Take);
            done += now.Count;
            (last, etag) = next.IsFull ? (FeedFile.Empty(next.Index + 1), null) : (next, etag);
        }
    }

    private void Take(FeedLine line) => PassOver(line.Id, line.Sequence);
}
