namespace IntegrationHub.Simulation.Reporting;

/// <summary>Faults that a hub met in its year, and what it wrote. It depends on how the country is divided among hubs, so it is kept apart from the report.</summary>
public sealed record FaultCounts
{
    /// <summary>Durable operations: puts, turns and attempts.</summary>
    public long Operations { get; init; }

    /// <summary>Flushes to the disk that they shared.</summary>
    public long Flushes { get; init; }

    /// <summary>Bytes of the store's files at the end.</summary>
    public long BytesOnDisk { get; init; }

    /// <summary>Durable operations that were made to fail.</summary>
    public long FailedOperations { get; init; }

    /// <summary>Deaths of the process.</summary>
    public int Deaths { get; init; }

    /// <summary>New starts from what lay on the disk.</summary>
    public int Restarts { get; init; }

    /// <summary>Of these, starts that had to recover a log which nobody had closed.</summary>
    public int Recoveries { get; init; }

    /// <summary>Times the disk was full.</summary>
    public int FullDisks { get; init; }

    /// <summary>Times the disk could only be read: a write was refused and said so.</summary>
    public int ReadOnlyDisks { get; init; }

    /// <summary>Times a page of the file was damaged: the start found it and refused.</summary>
    public int DamagedPages { get; init; }

    /// <summary>Days on which the clock was wrong.</summary>
    public int WrongDays { get; init; }

    /// <summary>Of these, days on which the clocks change.</summary>
    public int ClockChanges { get; init; }

    /// <summary>Two hubs together.</summary>
    public static FaultCounts operator +(FaultCounts a, FaultCounts b) => new()
    {
        Operations = a.Operations + b.Operations,
        Flushes = a.Flushes + b.Flushes,
        BytesOnDisk = a.BytesOnDisk + b.BytesOnDisk,
        FailedOperations = a.FailedOperations + b.FailedOperations,
        Deaths = a.Deaths + b.Deaths,
        Restarts = a.Restarts + b.Restarts,
        Recoveries = a.Recoveries + b.Recoveries,
        FullDisks = a.FullDisks + b.FullDisks,
        ReadOnlyDisks = a.ReadOnlyDisks + b.ReadOnlyDisks,
        DamagedPages = a.DamagedPages + b.DamagedPages,
        WrongDays = a.WrongDays + b.WrongDays,
        ClockChanges = a.ClockChanges + b.ClockChanges,
    };
}
