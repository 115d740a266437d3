using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Decide after the review whether the plan is kept, amended or ceased. The review is complete once the family and the institution were sent
/// the notice.
/// </summary>
/// <param name="Decision">The decision to keep, amend or cease the plan.</param>
/// <param name="Reasons">Reasons for the decision.</param>
/// <param name="Proposal">For a decision to amend, the proposed amendments. The amendments are sent with the notice.</param>
/// <param name="Consulted">For a decision to cease, how the family and the head were consulted, reg 31(1).</param>
public sealed record DecideAfterReview(ReviewChoice Decision, string Reasons, string? Proposal = null, string? Consulted = null) : AssessmentInput, IStep<DecideAfterReview>
{
    public static StepDefinition<DecideAfterReview> Definition { get; } = new("decide-after-review", "Decide after a review to keep, amend or cease the plan")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 20(10), 21(9), 22(2), 31",
        Example = """
            { "decision": "amend", "reasons": "The needs have grown.", "proposal": "Section F: therapy weekly instead of fortnightly." }
            """,
    };

    internal override void Decide(Deciding d)
    {
        if (ReviewSteps.Held(d, "Deciding after the review") is not { } review
            || !Detentions.RequireNotDetained(d, "Deciding after the review")
            || !InputChecks.Text(d, Reasons, "The reasons")
            || !d.Require((Decision == ReviewChoice.Amend) == Proposal is not null, "proposal-unclear", "If the decision is to amend, give the proposed amendments; otherwise leave them out.")
            || !d.Require((Decision == ReviewChoice.Cease) == Consulted is not null, "consultation-unclear", "If the decision is to cease, say how the family and the institution were consulted; otherwise leave this out.")
            || !(Proposal is null || InputChecks.Text(d, Proposal, "The proposed amendments"))
            || !(Consulted is null || InputChecks.Text(d, Consulted, "How the family and the institution were consulted"))
            || !d.Require(
                Decision == ReviewChoice.Keep || Amendments.Open(d.State) is null, "amendment-open", "The family is considering earlier amendments. First finalise the amended plan, or decide not to amend the plan.")
            || !(Decision != ReviewChoice.Amend || TakingOver.HasText(d))
            || !(Decision == ReviewChoice.Amend || WhetherToAssess.MayNotify(d)))
        {
            return;
        }

        ReviewSteps.WithdrawRequests(d, "The review was decided.");
        d.Happened(new DecidedAfterReview(review.Number, d.Today, Decision, Reasons, Proposal, Consulted));
        if (Decision == ReviewChoice.Amend && d.State.NewestPlan is not null)
        {
            Amending.Propose(d, review.Number, NoticeKind.PlanToBeAmended, Reasons, Proposal!);
        }

        Notices.TellAll(
            d,
            Decision switch
            {
                ReviewChoice.Keep => LegalNotice.PlanKeptAfterReview,
                ReviewChoice.Amend => LegalNotice.PlanToBeAmended,
                _ => LegalNotice.PlanCeases,
            },
            Decision == ReviewChoice.Amend ? d.State.NewestPlan?.Version : null,
            review.Number);
    }
}

/// <summary>The council decided after a review whether the plan is kept, amended or ceased.</summary>
/// <param name="Number">Number of the review.</param>
/// <param name="On">Day of the decision.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Reasons">Reasons for the decision.</param>
/// <param name="Proposal">The amendments proposed.</param>
/// <param name="Consulted">How the family and the institution were consulted on ceasing.</param>
public sealed record DecidedAfterReview(int Number, DateOnly On, ReviewChoice Decision, string Reasons, string? Proposal = null, string? Consulted = null)
    : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("decidedAfterReview", "The council decided after a review whether the plan is kept, amended or ceased.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    // Amendments that were prepared but not proposed are dropped.
    public override AssessmentState Apply(AssessmentState state) => ReviewSteps.With(Decision == ReviewChoice.Keep ? Amendments.WithoutPendingEdits(state) : state, Number, r => r with { DecidedOn = On, Decided = Decision, Reasons = Reasons, Proposal = Proposal });

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} after review {Number} to {ReviewSteps.Of(Decision)}.";

    public override string? Note() => Reasons
        + (Proposal is null ? "" : $"\nProposed: {Proposal}")
        + (Consulted is null ? "" : $"\nConsulted: {Consulted}");
}
