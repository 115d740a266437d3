namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>The settings of a <see cref="SqliteAssessmentStore"/>.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>Path of the database file. The file's folder must exist on a local disk, because SQLite's log needs shared memory, which
    /// network disks lack.</summary>
    public required string Path { get; init; }

    /// <summary>Whether to check the whole file at the start and refuse it if it is damaged. The check takes about a second per
    /// gigabyte.</summary>
    public bool CheckAtStart { get; init; }

    /// <summary>The greatest number of assessments held in memory.</summary>
    public int MaxHeld { get; init; } = 200_000;

    /// <summary>The approximate maximum total size of these assessments, in bytes.</summary>
    public long MaxHeldBytes { get; init; } = 128L << 20;

    /// <summary>The greatest size in bytes of packed assessments, which are those that have dropped out of memory. With 0, no assessment is
    /// packed, and those that have dropped out are read from the file again.</summary>
    public long MaxPackedBytes { get; init; } = 256L << 20;

    /// <summary>The greatest number of connections that read at the same time.</summary>
    public int MaxReaders { get; init; } = 8;

    /// <summary>The number of 4 KiB pages in the log at which they are moved into the database.</summary>
    public int PagesPerCheckpoint { get; init; } = 16_384;

    /// <summary>The greatest size of the file in 4 KiB pages, or null for no limit but the disk.</summary>
    public long? MaxPages { get; init; }
}
