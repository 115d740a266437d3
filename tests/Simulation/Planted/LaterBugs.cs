using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Slips in re-assessments, in the family's preference before a transfer, after a change of ICB, and in the personal budget of an issued plan.</summary>
internal static class LaterBugs
{
    /// <summary>Few plans, in which all of it happens far more often than anywhere.</summary>
    internal static readonly SimulationOptions Lives = LifeBugs.Lives with { Requests = 24, Seed = 1, Eventful = 15 };

    internal static readonly IReadOnlyDictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)> All = new Dictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)>(StringComparer.Ordinal)
    {
        // Re-assessments.
        ["a request to re-assess is answered within 16 days"] = (Invariant.LimitsAreRight, Length("reassessDecision", 16)),
        ["the plan after a re-assessment is due after 15 weeks"] = (Invariant.LimitsAreRight, Length("reassessFinalPlan", 15)),
        ["a late answer to a request to re-assess is not on record"] = (Invariant.MissesAreRecorded, Without(e => e is LimitMissed { Limit: var limit } && limit.StartsWith("reassessDecision@", StringComparison.Ordinal))),
        ["nobody is reminded of the plan after a re-assessment"] = (Invariant.LateRequestsAreChased, Without(e => e is DutyChased { Limit: var limit } && limit.StartsWith("reassessFinalPlan@", StringComparison.Ordinal))),
        ["the family is not told that there is no re-assessment"] = (Invariant.EveryReassessmentEnds, Dropped(e => e is NoticePlanned { Notice.Kind: NoticeKind.WillNotReassess })),

        // The advice of re-assessments.
        ["the school is not asked again in a re-assessment"] = (Invariant.ReassessmentsAreAdvised, Bugs.Events(e =>
            e is AdviceRequested { Request: { Reassessment: not null, Kind: AdviceKind.Educational } request } ? new AdviceRequested(request with { Kind = AdviceKind.Other }) : e)),
        ["an answer of a re-assessment stands in the first assessment"] = (Invariant.ReassessmentsAreAdvised, Bugs.Events(e =>
            e is AdviceReceived { Advice: { Reassessment: not null } advice } ? new AdviceReceived(advice with { Reassessment = null }) : e)),
        ["those who have not answered are still asked after a re-assessment"] = (Invariant.ReassessmentsAreAdvised, Dropped(e =>
            e is AdviceRequestMoved { To: RequestStatus.Withdrawn, Reason: "The council decided on the plan after the re-assessment." })),

        // The family's preference.
        ["a late answer on the preference counts as in time"] = (Invariant.PreferencesAreHeard, Bugs.Events(e => e is TransferPreferenceAnswered answered ? answered with { LateAfter = null } : e)),
        ["an answer on the preference loses its last word"] = (Invariant.PreferencesAreHeard, Bugs.Events(e => e is TransferPreferenceAnswered { Place: { } place } answered ? answered with { Place = place[..place.LastIndexOf(' ')] } : e)),

        // Another ICB.
        ["an ICB has 15 working days after the one on which it became aware"] = (Invariant.LimitsAreRight, Bugs.Law(law => Bugs.Rule(law, "icbChangeWithoutMove")["counting"] = "after")),
        ["the new ICB is not sent the plan"] = (Invariant.TheNewBoardIsServed, Dropped(e => e is NoticePlanned { Notice.Kind: NoticeKind.IcbChanged })),
        ["what comes after a change goes to an ICB that is not responsible"] = (Invariant.TheNewBoardIsServed, Bugs.Events(e =>
            e is NoticePlanned { Notice: { Kind: NoticeKind.IcbChanged } notice } ? new NoticePlanned(notice with { Agency = England.All[0].Trust }) : e)),
        ["what a new ICB asked for is done, and not on record"] = (Invariant.TheNewBoardIsServed, Dropped(e => e is IcbRequestCarriedOut)),

        // The personal budget.
        ["direct payments are reviewed after four months"] = (Invariant.LimitsAreRight, Length("dpReview", 4)),
        ["a budget is reduced without notice"] = (Invariant.BudgetsAreKept, Bugs.Events(e => e is BudgetDecided { Step: { Kind: BudgetStepKind.Changed } step } ? new BudgetDecided(step with { From = step.On }) : e)),
        ["the family is not told of a change of its budget"] = (Invariant.BudgetsAreKept, Dropped(e => e is NoticePlanned { Notice.Kind: NoticeKind.BudgetChanged })),
        ["a review of direct payments is lost"] = (Invariant.BudgetsAreKept, Dropped(e => e is PaymentsReviewed)),
        ["the state forgets the first line of a budget"] = (Invariant.TrailIsWhole, Bugs.Turns(turn => turn.State.PlanBudget is { } budget ? turn with { State = turn.State with { PlanBudget = budget with { Steps = [.. budget.Steps.Skip(1)] } } } : turn)),
    };

    private static Func<SimulationOptions, SimulationOptions> Length(string rule, int length) => Bugs.Law(law => Bugs.Rule(law, rule)["length"] = length);

    private static Func<SimulationOptions, SimulationOptions> Without(Func<AssessmentEvent, bool> which) => Bugs.Turns(turn => Bugs.Without(turn, which));

    private static Func<SimulationOptions, SimulationOptions> Dropped(Func<AssessmentEvent, bool> which) => o => o with { AroundStore = s => new BuggyStore(s) { Drop = which } };
}
