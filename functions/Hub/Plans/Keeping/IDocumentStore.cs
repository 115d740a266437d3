using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The result of a document's malware scan.</summary>
public enum ScanState
{
    /// <summary>The document has not been scanned yet.</summary>
    Unknown,

    /// <summary>The document was scanned and nothing was found.</summary>
    Clean,

    /// <summary>Malware was found in the document.</summary>
    Malicious,
}

/// <summary>The bytes that were read, and the ETag that must be given to <see cref="IDocumentStore.ReplaceAsync"/> to replace them.</summary>
public sealed record StoredDocument(byte[] Bytes, string ETag);

/// <summary>
/// A store of named documents, each of which is written once. Only a manifest is ever replaced, and only by a writer that has read the
/// previous manifest. Failures are returned as results, for example <see cref="KeepingOutcome.Transient"/> if the store cannot be reached.
/// Names are ASCII letters, digits, <c>.</c>, <c>-</c> and <c>/</c>, and contain no personal data.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Writes a document under a new name. Once the method returns, the bytes survive a power cut.</summary>
    /// <returns>The outcome is Done, AlreadyThere (if the name is in use; the bytes are not compared), Transient or Refused.</returns>
    Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken);

    /// <summary>Reads all bytes of a document.</summary>
    /// <returns>The outcome is Done, Missing, Transient or Refused.</returns>
    Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Replaces a document, or writes the first version if <paramref name="etag"/> is null.</summary>
    /// <returns>The outcome is Done, Conflict (if somebody else wrote in the meantime), Transient or Refused.</returns>
    Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken);

    /// <summary>Lists the names that begin with the prefix, in ordinal order.</summary>
    Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes a document that no manifest lists.</summary>
    /// <returns>The outcome is Done, Missing, Refused (under a legal hold or within the retention period) or Transient.</returns>
    Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>The result of a document's malware scan.</summary>
    Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken);
}

/// <summary>Settings for how documents are stored. Each council sets its own retention period, because no regulation sets one.</summary>
public sealed record KeepingRules
{
    /// <summary>Whether a legal hold applies, so that nothing can be removed, for instance while an appeal or a complaint is open.</summary>
    public bool LegalHold { get; init; }

    /// <summary>How long a document is protected from removal after it was written, or null if it is not protected.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Documents";

    /// <summary>
    /// Whether to serve documents that no scanner has found clean. The setting is off by default, because an unscanned document can carry
    /// malware to everybody who opens it. A document in which a scanner found malware is never served.
    /// </summary>
    public bool ServeUnscanned { get; init; }

    /// <summary>The largest attachment, in bytes; 25 MB unless set.</summary>
    [Range(65_536, 268_435_456)]
    public long MaxAttachmentBytes { get; init; } = 25L * 1024 * 1024;
}

/// <summary>Stores bytes under a name that contains their hash.</summary>
internal static class HashedNames
{
    /// <summary>The outcome is as for <see cref="IDocumentStore.PutOnceAsync"/>, or Tampered if the name exists with different
    /// bytes.</summary>
    internal static async Task<StoreResult<string>> PutHashedAsync(
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
            : StoreResult.Failed<string>(KeepingOutcome.Tampered, $"{name}: a document with this name but different bytes exists.");
    }
}

/// <summary>The layout of names in the store: <c>{council}/{assessment}/...</c>.</summary>
internal static class DocumentNames
{
    internal static bool IsSafe(string name) =>
        name.Length is > 0 and <= 400
        && name.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-/") < 0
        && name.Split('/').All(part => part.Length > 0 && part[0] != '.');
}
