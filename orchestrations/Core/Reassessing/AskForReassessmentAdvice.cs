namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Ask everybody for advice for a re-assessment under way if none was requested, because an earlier version of the hub began it or it
/// could not begin during a detention. Normally advice is requested on the day of the decision or order.
/// </summary>
/// <param name="Reason">Why the advice is requested only now.</param>
public sealed record AskForReassessmentAdvice(string Reason) : AssessmentInput, IStep<AskForReassessmentAdvice>
{
    public static StepDefinition<AskForReassessmentAdvice> Definition { get; } = new("ask-for-reassessment-advice", "Ask for advice for a re-assessment")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 26",
        Example = """{ "reason": "The re-assessment was agreed before advice was asked for through the hub." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Asking for advice for a re-assessment")
            && Detentions.RequireNotDetained(d, "Asking for advice for a re-assessment")
            && d.Require(ReassessmentRound.Open(d.State) is null, "already-asked", "Everybody has already been asked for advice for this re-assessment.")
            && d.Require(ReassessmentAdvice.NeedsRequests(d.State), "no-reassessment", "The council is not re-assessing. First agree to re-assess, or record the order.")
            && InputChecks.Text(d, Reason, "The reason"))
        {
            ReassessmentAdvice.Begin(d, Reason);
        }
    }
}
