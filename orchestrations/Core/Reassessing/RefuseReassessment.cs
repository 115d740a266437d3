using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Refuse to re-assess a child or young person who has a plan, after a request. The family can appeal.</summary>
/// <param name="AskedOn">Day on which the request was received.</param>
/// <param name="Reasons">Reasons for the refusal, in the words of the letter.</param>
public sealed record RefuseReassessment(DateOnly AskedOn, string Reasons) : AssessmentInput, IStep<RefuseReassessment>
{
    public static StepDefinition<RefuseReassessment> Definition { get; } = new("refuse-reassessment", "Refuse to re-assess")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s44(2); SEND Regs 2014 regs 24, 25",
        Example = """{ "askedOn": "2026-11-02", "reasons": "The last assessment ended in July, and needs have not changed." }""",
        Days = x => [x.Past("AskedOn", "The day on which the request to re-assess was received", i => i.AskedOn, (s, _) => DatedFacts.PlanSent(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Refusing to re-assess")
            && InputChecks.Text(d, Reasons, "The reasons")
            && d.Require(IcbRequests.Open(d.State) != IcbStatement.AsksToAssess, "must-comply", "The new ICB asks for an assessment, and the council must comply. Agree to re-assess.")
            && d.Require(!(d.State.ReassessmentRefusal?.On == d.Today), "already-decided", "A re-assessment has already been refused today.")
            && d.Require(!Reassessments.IsUnderWay(d.State), "under-way", "The council has agreed to re-assess. Decide on the plan.")
            && d.Require(Reassessments.PendingRequest(d.State) is not { AskedOn: { } asked } || asked == AskedOn, "asked-on-another-day", "The request on record was received on a different day. Give that day, or correct the record.")
            && Reassessments.IsBeforeNotified(d, NoticeKind.WillNotReassess)
            && WhetherToAssess.MayNotify(d))
        {
            d.Happened(new ReassessmentRefused(d.Today, AskedOn, Reasons));
            Notices.TellFamily(d, NoticeKind.WillNotReassess, occasion: Notices.OccasionOf(d.State, NoticeKind.WillNotReassess));
        }
    }
}

/// <summary>The council decided not to re-assess.</summary>
/// <param name="On">Day of the decision.</param>
/// <param name="AskedOn">Day on which the request was received.</param>
/// <param name="Reasons">Reasons for the refusal, in the words of the letter.</param>
public sealed record ReassessmentRefused(DateOnly On, DateOnly AskedOn, string Reasons) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reassessmentRefused", "The council decided not to re-assess.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        ReassessmentRefusal = new MadeDecision(false, On, Reasons),
        Reassessment = (Reassessments.PendingRequest(state) ?? new PlanReassessment()) with { AskedOn = AskedOn, DecidedOn = On },
    };

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} not to re-assess, after a request on {Day(AskedOn)}.";

    public override string? Note() => Reasons;
}
