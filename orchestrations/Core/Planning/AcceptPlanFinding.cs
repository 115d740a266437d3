using IntegrationHub.Orchestrations.Plans;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Accept a finding on the plan after an officer has checked it.</summary>
/// <param name="Code">Code of the finding.</param>
/// <param name="LineId">The line that the finding is about, or null for the whole plan.</param>
/// <param name="Reason">Why the finding can be accepted.</param>
public sealed record AcceptPlanFinding(string Code, string Reason, string? LineId = null) : AssessmentInput, IStep<AcceptPlanFinding>
{
    public static StepDefinition<AcceptPlanFinding> Definition { get; } = new("accept-plan-finding", "Accept a finding on the plan")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """
            {
              "code": "vague-words",
              "lineId": "medical-1.1/p1",
              "reason": "The author explains why it cannot be quantified yet."
            }
            """,
    };

    internal override void Decide(Deciding d)
    {
        if ((d.State.Stage == Stage.PlanIssued ? Amendments.MayBeChanged(d, "Accepting a finding") : InputChecks.At(d, "Accepting a finding", Stage.Drafting, Stage.Consulting))
            && InputChecks.Text(d, Reason, "The reason") && InputChecks.Text(d, Code, "The finding's code")
            && d.Require(
                !d.State.AcceptedFindings.Any(f => f.Code == Code && f.LineId == LineId), "already-accepted", "This finding has already been accepted."))
        {
            d.Happened(new PlanFindingAccepted(new FindingAccepted(Code, LineId, Reason, d.By.Id, d.Today)));
        }
    }
}

/// <summary>A finding on the plan was checked and accepted.</summary>
public sealed record PlanFindingAccepted(Plans.FindingAccepted Finding) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planFindingAccepted", "A finding on the plan was checked and accepted.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { AcceptedFindings = With(state.AcceptedFindings, Finding) };

    public override string Describe(TimelineContext context) => $"A finding on the plan was accepted on {Day(Finding.On)} ({Finding.Code}).";

    public override string? Note() => Finding.Reason;
}
