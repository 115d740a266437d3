using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An officer sent a request for advice that the hub could not send, because no channel to the adviser is set up.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="SentOn">The day on which the request was sent.</param>
/// <param name="How">How the request was sent, and to whom.</param>
/// <param name="ReceivedOn">The day on which the request reached the adviser, if known (reg 8(1)).</param>
public sealed record RecordRequestSent(string RequestId, DateOnly SentOn, string How, DateOnly? ReceivedOn = null) : AssessmentInput, IStep<RecordRequestSent>
{
    public static StepDefinition<RecordRequestSent> Definition { get; } = new("record-request-sent", "Record a request for advice sent by other means")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 6(1), 8(1)",
        Example = """
            { "requestId": "medical-1", "sentOn": "2026-06-10", "how": "Recorded post to the clinic.", "receivedOn": "2026-06-11" }
            """,
        Days = x =>
        [
            x.Past("SentOn", "The day of sending", i => i.SentOn, (s, i) => DatedFacts.Asked(s, i.RequestId)),
            x.Past("ReceivedOn", "The day of receipt", i => i.ReceivedOn, (_, i) => new(i.SentOn, "the day of sending")),
        ],
    };

    internal override void Decide(Deciding d)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == RequestId);
        if (!AdviceRounds.Require(d, request)
            || !d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            || !d.Require(request!.Agency is not null, "family-is-asked", "The council asks the family for its views directly, so no request is sent.")
            || !d.Require(request.Status == RequestStatus.Requested, "request-not-there", "This request has already reached the adviser, or is closed.")
            || !d.Require(request.SentByOtherMeansOn is null, "already-sent", "This request has already been recorded as sent by other means.")
            || !InputChecks.Text(d, How, "The description of how the request was sent"))
        {
            return;
        }

        d.Happened(new RequestSentByOtherMeans(request.Id, SentOn, How));
        if (ReceivedOn is { } received)
        {
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Delivered, d.Today, null, received));
        }
    }
}

/// <summary>An officer sent the request by means other than the hub.</summary>
public sealed record RequestSentByOtherMeans(string RequestId, DateOnly On, string How) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("requestSentByOtherMeans", "An officer sent the request by other means.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Requests = Change(state.Requests, r => r.Id == RequestId, r => r with { SentByOtherMeansOn = On, NotSentOn = null }),
    };

    public override string Describe(TimelineContext context) => $"{Capitalise(context.OfRequest(RequestId))}: the council sent the request by other means on {Day(On)}.";

    public override string? Note() => How;

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;

    public override string? Settles() => SendingByOtherMeans.UnsentId(RequestId);
}
