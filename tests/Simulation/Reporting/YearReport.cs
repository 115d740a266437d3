using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Reporting;

/// <summary>What the run cost. It differs from run to run and from machine to machine, so it is kept apart from the rest of the report.</summary>
public sealed record Cost
{
    /// <summary>Wall time.</summary>
    public required TimeSpan Wall { get; init; }

    /// <summary>Processor time of all threads.</summary>
    public required TimeSpan Processor { get; init; }

    /// <summary>Most memory the process held, in bytes.</summary>
    public required long PeakMemory { get; init; }

    /// <summary>Hubs among which the councils were divided.</summary>
    public required int Hubs { get; init; }

    /// <summary>The faults that they met, taken together.</summary>
    public required FaultCounts Faults { get; init; }
}

/// <summary>The report of a year.</summary>
public sealed record YearReport
{
    /// <summary>Requests in the year.</summary>
    public required int Requests { get; init; }

    /// <summary>Requests of later years, for children who grow into the cohort.</summary>
    public int Births { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Years for which plans were lived with after they were issued.</summary>
    public required int Years { get; init; }

    /// <summary>How much went wrong: none, some, hell.</summary>
    public required string Faults { get; init; }

    /// <summary>The only council; null for all.</summary>
    public required string? Council { get; init; }

    /// <summary>How durable the store was, in words.</summary>
    public required string Durability { get; init; }

    /// <summary>The invariants.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The figures.</summary>
    public required Tally Tally { get; init; }

    /// <summary>What it cost.</summary>
    public required Cost Cost { get; init; }

    /// <summary>Every invariant holds, and every request was lived through.</summary>
    public bool IsSound => Verdict.Violations.Count == 0 && Tally.Cases == Requests + Births;
}
