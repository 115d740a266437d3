namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>How a <see cref="SqliteAssessmentStore"/> is kept.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The database file. Its folder must exist, on a local disk: SQLite's log needs shared memory that network disks lack.</summary>
    public required string Path { get; init; }

    /// <summary>Reads through the whole file at the start and refuses it if it is damaged. Takes about a second a gigabyte.</summary>
    public bool CheckAtStart { get; init; }

    /// <summary>The most assessments held in memory.</summary>
    public int MostHeld { get; init; } = 200_000;

    /// <summary>About how many bytes of memory they may take.</summary>
    public long MaxHeldBytes { get; init; } = 128L << 20;

    /// <summary>Bytes for keeping assessments packed once they drop out of memory; with 0 they are read from the file again.</summary>
    public long MaxPackedBytes { get; init; } = 256L << 20;

    /// <summary>The most connections that read at the same time.</summary>
    public int MaxReaders { get; init; } = 8;

    /// <summary>Pages of 4 KiB that the log gathers before they are moved into the database.</summary>
    public int PagesPerCheckpoint { get; init; } = 16_384;

    /// <summary>The file may not grow above this number of pages of 4 KiB; null for as much as the disk holds.</summary>
    public long? MaxPages { get; init; }
}
