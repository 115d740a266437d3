using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family withdraws the request.</summary>
public sealed record WithdrawRequest(DateOnly On, string Reason) : AssessmentInput, IStep<WithdrawRequest>
{
    public static StepDefinition<WithdrawRequest> Definition { get; } = new("withdraw-request", "The family withdraws the request")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Example = """{ "on": "2026-07-01", "reason": "The family no longer wishes for an assessment." }""",
        Days = x => [x.Past(
            "On", "The day of the withdrawal", i => i.On,
            (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (Closing.MayWithdraw(d) && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new RequestWithdrawn(On, Reason));
            ChangedRecipients.EndAfterWithdrawal(d);
            Closing.Close(d, Closing.RequestWithdrawn);
            d.AddEffect(new PublishStatus(d.State.Stage));
        }
    }
}

/// <summary>The request was withdrawn.</summary>
public sealed record RequestWithdrawn(DateOnly On, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("requestWithdrawn", "The request was withdrawn.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Stage = Stage.Withdrawn, EndedOn = On };

    public override string Describe(TimelineContext context) => $"The family withdrew the request on {Day(On)}.";

    public override string? Note() => Reason;
}
