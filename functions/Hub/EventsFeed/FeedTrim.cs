using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>Removes from a feed what has been in it for its time: always its beginning, so that every cursor is either whole or refused.</summary>
internal static class FeedTrim
{
    /// <summary>Removes what was added before an instant.</summary>
    /// <returns>Whether any file was changed; a writer that was opened before is then of no more use.</returns>
    /// <exception cref="FeedStoreException">The store cannot be reached, or somebody else writes too; the next run finishes it.</exception>
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

        // Before anything is removed: a reader who finds it gone must find this too.
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

            // The last file stays: it says which number is the next.
            if (file.IsFull && file.Through <= through)
            {
                await store.RemoveAsync(council, file.Index, cancellationToken);
            }
        }

        return changed;
    }
}
