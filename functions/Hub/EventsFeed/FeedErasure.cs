using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>
/// Removes erased cases from a council's feed. For each case one line remains, which contains nothing about the case but tells the
/// council's other systems to erase their data.
/// </summary>
/// <param name="documents">The document store that contains the feed.</param>
public sealed class FeedErasure(IDocumentStore documents)
{
    private readonly FeedStore store = new(documents);

    /// <summary>Removes the lines of the erased cases. The erasure can be run again.</summary>
    /// <param name="council">The council.</param>
    /// <param name="cases">The council's erased cases.</param>
    /// <param name="now">The present instant, UTC.</param>
    /// <param name="cancellationToken">Stops the erasure between two files.</param>
    /// <returns>Number of lines removed.</returns>
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

        // The erasure lines are added first, because a run interrupted after the removal would no longer know which cases to name.
        var writer = await FeedWriter.OpenAsync(store, council, cancellationToken);
        await writer.AddAsync([.. cases.Where(one => !said.Contains(one)).Order(StringComparer.Ordinal).Select(one => new FeedLine(0, one, 0, FeedLine.Erased, now, now, []))], cancellationToken);

        var removed = 0;
        foreach (var index in theirs)
        {
            // The file is read again, because the erasure lines may have been added to it.
            var (file, etag) = await store.FileAsync(council, index, cancellationToken);
            var left = file.Lines.Where(line => !IsTheirs(line)).ToList();
            removed += file.Lines.Count - left.Count;
            await store.WriteAsync(council, file with { Lines = left }, etag, cancellationToken);
        }

        return removed;

        bool IsTheirs(FeedLine line) => line.What != FeedLine.Erased && cases.Contains(line.Case);
    }
}
