using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>
/// Adds lines to the feed of one council. The writer numbers the lines in the order in which it adds them, and adds each fact of a case once,
/// because it reads from the feed which facts were added. A writer whose copy of the feed is out of date cannot write, because a file is
/// replaced only if its tag still matches. After an exception a new writer must be opened.
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

    /// <summary>The record of the lines removed because their retention period had ended.</summary>
    internal FeedRemoved Removed { get; }

    /// <summary>Reads the feed and opens a writer for it.</summary>
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

    /// <summary>Number of the last fact of the case that was added or skipped; 0 for none.</summary>
    internal long LastSequenceOf(AssessmentId id) => taken.GetValueOrDefault(id);

    /// <summary>Records that facts of the case up to this number need not be checked again.</summary>
    internal void SkipThrough(AssessmentId id, long through) => taken[id] = Math.Max(LastSequenceOf(id), through);

    /// <summary>Adds lines. When this method returns, the lines are durable and numbered.</summary>
    /// <exception cref="FeedStoreException">The store cannot be reached, or another process is also adding lines; the writer can no
    /// longer be used.</exception>
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

    private void Take(FeedLine line) => SkipThrough(line.Id, line.Sequence);
}
