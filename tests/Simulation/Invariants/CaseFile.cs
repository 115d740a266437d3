using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>Everything that is asked about one case: what the hub has of it, and what the world knows.</summary>
public sealed record CaseFile
{
    /// <summary>What the world knows.</summary>
    public required CaseLedger Ledger { get; init; }

    /// <summary>The state, the undecided inbox and the wake-up.</summary>
    public required LoadedAssessment Loaded { get; init; }

    /// <summary>All events.</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    /// <summary>All effects.</summary>
    public required IReadOnlyList<EffectRecord> Effects { get; init; }

    /// <summary>What became of each message of the ledger.</summary>
    public required IReadOnlyDictionary<string, Outcome?> Outcomes { get; init; }

    /// <summary>The limits as the hub shows them now.</summary>
    public required IReadOnlyList<LimitProgress> Limits { get; init; }

    /// <summary>Now by the hub's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The move by which the plan came here, and the one by which it left.</summary>
    internal IReadOnlyList<MoveSeen> Moves { get; init; } = [];

    /// <summary>How far the hub's clock may have been set back.</summary>
    public required TimeSpan ClockSteps { get; init; }

    /// <summary>How much later than its instant the hub may do what falls due, because its clock was wrong or stood.</summary>
    public required TimeSpan Lateness { get; init; }

    /// <summary>What relieves a limit, as the checker writes it.</summary>
    internal static string Relief(Limit limit) => string.Join(',', limit.RelievedBy.Select(g => char.ToLowerInvariant(g.ToString()[0]) + g.ToString()[1..]).Order(StringComparer.Ordinal));
}
