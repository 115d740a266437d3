using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>Removes expired lines from a feed of events. Lines are always removed from the beginning of the feed, so a reader who continues
/// from a cursor either gets every later line or is refused.</summary>
internal static class FeedTrim
{
    /// <summary>Removes the lines that were added to a council's feed before the given time.</summary>
    /// <returns>Whether any file was changed; a writer opened earlier can then no longer be used.</returns>
    /// <exception cref="FeedStoreException">The store cannot be reached, or another process is writing too; the next run completes the
    /// removal.</exception>
    internal static async Task<bool> RunAsync(FeedStore store, LocalAuthorityCode council, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = await store.RemovedAsync(council, cancellationToken);
        var old = new List<(FeedFile File, string? ETag)>();
        var through = removed.Through;
        foreach (var index in await store.IndexesAsync(council, cancellationToken))
        {
            var (file, etag) = await store.FileAsync(council, index, cancellationToken);
            var kept = file.Lines.FirstOrDefault(line => line.Number > through && line.AddedAt >= before);
            through = Math.Max(through, kept is { } first ? first.Number - 1 : file.Through);
            old.Add((file, etag));
            if (kept is not null)
            {
                break;
            }
        }

        // The record of the removal is written before any line is removed, because a reader who finds lines missing must also find
        // the record.
        if (through > removed.Through)
        {
            await store.NoteRemovedAsync(council, new FeedRemoved(through, before > removed.Before ? before : removed.Before), cancellationToken);
        }

        var changed = false;
        foreach (var (file, etag) in old)
        {
            var left = file.Lines.Where(line => line.Number > through).ToList();
            if (left.Count < file.Lines.Count)
            {
                await store.WriteAsync(council, file with { Lines = left }, etag, cancellationToken);
                changed = true;
            }

            // The last file stays, because the number of the next line is derived from it.
            if (file.IsFull && file.Through <= through)
            {
                await store.RemoveAsync(council, file.Index, cancellationToken);
            }
        }

        return changed;
    }
}
