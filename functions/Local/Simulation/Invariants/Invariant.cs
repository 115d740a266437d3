namespace IntegrationHub.Local.Simulation.Invariants;

/// <summary>What must hold in every case, whatever befell the hub.</summary>
public enum Invariant
{
    /// <summary>Every limit and what relieves it equal an independent calculation.</summary>
    LimitsAreRight,

    /// <summary>No limit is missed without its record, on the day after it, and none is recorded that was met.</summary>
    MissesAreRecorded,

    /// <summary>No request is overdue without its reminders and escalations, each on its day, and nobody is chased early.</summary>
    LateRequestsAreChased,

    /// <summary>Every acknowledged message took effect once, and what was refused took none.</summary>
    MessagesTakeEffectOnce,

    /// <summary>Every effect that was decided happened once on the other side, and nothing else did.</summary>
    EffectsHappenOnce,

    /// <summary>Every case has exactly one current version of its plan, and each version was kept as it was prepared.</summary>
    OneCurrentPlan,

    /// <summary>The audit trail is complete, in order, and tells the state.</summary>
    TrailIsWhole,

    /// <summary>When a case is over nothing of it is left waiting.</summary>
    NothingIsLeftOver,
}

/// <summary>An invariant that does not hold.</summary>
/// <param name="Broken">The invariant.</param>
/// <param name="Assessment">The case.</param>
/// <param name="What">What was found.</param>
public sealed record Violation(Invariant Broken, string Assessment, string What);

/// <summary>How often each invariant was asked, and where it was broken.</summary>
public sealed class Verdict
{
    private readonly long[] asked = new long[Enum.GetValues<Invariant>().Length];
    private readonly List<Violation> violations = [];

    /// <summary>What was found broken.</summary>
    public IReadOnlyList<Violation> Violations => violations;

    /// <summary>Questions asked of an invariant.</summary>
    public long Asked(Invariant invariant) => asked[(int)invariant];

    /// <summary>Violations of an invariant.</summary>
    public int Broken(Invariant invariant) => violations.Count(v => v.Broken == invariant);

    /// <summary>Adds another verdict.</summary>
    public void Add(Verdict other)
    {
        for (var n = 0; n < asked.Length; n++)
        {
            asked[n] += other.asked[n];
        }

        violations.AddRange(other.violations);
    }

    internal bool Holds(Invariant invariant, bool holds, Contracts.Identifiers.AssessmentId assessment, FormattableString otherwise)
    {
        asked[(int)invariant]++;
        if (!holds)
        {
            violations.Add(new Violation(invariant, assessment.Value, FormattableString.Invariant(otherwise)));
        }

        return holds;
    }
}
