namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>The settings of a <see cref="SqliteAssessmentStore"/>.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>Path of the database file. The file's folder must exist on a local disk, because SQLite's log needs shared memory, which
    /// network disks lack.</summary>
    public required string Path { get; init; }

    /// <summary>Whether to check the whole file at start-up and refuse it if it is damaged. The check takes about a second per
    /// gigabyte.</summary>
    public bool CheckAtStart { get; init; }

    /// <summary>The greatest number of assessments held in memory.</summary>
    public int MaxHeld { get; init; } = 200_000;

    /// <summary>The approximate greatest total size of the assessments held in memory, in bytes.</summary>
    public long MaxHeldBytes { get; init; } = 128L << 20;

    /// <summary>The greatest total size of packed assessments, in bytes. An assessment is packed when the other limits on memory no longer
    /// allow it to be held in full. If this is 0, no assessment is packed, and those that are no longer held are read from the file
    /// again.</summary>
    public long MaxPackedBytes { get; init; } = 256L << 20;

    /// <summary>The greatest number of connections that read at the same time.</summary>
    public int MaxReaders { get; init; } = 8;

    /// <summary>Once SQLite's log contains this number of 4 KiB pages, they are moved into the database file.</summary>
    public int PagesPerCheckpoint { get; init; } = 16_384;

    /// <summary>The greatest size of the file in 4 KiB pages, or null if only the disk limits it.</summary>
    public long? MaxPages { get; init; }
}
