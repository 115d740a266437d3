using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Mistakes in disputes about a plan that is lived with: one that was kept, one that was amended, one that is to cease. Each is found by the invariant that checks for it.</summary>
internal static class LivingDisputeBugs
{
    /// <summary>Many more disputes than England has, so that few plans have every kind.</summary>
    internal static readonly SimulationOptions Lives = LifeBugs.Lives with { Disputed = 8 };

    internal static readonly IReadOnlyDictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)> All = new Dictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)>(StringComparer.Ordinal)
    {
        ["an appeal about a plan that was kept is not on record"] = (Invariant.TrailIsWhole, Forgotten("planKeptAfterReview", e => e is AppealNoted { Step: AppealStep.Registered })),
        ["the response to an appeal about an amended plan is not on record"] = (Invariant.TrailIsWhole, Forgotten("amendedPlan", e => e is ActRecorded { Done.Act: Act.AppealAnswered })),
        ["a plan that was to cease is gone on with after two weeks"] = (Invariant.LimitsAreRight, Bugs.Law(rules =>
        {
            foreach (var way in new[] { "order", "concession", "agreement" })
            {
                Bugs.Rule(rules, $"{way}ContinuePlan")["length"] = 14;
                Bugs.Rule(rules, $"{way}ContinuePlanToAmend")["length"] = 14;
            }
        })),
    };

    /// <summary>What is said about the decision that such a notice gave, which is missing from the trail.</summary>
    private static Func<SimulationOptions, SimulationOptions> Forgotten(string notice, Func<AssessmentEvent, bool> which) =>
        Bugs.Turns(turn => turn.Events.Any(e => e.MessageId?.Contains($"-{notice}-", StringComparison.Ordinal) == true) ? Bugs.Without(turn, which) : turn);
}
