using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Send an extra reminder now, at most once a day.</summary>
public sealed record RemindNow(string RequestId, string Reason) : AssessmentInput, IStep<RemindNow>
{
    public static StepDefinition<RemindNow> Definition { get; } = new("remind-now", "Send a reminder now")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator],
        Example = """{ "requestId": "medical-1", "reason": "The trust asked for another reminder by telephone." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (OperatorChecks.Open(d, RequestId) is { Agency: { } agency } request
            && d.Require(request.RemindedByHandOn != d.Today, "already-today", "A reminder about this request has already been sent manually today.")
            && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new RemindedByHand(request.Id, d.Today, Reason));
            d.AddEffect(new SendReminder(request.Id, agency.Id, FormattableString.Invariant($"by-hand@{d.Today:yyyy-MM-dd}")));
        }
    }
}

/// <summary>An officer or operator had an extra reminder sent.</summary>
public sealed record RemindedByHand(string RequestId, DateOnly On, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("remindedByHand", "An officer or operator had an extra reminder sent.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Requests = Change(state.Requests, r => r.Id == RequestId, r => r with { RemindedByHandOn = On }) };

    public override string Describe(TimelineContext context) => $"{Capitalise(context.OfRequest(RequestId))}: a reminder was sent manually on {Day(On)}.";

    public override string? Note() => Reason;

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;
}
