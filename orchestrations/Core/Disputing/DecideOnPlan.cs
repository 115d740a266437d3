using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Decide on the plan after a re-assessment, or after the Tribunal referred the case back.
/// </summary>
/// <param name="Amend">True if an amended or replaced plan is sent, false if the plan stays as it is.</param>
/// <param name="Reasons">Reasons for the decision.</param>
/// <param name="WithoutReason">Why the council does not wait for some answers.</param>
public sealed record DecideOnPlan(bool Amend, string Reasons, string? WithoutReason = null) : AssessmentInput, IStep<DecideOnPlan>
{
    public static StepDefinition<DecideOnPlan> Definition { get; } = new("decide-on-plan", "Decide whether the plan is amended after a re-assessment or a referral back")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 27, 44(2)",
        Example = """
            { "amend": true, "reasons": "The new advice shows further needs." }
            """,
    };

    /// <summary>Whether the council has yet to decide after a re-assessment or a referral back.</summary>
    public static bool IsAwaited(AssessmentState state) => Disputes.ObligesSince(state) is { } since && !(state.AmendDecision?.On >= since);

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Deciding on the plan")
            && InputChecks.Text(d, Reasons, "The reasons")
            && d.Require(
                IsAwaited(d.State),
                "nothing-to-decide",
                "There is nothing to decide. No re-assessment is under way, and the Tribunal has not referred a decision back.")
            && ReassessmentAdvice.MayBeDecided(d, WithoutReason)
            && (Amend || WhetherToAssess.MayNotify(d)))
        {
            ReassessmentAdvice.End(d, "The council decided on the plan after the re-assessment.");
            d.Happened(new DecidedOnPlan(d.Today, Amend, Reasons, WithoutReason));
            Notices.TellAll(d, Amend ? LegalNotice.AmendedPlan : LegalNotice.NoChange);
        }
    }
}

/// <summary>The council decided on the plan.</summary>
/// <param name="On">Day of the decision.</param>
/// <param name="Amend">Whether the plan is amended.</param>
/// <param name="Reasons">Reasons for the decision.</param>
/// <param name="WithoutReason">Why the council did not wait for missing answers.</param>
public sealed record DecidedOnPlan(DateOnly On, bool Amend, string Reasons, string? WithoutReason = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("decidedOnPlan", "The council decided, after a re-assessment or a referral back, whether the plan is amended.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        AmendDecision = new MadeDecision(Amend, On, Reasons),
        EarlierAmendDecisions = state.AmendDecision is { } before ? With(state.EarlierAmendDecisions, before) : state.EarlierAmendDecisions,
    };

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} {(Amend ? "to amend the plan" : "to leave the plan as it is")}.";

    public override string? Note() => Reasons + (WithoutReason is null ? "" : $"\nWhy the council did not wait for missing answers: {WithoutReason}");
}
