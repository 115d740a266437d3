using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that a re-assessment was requested.</summary>
/// <param name="On">Day on which the request was received.</param>
/// <param name="From">The family, the named institution or the ICB.</param>
/// <param name="Text">What the request says.</param>
public sealed record RecordReassessmentRequest(DateOnly On, RecipientRole From, string? Text = null) : AssessmentInput, IStep<RecordReassessmentRequest>
{
    public static StepDefinition<RecordReassessmentRequest> Definition { get; } = new("record-reassessment-request", "Record a request to re-assess")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s44(2); SEND Regs 2014 reg 25(1)",
        Example = """{ "on": "2027-11-02", "from": "family" }""",
        Days = x => [x.Past("On", "The day on which the request to re-assess was received", i => i.On, (s, _) => DatedFacts.PlanSent(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Recording a request to re-assess")
            && Detentions.RequireNotDetained(d, "Recording a request to re-assess")
            && d.Require(From is RecipientRole.Family or RecipientRole.NamedInstitution or RecipientRole.Icb, "cannot-ask", "Only the family, the institution that the plan names and the ICB can request a re-assessment. If somebody else asks, the council can decide to re-assess without a request.")
            && d.Require(Reassessments.PendingRequest(d.State) is null, "already-asked", "A request is already waiting for a decision.")
            && d.Require(!Reassessments.IsUnderWay(d.State), "under-way", "The council is already re-assessing. Decide on the plan first.")
            && (Text is null || InputChecks.Text(d, Text, "The text of the request")))
        {
            d.Happened(new ReassessmentAsked(On, From, Text));
        }
    }
}

/// <summary>A re-assessment was requested.</summary>
/// <param name="On">Day on which the request was received.</param>
/// <param name="From">Who asked.</param>
/// <param name="Text">What the request says.</param>
public sealed record ReassessmentAsked(DateOnly On, RecipientRole From, string? Text = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reassessmentAsked", "A re-assessment was requested.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Reassessment = new PlanReassessment { AskedOn = On, AskedBy = From, Text = Text } };

    public override string Describe(TimelineContext context) => $"A request to re-assess was received from {Words.Of(From)} on {Day(On)}.";

    public override string? Note() => Text;
}
