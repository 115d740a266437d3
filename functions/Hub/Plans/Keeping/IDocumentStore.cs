namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The result of a document's malware scan.</summary>
public enum ScanState
{
    /// <summary>Not scanned yet.</summary>
    Unknown,

    /// <summary>Scanned, nothing found.</summary>
    Clean,

    /// <summary>Malware was found.</summary>
    Malicious,
}

/// <summary>Bytes that were read, and the ETag that a later <see cref="IDocumentStore.ReplaceAsync"/> must present.</summary>
public sealed record StoredDocument(byte[] Bytes, string ETag);

/// <summary>
/// Named bytes, written once. The only thing that is ever replaced is a manifest, and only by someone who has read the one before.
/// Failures are results: <see cref="KeepingOutcome.Transient"/> when the store cannot be reached. Names are ASCII letters, digits, <c>.</c>,
/// <c>-</c> and <c>/</c>, and contain no personal data.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Writes a document under a new name. Once it returns, the bytes survive a power cut.</summary>
    /// <returns>Done; AlreadyThere when the name is taken (its bytes are not compared); Transient; Refused.</returns>
    Task<Kept<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken);

    /// <summary>Reads all bytes.</summary>
    /// <returns>Done; Missing; Transient; Refused.</returns>
    Task<Kept<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Replaces a document, or writes the first when <paramref name="etag"/> is null.</summary>
    /// <returns>Done; Conflict when somebody else wrote in between; Transient; Refused.</returns>
    Task<Kept<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken);

    /// <summary>Names that begin with the prefix, in ordinal order.</summary>
    Task<Kept<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes a document that no manifest lists.</summary>
    /// <returns>Done; Missing; Refused under a legal hold or within the retention period; Transient.</returns>
    Task<Kept<string>> RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>The result of a document's malware scan.</summary>
    Task<Kept<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken);
}

/// <summary>How documents are kept. Councils differ in this; no regulation sets a period.</summary>
public sealed record KeepingRules
{
    /// <summary>Nothing may be removed, for instance while an appeal or a complaint is open.</summary>
    public bool LegalHold { get; init; }

    /// <summary>How long after it was written a document may not be removed; null for no such period.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Name of the settings' section.</summary>
    public const string Section = "Documents";

    /// <summary>
    /// Serve documents that no scanner has found clean. Off unless it is set: an unscanned document may carry malware to every reader.
    /// A document in which a scanner found malware is never served.
    /// </summary>
    public bool ServeUnscanned { get; init; }

    /// <summary>Largest attachment, in bytes. 25 MB unless set.</summary>
    public long MaxAttachmentBytes { get; init; } = 25L * 1024 * 1024;
}

/// <summary>Stores bytes under a name that contains their hash.</summary>
internal static class HashedNames
{
    /// <summary>As <see cref="IDocumentStore.PutOnceAsync"/>; and Tampered where the name exists with different bytes.</summary>
    internal static async Task<Kept<string>> PutHashedAsync(
        this IDocumentStore documents, string name, byte[] bytes, string contentType, CancellationToken cancellationToken)
    {
        var put = await documents.PutOnceAsync(name, bytes, contentType, cancellationToken);
        if (put.Outcome != KeepingOutcome.AlreadyThere)
        {
            return put;
        }

        var there = await documents.ReadAsync(name, cancellationToken);
        return !there.Succeeded ? there.As<string>()
            : there.Value.Bytes.AsSpan().SequenceEqual(bytes) ? put
            : Kept.Failed<string>(KeepingOutcome.Tampered, $"{name}: a document with this name but different bytes exists.");
    }
}

/// <summary>The layout of the store: <c>{council}/{assessment}/...</c>.</summary>
internal static class DocumentNames
{
    internal static bool IsSafe(string name) =>
        name.Length is > 0 and <= 400
        && name.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-/") < 0
        && name.Split('/').All(part => part.Length > 0 && part[0] != '.');
}
