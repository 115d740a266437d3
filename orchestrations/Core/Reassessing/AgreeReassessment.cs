using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Agree to re-assess, after a request or, if none is on record, by the council's own decision.</summary>
/// <param name="Reasons">Reasons for agreeing.</param>
public sealed record AgreeReassessment(string Reasons) : AssessmentInput, IStep<AgreeReassessment>
{
    public static StepDefinition<AgreeReassessment> Definition { get; } = new("agree-reassessment", "Agree to re-assess")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s44(2)-(3); SEND Regs 2014 regs 23 to 27",
        Example = """{ "reasons": "There are new needs." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Agreeing to re-assess")
            && Detentions.RequireNotDetained(d, "Agreeing to re-assess")
            && InputChecks.Text(d, Reasons, "The reasons")
            && d.Require(!Reassessments.IsUnderWay(d.State) && !DecideOnPlan.IsAwaited(d.State), "under-way", "A re-assessment, or a decision that was referred back, is already under way. Decide on the plan first.")
            && d.Require(!(d.State.AmendDecision?.On == d.Today), "already-decided", "The council has already decided on the plan today, and that decision would be mistaken for the one after the re-assessment. Do this on a later day.")
            && Reassessments.IsBeforeNotified(d, NoticeKind.WillReassess))
        {
            d.Happened(new ReassessmentAgreed(d.Today, Reassessments.PendingRequest(d.State)?.AskedOn, Reasons));
            Notices.TellAll(d, LegalNotice.WillReassess);
            IcbRequests.Comply(d, IcbStatement.AsksToAssess);
            ReassessmentAdvice.Begin(d);
        }
    }
}

/// <summary>The council decided to re-assess.</summary>
/// <param name="On">Day of the decision.</param>
/// <param name="AskedOn">Day on which the request was received, or null if the council decided without a request.</param>
/// <param name="Reasons">Reasons for agreeing.</param>
public sealed record ReassessmentAgreed(DateOnly On, DateOnly? AskedOn, string Reasons) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reassessmentAgreed", "The council decided to re-assess.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Reassessment = (Reassessments.PendingRequest(state) ?? new PlanReassessment()) with { DecidedOn = On, Agreed = true },
    };

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} to re-assess{(AskedOn is { } asked ? $", after a request on {Day(asked)}" : "")}.";

    public override string? Note() => Reasons;

    public override string? Settles() => NotifyOfTransfer.AssessTask;
}
