using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>The document store cannot be reached, or a stored feed cannot be read.</summary>
internal sealed class FeedStoreException(string message, Exception? cause = null) : IOException(message, cause);

/// <summary>Stores the feeds of councils in the document store: <c>COUNCIL/feed/NUMBER.jsonl</c> and
/// <c>COUNCIL/feed/removed.json</c>.</summary>
internal sealed class FeedStore(IDocumentStore documents)
{
    private const string LinesType = "application/jsonl";

    /// <summary>One file with its entity tag, or an empty file without a tag if the file does not exist.</summary>
    /// <exception cref="FeedStoreException">The store cannot be reached, or the file cannot be read.</exception>
    internal async Task<(FeedFile File, string? ETag)> FileAsync(LocalAuthorityCode council, long index, CancellationToken cancellationToken)
    {
        var name = NameOf(council, index);
        var read = await documents.ReadAsync(name, cancellationToken);
        return read.Outcome == KeepingOutcome.Missing ? (FeedFile.Empty(index), null)
            : read.Succeeded ? (Parsed(name, () => Checked(council, FeedFile.Read(index, read.Value.Bytes))), read.Value.ETag)
            : throw new FeedStoreException(read.Reason);
    }

    /// <summary>Replaces a file if it still has the tag with which it was read.</summary>
    /// <returns>The new tag of the file.</returns>
    /// <exception cref="FeedStoreException">Another writer has replaced the file, or the store cannot be reached. The caller must read the
    /// file to find out whether it was written.</exception>
    internal Task<string> WriteAsync(LocalAuthorityCode council, FeedFile file, string? etag, CancellationToken cancellationToken) =>
        ReplaceAsync(NameOf(council, file.Index), file.Write(), LinesType, etag, cancellationToken);

    /// <summary>Removes a file that has no lines left. If the store enforces a retention period, the empty file stays.</summary>
    /// <exception cref="FeedStoreException">The store cannot be reached.</exception>
    internal async Task RemoveAsync(LocalAuthorityCode council, long index, CancellationToken cancellationToken)
    {
        var removed = await documents.RemoveAsync(NameOf(council, index), cancellationToken);
        if (!removed.Succeeded && removed.Outcome is not (KeepingOutcome.Missing or KeepingOutcome.Refused))
        {
            throw new FeedStoreException(removed.Reason);
        }
    }

    /// <summary>The numbers of the council's feed files that exist, in order.</summary>
    /// <exception cref="FeedStoreException">The store cannot be reached.</exception>
    internal async Task<IReadOnlyList<long>> IndexesAsync(LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        var listed = await documents.ListAsync(FolderOf(council), cancellationToken);
        return listed.Outcome == KeepingOutcome.Missing ? []
            : !listed.Succeeded ? throw new FeedStoreException(listed.Reason)
            : [.. listed.Value.Where(name => name.EndsWith(".jsonl", StringComparison.Ordinal)).Select(name => long.Parse(name.Split('/')[^1].Split('.')[0], CultureInfo.InvariantCulture)).Order()];
    }

    /// <summary>The record of the lines removed because their retention period had ended.</summary>
    /// <exception cref="FeedStoreException">The store cannot be reached, or the file cannot be read.</exception>
    internal async Task<FeedRemoved> RemovedAsync(LocalAuthorityCode council, CancellationToken cancellationToken) => (await RemovedTagAsync(council, cancellationToken)).Removed;

    /// <summary>Records which lines of a feed are about to be removed.</summary>
    /// <exception cref="FeedStoreException">Another writer has replaced the record, or the store cannot be reached.</exception>
    internal async Task NoteRemovedAsync(LocalAuthorityCode council, FeedRemoved removed, CancellationToken cancellationToken)
    {
        var (_, etag) = await RemovedTagAsync(council, cancellationToken);
        await ReplaceAsync(RemovedName(council), JsonSerializer.SerializeToUtf8Bytes(removed, FeedJson.Default.FeedRemoved), "application/json", etag, cancellationToken);
    }

    private async Task<(FeedRemoved Removed, string? ETag)> RemovedTagAsync(LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        var read = await documents.ReadAsync(RemovedName(council), cancellationToken);
        return read.Outcome == KeepingOutcome.Missing ? (FeedRemoved.Nothing, null)
            : read.Succeeded ? (Parsed(RemovedName(council), () => JsonSerializer.Deserialize(read.Value.Bytes, FeedJson.Default.FeedRemoved) ?? FeedRemoved.Nothing), read.Value.ETag)
            : throw new FeedStoreException(read.Reason);
    }

    private async Task<string> ReplaceAsync(string name, byte[] bytes, string type, string? etag, CancellationToken cancellationToken)
    {
        var written = await documents.ReplaceAsync(name, bytes, type, etag, cancellationToken);
        return written.Succeeded ? written.Value : throw new FeedStoreException(written.Reason);
    }

    // A line that names no case of the council would be hidden from every reader, added a second time by the writer, and missed by an
    // erasure.
    private static FeedFile Checked(LocalAuthorityCode council, FeedFile file) =>
        file.Lines.FirstOrDefault(line => !AssessmentId.TryParse(line.Case, out var id, out _) || id.Value != line.Case || id.Council != council) is { } damaged
            ? throw new JsonException(FormattableString.Invariant($"Line {damaged.Number} does not name a case of the council."))
            : file;

    private static T Parsed<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException damaged)
        {
            throw new FeedStoreException($"{name} cannot be read.", damaged);
        }
    }

    private static string FolderOf(LocalAuthorityCode council) => $"{council}/feed/";

    private static string NameOf(LocalAuthorityCode council, long index) => FormattableString.Invariant($"{council}/feed/{index:D9}.jsonl");

    private static string RemovedName(LocalAuthorityCode council) => $"{council}/feed/removed.json";
}
