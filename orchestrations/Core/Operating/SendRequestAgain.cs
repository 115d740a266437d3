using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Send an open request again, at most once a day, because the adviser says that it never arrived. The time limit is
/// unchanged.</summary>
public sealed record SendRequestAgain(string RequestId, string Reason) : AssessmentInput, IStep<SendRequestAgain>
{
    public static StepDefinition<SendRequestAgain> Definition { get; } = new("send-request-again", "Send a request again")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator],
        Example = """{ "requestId": "medical-1", "reason": "The trust says that the request never came." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (OperatorChecks.Open(d, RequestId) is { Agency: { } agency } request
            && d.Require(request.SentAgainOn != d.Today, "already-today", "This request has already been sent again today.")
            && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new RequestSentAgain(request.Id, d.Today, Reason));
            d.AddEffect(new SendAdviceRequest(request.Id, agency.Id));
        }
    }
}

/// <summary>An officer or operator had a request sent again.</summary>
public sealed record RequestSentAgain(string RequestId, DateOnly On, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("requestSentAgain", "An officer or operator had a request sent again.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Requests = Change(state.Requests, r => r.Id == RequestId, r => r with { SentAgainOn = On }) };

    public override string Describe(TimelineContext context) => $"{Capitalise(context.OfRequest(RequestId))}: the request was sent again manually on {Day(On)}. The time limit has not changed.";

    public override string? Note() => Reason;

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;
}
