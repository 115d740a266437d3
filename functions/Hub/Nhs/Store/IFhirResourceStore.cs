namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>One resource to be written.</summary>
/// <param name="Resource">The new version. Its version number must be the expected one plus one.</param>
/// <param name="ExpectedVersion">The version that must be the current one; 0 when the resource must not exist.</param>
/// <param name="Index">Its search index entries; empty for a deletion.</param>
public sealed record ResourceWrite(StoredResource Resource, long ExpectedVersion, IReadOnlyList<IndexEntry> Index)
{
    /// <summary>A query that must find nothing when it is written (If-None-Exist).</summary>
    public ResourceQuery? NoneExist { get; init; }

    /// <summary>Whether the assessment must be told about this version; it stays undelivered until it is marked.</summary>
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
    ValueTask<StoredResource?> ReadAsync(string type, string id, CancellationToken cancellationToken);

    /// <summary>One version; null when there is none.</summary>
    ValueTask<StoredResource?> ReadAsync(string type, string id, long version, CancellationToken cancellationToken);

    /// <summary>A page of the versions of one resource, newest first; its total counts all matching versions.</summary>
    ValueTask<ResourcePage> HistoryAsync(HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>Current versions that match, in the order in which they were written.</summary>
    ValueTask<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken);
}

/// <summary>
/// Where FHIR resources are kept: versioned, searchable, several written atomically. A write is durable when its task ends. All members are
/// safe for concurrent use.
/// </summary>
public interface IFhirResourceStore : IFhirResourceReader
{
    /// <summary>Writes all or nothing.</summary>
    ValueTask<CommitEnd> CommitAsync(Commit commit, CancellationToken cancellationToken);

    /// <summary>How much <paramref name="writer"/> has stored: every version, and the submissions in which they came.</summary>
    ValueTask<StoredAmount> StoredByAsync(string writer, CancellationToken cancellationToken);

    /// <summary>Adds readers to resources, without a new version.</summary>
    ValueTask ShareAsync(IReadOnlyList<string> references, IReadOnlyList<string> readers, CancellationToken cancellationToken);

    /// <summary>Changes not yet marked as delivered, oldest first.</summary>
    ValueTask<IReadOnlyList<UnreportedVersion>> UndeliveredAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Marks changes as delivered.</summary>
    ValueTask MarkDeliveredAsync(UnreportedVersion news, CancellationToken cancellationToken);

    /// <summary>The position stored under a name; 0 before any was stored.</summary>
    ValueTask<long> PlaceAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores a position.</summary>
    ValueTask NotePlaceAsync(string name, long place, CancellationToken cancellationToken);
}
