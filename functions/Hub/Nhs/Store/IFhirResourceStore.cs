namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>A resource to be written.</summary>
/// <param name="Resource">The new version. The version number must be the expected version plus one.</param>
/// <param name="ExpectedVersion">The version that must be current, or 0 if the resource must not exist.</param>
/// <param name="Index">Search index entries of the resource; empty for a deletion.</param>
public sealed record ResourceWrite(StoredResource Resource, long ExpectedVersion, IReadOnlyList<IndexEntry> Index)
{
    /// <summary>A query that must have no results at the time of the write (If-None-Exist).</summary>
    public ResourceQuery? NoneExist { get; init; }

    /// <summary>Whether this version must be reported to the assessment. The version stays undelivered until marked as delivered.</summary>
    public bool IsNews { get; init; }
}

/// <summary>The bytes of a submission as received, stored as evidence.</summary>
public sealed record ReceivedBytes(string ContentType, ReadOnlyMemory<byte> Bytes, string From, DateTimeOffset At);

/// <summary>All writes of one interaction, made together or not at all.</summary>
public sealed record Commit(IReadOnlyList<ResourceWrite> Writes)
{
    /// <summary>A key that must never be used again (the sender and its request id), or null if there is none.</summary>
    public string? OnceKey { get; init; }

    /// <summary>The submission that led to the commit.</summary>
    public ReceivedBytes? Received { get; init; }
}

/// <summary>The result of a commit.</summary>
public enum CommitOutcome
{
    /// <summary>The commit was written and is durable.</summary>
    Done,

    /// <summary>A resource is not at the expected version, so nothing was written.</summary>
    Stale,

    /// <summary>A resource exists that must not exist, so nothing was written.</summary>
    Exists,

    /// <summary>The once-only key was used before, so nothing was written.</summary>
    Repeated,
}

/// <summary>A version of a Task that has not been reported to the assessment yet.</summary>
public sealed record UnreportedVersion(string Type, string Id, long Version);

/// <summary>Reads FHIR resources in their present state. All members are safe for concurrent use.</summary>
public interface IFhirResourceReader
{
    /// <summary>The current version, even if it is a deletion, or null if the resource never existed.</summary>
    ValueTask<StoredResource?> ReadAsync(string type, string id, CancellationToken cancellationToken);

    /// <summary>One version of a resource, or null if it does not exist.</summary>
    ValueTask<StoredResource?> ReadAsync(string type, string id, long version, CancellationToken cancellationToken);

    /// <summary>A page of the versions of one resource, newest first. The page's total is the number of matching versions on all
    /// pages.</summary>
    ValueTask<ResourcePage> HistoryAsync(HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>Current versions of resources that match a query, in the order in which they were written.</summary>
    ValueTask<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken);
}

/// <summary>
/// Stores FHIR resources, which are versioned and searchable. Several resources can be written atomically. A write is durable once its task
/// has completed. All members are safe for concurrent use.
/// </summary>
public interface IFhirResourceStore : IFhirResourceReader
{
    /// <summary>Writes the complete commit or nothing.</summary>
    ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken);

    /// <summary>How much one writer has stored: all versions of resources, and the submissions that contained them.</summary>
    ValueTask<StorageUsed> StoredByAsync(string writer, CancellationToken cancellationToken);

    /// <summary>Allows further callers to read resources, without creating new versions.</summary>
    ValueTask ShareAsync(IReadOnlyList<string> references, IReadOnlyList<string> readers, CancellationToken cancellationToken);

    /// <summary>New versions that are not yet marked as delivered to their assessment, oldest first.</summary>
    ValueTask<IReadOnlyList<UnreportedVersion>> UndeliveredAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Marks a new version as delivered to its assessment.</summary>
    ValueTask MarkDeliveredAsync(UnreportedVersion news, CancellationToken cancellationToken);

    /// <summary>The number (a position) that is stored under a name, or 0 if none is stored.</summary>
    ValueTask<long> PositionAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores a number (a position) under a name.</summary>
    ValueTask StorePositionAsync(string name, long place, CancellationToken cancellationToken);
}
