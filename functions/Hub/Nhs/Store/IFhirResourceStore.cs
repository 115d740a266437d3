namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>One resource to be written.</summary>
/// <param name="Resource">The new version. Its version number must be the expected one plus one.</param>
/// <param name="ExpectedVersion">The version that must be the current one; 0 when the resource must not exist.</param>
/// <param name="Index">Its search index entries; empty for a deletion.</param>
public sealed record ResourceWrite(StoredResource Resource, long ExpectedVersion, IReadOnlyList<IndexEntry> Index)
{
    /// <summary>A query that must find nothing when it is written (If-None-Exist).</summary>
    public ResourceQuery? NoneExist { get; init; }

    /// <summary>Whether the assessment must be told of this version; it stays undelivered until it is marked.</summary>
    public bool IsNews { get; init; }
}

/// <summary>The bytes of a submission as received, kept for the record.</summary>
public sealed record ReceivedBytes(string ContentType, ReadOnlyMemory<byte> Bytes, string From, DateTimeOffset At);

/// <summary>All writes of one interaction, made together or not at all.</summary>
public sealed record Commit(IReadOnlyList<ResourceWrite> Writes)
{
    /// <summary>A key that may be used once, for ever (the sender and its request id); null when there is none.</summary>
    public string? OnceKey { get; init; }

    /// <summary>The submission that led to it.</summary>
    public ReceivedBytes? Received { get; init; }
}

/// <summary>The result of a commit.</summary>
public enum CommitEnd
{
    /// <summary>Written and durable.</summary>
    Done,

    /// <summary>A resource is not at the expected version; nothing was written.</summary>
    Stale,

    /// <summary>Something exists that must not; nothing was written.</summary>
    Exists,

    /// <summary>The once key was used before; nothing was written.</summary>
    Repeated,
}

/// <summary>A version of a Task that has not been reported to the assessment yet.</summary>
public sealed record UnreportedVersion(string Type, string Id, long Version);

/// <summary>Reads FHIR resources in their present state. All members are safe for concurrent use.</summary>
public interface IFhirResourceReader
{
    /// <summary>The current version, even if it is a deletion; null when it never existed.</summary>
    ValueTask<StoredResource?> Read(string type, string id, CancellationToken cancel);

    /// <summary>One version; null when there is none.</summary>
    ValueTask<StoredResource?> Read(string type, string id, long version, CancellationToken cancel);

    /// <summary>A page of the versions of one resource, newest first; its total counts all matching versions.</summary>
    ValueTask<ResourcePage> History(HistoryQuery query, CancellationToken cancel);

    /// <summary>Current versions that match, in the order in which they were written.</summary>
    ValueTask<ResourcePage> Search(ResourceQuery query, CancellationToken cancel);
}

/// <summary>
/// Where FHIR resources are kept: versioned, searchable, several written atomically. A write is durable when its task ends. All members are
/// safe for concurrent use.
/// </summary>
public interface IFhirResourceStore : IFhirResourceReader
{
    /// <summary>Writes all or nothing.</summary>
    ValueTask<CommitEnd> Commit(Commit commit, CancellationToken cancel);

    /// <summary>How much <paramref name="writer"/> has stored: every version, and the submissions in which they came.</summary>
    ValueTask<StoredAmount> StoredBy(string writer, CancellationToken cancel);

    /// <summary>Adds readers to resources, without a new version.</summary>
    ValueTask Share(IReadOnlyList<string> references, IReadOnlyList<string> readers, CancellationToken cancel);

    /// <summary>Changes not yet marked as delivered, oldest first.</summary>
    ValueTask<IReadOnlyList<UnreportedVersion>> Undelivered(int limit, CancellationToken cancel);

    /// <summary>Marks changes as delivered.</summary>
    ValueTask MarkDelivered(UnreportedVersion news, CancellationToken cancel);

    /// <summary>The position stored under a name; 0 before any was stored.</summary>
    ValueTask<long> Place(string name, CancellationToken cancel);

    /// <summary>Stores a position.</summary>
    ValueTask NotePlace(string name, long place, CancellationToken cancel);
}
