using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>Why a feed cannot be read from a cursor.</summary>
internal enum CursorFault
{
    /// <summary>The feed can be read from the cursor.</summary>
    None,

    /// <summary>Events after the cursor were removed because their retention period had ended.</summary>
    TooOld,

    /// <summary>The feed does not reach the cursor's number, because it was restored from an older copy.</summary>
    Ahead,
}

/// <summary>One page of a feed.</summary>
/// <param name="Fault">Why the page could not be read.</param>
/// <param name="Lines">The lines of the page that the caller is allowed to see.</param>
/// <param name="Next">The cursor from which the next page is read.</param>
internal sealed record FeedPage(CursorFault Fault, IReadOnlyList<FeedLine> Lines, long Next);

/// <summary>Reads a council's feed for a caller, who sees only the events of cases that they are allowed to open.</summary>
internal sealed class FeedReading(FeedStore feeds, IAssessmentStore store)
{
    /// <summary>Largest number of files read for one page. If the caller is allowed to see only a few of the lines, the page is short, and
    /// the next cursor continues after it.</summary>
    private const int MostFiles = 20;

    private const int AtOnce = 16;

    /// <summary>Reads one page.</summary>
    /// <param name="caller">The caller, with the role of events reader for one council.</param>
    /// <param name="after">The cursor, or null for the beginning of the stored feed.</param>
    /// <param name="limit">The largest number of events.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="FeedStoreException">The store cannot be reached, or a file cannot be read.</exception>
    internal async Task<FeedPage> ReadAsync(Caller caller, long? after, int limit, CancellationToken cancellationToken)
    {
        var council = caller.Council!.Value;
        while (true)
        {
            var start = after ?? (await feeds.RemovedAsync(council, cancellationToken)).Through;
            var page = await FromAsync(caller, council, start, limit, cancellationToken);

            // The record of the lines that were removed is read last. The writer updates this record before removing lines, so a page with
            // missing lines is never treated as complete.
            var removed = (await feeds.RemovedAsync(council, cancellationToken)).Through;
            if (start >= removed)
            {
                return page;
            }

            if (after is not null)
            {
                return new FeedPage(CursorFault.TooOld, [], removed);
            }
        }
    }

    private async Task<FeedPage> FromAsync(Caller caller, LocalAuthorityCode council, long start, int limit, CancellationToken cancellationToken)
    {
        var seen = new List<FeedLine>();
        var next = start;
        var index = start / FeedFile.Size;
        var (file, etag) = await feeds.FileAsync(council, index, cancellationToken);
        if (file.Through < start || (etag is null && start > 0 && !await EndsAsync(council, start, cancellationToken)))
        {
            return new FeedPage(CursorFault.Ahead, [], file.Through);
        }

        for (var read = 1; ; read++)
        {
            var lines = file.Lines.Where(line => line.Number > start).ToList();
            var open = await OpenToAsync(caller, lines, cancellationToken);
            foreach (var line in lines)
            {
                next = line.Number;
                if (open.Contains(line.Case))
                {
                    seen.Add(line);
                    if (seen.Count == limit)
                    {
                        return new FeedPage(CursorFault.None, seen, next);
                    }
                }
            }

            next = Math.Max(next, file.Through);
            if (!file.IsFull || read == MostFiles)
            {
                return new FeedPage(CursorFault.None, seen, next);
            }

            (file, _) = await feeds.FileAsync(council, ++index, cancellationToken);
        }
    }

    /// <summary>Whether the feed has reached the given number, which is the number of the last line in one of its files.</summary>
    private async Task<bool> EndsAsync(LocalAuthorityCode council, long number, CancellationToken cancellationToken) =>
        (await feeds.FileAsync(council, (number / FeedFile.Size) - 1, cancellationToken)).File.IsFull || (await feeds.RemovedAsync(council, cancellationToken)).Through >= number;

    /// <summary>The cases that the caller is now allowed to open, and erased cases.</summary>
    private async Task<HashSet<string>> OpenToAsync(Caller caller, IReadOnlyList<FeedLine> lines, CancellationToken cancellationToken)
    {
        var open = lines.Where(line => line.What == FeedLine.Erased).Select(line => line.Case).ToHashSet(StringComparer.Ordinal);
        foreach (var some in lines.Where(line => !open.Contains(line.Case)).GroupBy(line => line.Id, line => line.Sequence).Chunk(AtOnce))
        {
            open.UnionWith((await Task.WhenAll(some.Select(one => SeesAsync(caller, one.Key, one.Max(), cancellationToken)))).OfType<string>());
        }

        return open;
    }

    private async Task<string?> SeesAsync(Caller caller, AssessmentId id, long through, CancellationToken cancellationToken)
    {
        var state = store is IUncachedReader passing ? await passing.ReadAsync(id, cancellationToken) : (await store.LoadAsync(id, cancellationToken)).State;
        if (state.Version < through)
        {
            // The writer of the feed has read a commit that is on the disk but not yet in the store's memory. A reader never gets a line again
            // that was left out, and a restriction in that commit already holds.
            state = Assessment.Replay(AssessmentState.None(id), (await store.EventsAsync(id, cancellationToken: cancellationToken)).Select(fact => fact.What));
        }

        return state.Facts is not null && id.Council == caller.Council && state.IsOpenTo(caller.Subject) ? id.Value : null;
    }
}
