using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Mistakes in what happens to a plan after it was issued: reviews, amendments, ceasing. Each is found by the invariant that checks for it.</summary>
internal static class LifeBugs
{
    /// <summary>Few plans, over years in which each kind of review and end comes up; seed and size are those of which a test holds that.</summary>
    internal static readonly SimulationOptions Lives = new() { Requests = 60, Seed = 4, Years = 3, Faults = FaultLevel.Some, Store = StoreKind.Memory, LookedAt = 0 };

    internal static readonly IReadOnlyDictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)> All = new Dictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)>(StringComparer.Ordinal)
    {
        // Rules.
        ["the next review is due after thirteen months"] = (Invariant.LimitsAreRight, Length("annualReview", 13)),
        ["the report of a meeting is due after three weeks"] = (Invariant.LimitsAreRight, Length("reviewReport", 3)),
        ["the decision after a review is due after five weeks"] = (Invariant.LimitsAreRight, Length("reviewDecision", 5)),
        ["invitations are due a week before the meeting"] = (Invariant.LimitsAreRight, Length("reviewInvite", -7)),
        ["papers are due a week before the meeting"] = (Invariant.LimitsAreRight, Length("reviewPapers", -7)),
        ["the amended plan is due nine weeks after the proposal"] = (Invariant.LimitsAreRight, Length("amendedFinal", 9)),
        ["the amended plan is due thirteen weeks after the meeting"] = (Invariant.LimitsAreRight, Length("amendedFinalOutside", 13)),
        ["the family has 14 days for proposed amendments"] = (Invariant.LimitsAreRight, Length("reviewRepresentations", 14)),
        ["the year after a review counts from the day after it"] = (Invariant.LimitsAreRight, Bugs.Law(law => Bugs.Rule(law, "annualReview")["counting"] = "after")),

        // Records.
        ["a review that was missed is not on record"] = (Invariant.MissesAreRecorded, Without(e => e is LimitMissed { Limit: var limit } && limit.StartsWith("annualReview@", StringComparison.Ordinal))),
        ["a late decision after a review is not on record"] = (Invariant.MissesAreRecorded, Without(e => e is LimitMissed { Limit: var limit } && limit.StartsWith("reviewDecision@", StringComparison.Ordinal))),
        ["nobody is reminded of an overdue review"] = (Invariant.LateRequestsAreChased, Without(e => e is DutyChased { Limit: var limit } && limit.StartsWith("annualReview@", StringComparison.Ordinal))),

        // Reviews.
        ["a second review takes the place of the first"] = (Invariant.NoReviewIsLost, Bugs.Events(e => e is ReviewArranged { Number: > 1 } arranged ? arranged with { Number = 1 } : e)),
        ["a meeting that was moved stays on its first day"] = (Invariant.TrailIsWhole, Bugs.Turns(turn => turn with { State = turn.State with { Reviews = [.. turn.State.Reviews.Select(r => r with { MeetingOn = r.HeldOn ?? r.MeetingOn.AddDays(-1) })] } })),
        ["the state forgets that a report came"] = (Invariant.TrailIsWhole, Bugs.Turns(turn => turn with { State = turn.State with { Reviews = [.. turn.State.Reviews.Select(r => r with { ReportSentOn = null })] } })),
        ["a decision is dated before its meeting"] = (Invariant.DatesAreInOrder, Bugs.Events(e => e is DecidedAfterReview decided ? decided with { On = decided.On.AddDays(-200) } : e)),
        ["a report is dated before its meeting"] = (Invariant.DatesAreInOrder, Bugs.Events(e => e is ReviewReportSent report ? report with { SentOn = report.SentOn.AddDays(-60) } : e)),

        // Who is told.
        ["the school is not told that the plan is kept"] = (Invariant.EverybodyHearsOfThePlan, NotTold(NoticeKind.PlanKeptAfterReview, RecipientRole.NamedInstitution)),
        ["the ICB has no amended plan"] = (Invariant.EverybodyHearsOfThePlan, NotTold(NoticeKind.AmendedPlan, RecipientRole.Icb)),
        ["the school is not told that the plan ceases"] = (Invariant.EverybodyHearsOfThePlan, NotTold(NoticeKind.PlanCeases, RecipientRole.NamedInstitution)),

        ["nobody reads the amended plan that was sent to them"] = (Invariant.EachSeesTheirOwn, o => o with
        {
            LookedAt = 4,
            Requests = 16,
            Years = 2,
            AroundInterfaces = s => new BuggyStore(s)
            {
                Loaded = l => l with { State = l.State with { Notices = [.. l.State.Notices.Select(n => n.Kind == NoticeKind.AmendedPlan ? n with { SentOn = null } : n)] } },
            },
        }),

        // The plan.
        ["an amended plan has the number of the one before"] = (Invariant.OneCurrentPlan, o => o with { AroundStore = s => new BuggyStore(s) { Event = NumberedBefore, Turn = KeptBefore } }),
        ["an amended plan is filed as a second final plan"] = (Invariant.OneCurrentPlan, Amended(plan => plan with { Kind = PlanKind.Final })),
        ["an amended plan says what the one before said"] = (Invariant.NoWordIsLost, Amended(plan => plan with
        {
            Sections = [.. plan.Sections.Select(s => s with { Lines = [.. s.Lines.Select(l => s.Letter == PlanSectionLetter.F ? l with { HowOften = "once a week" } : l)] })],
        })),
        ["a plan ceases on the day of the decision"] = (Invariant.NoPlanEndsEarly, Bugs.Events(e => e is PlanCeased ceased ? ceased with { On = ceased.On.AddDays(-75) } : e)),
    };

    private static Func<SimulationOptions, SimulationOptions> Length(string rule, int length) => Bugs.Law(law => Bugs.Rule(law, rule)["length"] = length);

    private static Func<SimulationOptions, SimulationOptions> Without(Func<AssessmentEvent, bool> which) => Bugs.Turns(turn => Bugs.Without(turn, which));

    private static Func<SimulationOptions, SimulationOptions> Amended(Func<PlanDocument, PlanDocument> change) => Bugs.Events(e =>
        e is PlanPrepared { Document: { Kind: PlanKind.AmendedFinal } plan } && change(plan) is var changed ? new PlanPrepared(changed, PlanJson.ContentHash(PlanJson.Canonical(changed))) : e);

    private static AssessmentEvent NumberedBefore(AssessmentEvent e) => e switch
    {
        PlanPrepared { Document: { Kind: PlanKind.AmendedFinal } plan } when plan with { Version = plan.Version - 1 } is var changed => new PlanPrepared(changed, PlanJson.ContentHash(PlanJson.Canonical(changed))),
        NoticePlanned { Notice: { Kind: NoticeKind.AmendedPlan, PlanVersion: { } version } notice } => new NoticePlanned(notice with { PlanVersion = version - 1 }),
        _ => e,
    };

    private static Turn KeptBefore(Turn turn) => turn.Events.All(e => e.What is not PlanPrepared { Document.Kind: PlanKind.AmendedFinal }) ? turn : turn with
    {
        Effects = [.. turn.Effects.Select(e => e.Effect is StorePlan kept ? e with { Effect = kept with { Version = kept.Version - 1 } } : e)],
    };

    /// <summary>The notice to one of those who must be told is never planned.</summary>
    private static Func<SimulationOptions, SimulationOptions> NotTold(NoticeKind kind, RecipientRole to) => o => o with { AroundStore = s => new BuggyStore(s) { Drop = e => e is NoticePlanned { Notice: var n } && n.Kind == kind && n.To == to } };
}
