using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Mistakes in phase transfers and in the consultations before them. Each is found by the invariant that checks for it.</summary>
internal static class TransferBugs
{
    internal static readonly SimulationOptions Lives = LifeBugs.Lives with { Requests = 16, Seed = 3 };

    internal static readonly IReadOnlyDictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)> All = new Dictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)>(StringComparer.Ordinal)
    {
        ["a transfer to post-16 is due by the end of April"] = (Invariant.LimitsAreRight, Bugs.Law(law => Bugs.Rule(law, "phaseTransferPost16")["fixedDay"]!["month"] = 4)),
        ["a transfer between schools is due on 15 February"] = (Invariant.LimitsAreRight, Bugs.Law(law => Bugs.Rule(law, "phaseTransferOther")["fixedDay"]!["day"] = 15)),
        ["a transfer that was missed is not on record"] = (Invariant.MissesAreRecorded, Bugs.Turns(turn => Bugs.Without(turn, e => e is LimitMissed { Limit: var limit } && limit.StartsWith("phaseTransfer", StringComparison.Ordinal)))),
        ["nobody is reminded of a transfer"] = (Invariant.LateRequestsAreChased, Bugs.Turns(turn => Bugs.Without(turn, e => e is DutyChased { Limit: var limit } && limit.StartsWith("phaseTransfer", StringComparison.Ordinal)))),
        ["a transfer that was recorded is lost"] = (Invariant.EveryTransferHasItsPlace, Dropped(e => e is PhaseTransferRecorded)),
        ["a plan that names the place does not count for its transfer"] = (Invariant.TrailIsWhole, Dropped(e => e is TransferPlanMade)),
        ["one of the institutions is not consulted"] = (Invariant.EveryTransferHasItsPlace, Dropped(e => e is InstitutionConsulted { Institution.Name: var name, On.Year: > 2026 } && name.StartsWith("School", StringComparison.Ordinal) && name.Length == "School 1".Length)),
        ["an institution is consulted without a letter"] = (Invariant.EveryTransferHasItsPlace, Dropped(e => e is NoticePlanned { Notice.Kind: NoticeKind.InstitutionConsulted })),
        ["a place is named that was never consulted"] = (Invariant.EveryTransferHasItsPlace, Bugs.Events(e =>
            e is PlacementNamed { From: not null } named ? named with { Institution = England.IndependentReport(England.All[0]) } : e)),
    };

    private static Func<SimulationOptions, SimulationOptions> Dropped(Func<AssessmentEvent, bool> which) => o => o with { AroundStore = s => new BuggyStore(s) { Drop = which } };
}
