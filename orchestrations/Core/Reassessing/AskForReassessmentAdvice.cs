namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Ask everybody for the advice of a re-assessment that is under way without it: one that an earlier version of the hub began, or one that could not begin in
/// a detention. Otherwise everybody is asked on the day of the decision, or of the order.
/// </summary>
/// <param name="Reason">Why only now.</param>
public sealed record AskForReassessmentAdvice(string Reason) : AssessmentInput, IStep<AskForReassessmentAdvice>
{
    public static StepDefinition<AskForReassessmentAdvice> Definition { get; } = new("ask-for-reassessment-advice", "Ask for the advice of a re-assessment")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 26",
        Example = """{ "reason": "The re-assessment was agreed before advice was asked for through the hub." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Asking for the advice of a re-assessment")
            && Detentions.RequireNotDetained(d, "Asking for the advice of a re-assessment")
            && d.Require(ReassessmentRound.Open(d.State) is null, "already-asked", "Everybody has been asked for the advice of this re-assessment.")
            && d.Require(ReassessmentAdvice.IsToBeAsked(d.State), "no-reassessment", "The council is not re-assessing: agree to it first, or record the order.")
            && Form.Text(d, Reason, "The reason"))
        {
            ReassessmentAdvice.Begin(d, Reason);
        }
    }
}
