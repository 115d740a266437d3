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
