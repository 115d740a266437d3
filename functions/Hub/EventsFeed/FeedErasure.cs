using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>
/// Takes erased cases out of a council's feed. Of each there is one line left, without anything that happened in it: it tells the council's other
/// systems to erase what they have.
/// </summary>
/// <param name="documents">Where the feed is kept.</param>
public sealed class FeedErasure(IDocumentStore documents)
{
    private readonly FeedStore store = new(documents);

    /// <summary>Takes them out. It can be run again.</summary>
    /// <param name="council">The council.</param>
    /// <param name="cases">Its cases that are erased.</param>
    /// <param name="now">The present instant, UTC.</param>
    /// <param name="cancellationToken">Stops it between two files.</param>
    /// <returns>How many lines were taken out.</returns>
    /// <exception cref="IOException">The store cannot be reached, or a file cannot be read.</exception>
    public async Task<int> RunAsync(LocalAuthorityCode council, IReadOnlySet<string> cases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var indexes = await store.IndexesAsync(council, cancellationToken);
        if (indexes.Count == 0)
        {
            return 0;
        }

        var said = new HashSet<string>(StringComparer.Ordinal);
        var theirs = new List<long>();
        foreach (var index in indexes)
        {
            var (file, _) = await store.FileAsync(council, index, cancellationToken);
            said.UnionWith(file.Lines.Where(line => line.What == FeedLine.Erased).Select(line => line.Case));
            if (file.Lines.Any(line => IsTheirs(line)))
            {
                theirs.Add(index);
            }
        }

        // First: a run that was interrupted between the two would no longer know which cases to name.
        var writer = await FeedWriter.OpenAsync(store, council, cancellationToken);
        await writer.AddAsync([.. cases.Where(one => !said.Contains(one)).Order(StringComparer.Ordinal).Select(one => new FeedLine(0, one, 0, FeedLine.Erased, now, now, []))], cancellationToken);

        var removed = 0;
        foreach (var index in theirs)
        {
            // Read again, because it may be the one that was added to.
            var (file, etag) = await store.FileAsync(council, index, cancellationToken);
            var left = file.Lines.Where(line => !IsTheirs(line)).ToList();
            removed += file.Lines.Count - left.Count;
            await store.WriteAsync(council, file with { Lines = left }, etag, cancellationToken);
        }

        return removed;

        bool IsTheirs(FeedLine line) => line.What != FeedLine.Erased && cases.Contains(line.Case);
    }
}
