using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A request changed its status.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="To">Its new status.</param>
/// <param name="On">Day of the change.</param>
/// <param name="Reason">The reason, where one is required.</param>
/// <param name="ReceivedByBodyOn">Day it reached the body, when that became known.</param>
/// <param name="ExpectedOn">Day on which the adviser expects to answer, where they have said so.</param>
public sealed record AdviceRequestMoved(
    string RequestId, RequestStatus To, DateOnly On, string? Reason = null, DateOnly? ReceivedByBodyOn = null, DateOnly? ExpectedOn = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceRequestMoved", "A request changed its status.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Requests = Change(state.Requests, r => r.Id == RequestId, Move) };

    public override string Tell(Telling telling)
    {
        var what = Capital(telling.OfRequest(RequestId));
        return To switch
        {
            RequestStatus.Delivered => $"{what}: the request arrived on {Day(ReceivedByBodyOn ?? On)}; its six weeks run from there.",
            RequestStatus.Acknowledged => $"{what}: the request was acknowledged on {Day(On)}.",
            RequestStatus.Accepted => $"{what}: the request was accepted on {Day(On)}.",
            RequestStatus.Declined => $"{what}: the request was declined on {Day(On)}, with its reason.",
            RequestStatus.ReturnedInsufficient => $"{what}: the request is open again since {Day(On)} and keeps its limit.",
            RequestStatus.Received => $"{what}: the request was answered on {Day(On)}.",
            RequestStatus.Withdrawn => $"{what}: the request was withdrawn on {Day(On)}.",
            _ => $"{what}: the request was made on {Day(On)}.",
        };
    }

    public override string? Note() => Reason;

    public override AgencyId? About(Telling telling) => telling.Request(RequestId)?.Agency?.Id;

    public override void Introduce(Telling telling)
    {
        if (telling.Request(RequestId) is { } moved)
        {
            telling.Introduce(moved with { Status = To });
        }
    }

    public override string? Settles() => SendingByOtherMeans.UnsentId(RequestId);

    private AdviceRequest Move(AdviceRequest request) => request with
    {
        Status = To,
        StatusOn = On,
        StatusReason = Reason,
        ReceivedByBodyOn = ReceivedByBodyOn ?? request.ReceivedByBodyOn,
        ExpectedOn = ExpectedOn,
        OnHoldSince = null,
        NotSentOn = To == RequestStatus.Withdrawn ? request.NotSentOn : null,
    };
}
