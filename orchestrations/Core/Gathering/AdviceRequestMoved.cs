using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The status of a request changed.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="To">The request's new status.</param>
/// <param name="On">The day of the change.</param>
/// <param name="Reason">The reason for the change, if one is required.</param>
/// <param name="ReceivedByBodyOn">The day on which the request reached the body, once that is known.</param>
/// <param name="ExpectedOn">The day on which the adviser expects to answer, if the adviser has stated one.</param>
public sealed record AdviceRequestMoved(
    string RequestId, RequestStatus To, DateOnly On, string? Reason = null, DateOnly? ReceivedByBodyOn = null, DateOnly? ExpectedOn = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceRequestMoved", "The status of a request changed.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Requests = Change(state.Requests, r => r.Id == RequestId, Move) };

    public override string Describe(TimelineContext context)
    {
        var what = Capitalise(context.OfRequest(RequestId));
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

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;

    public override void Introduce(TimelineContext context)
    {
        if (context.Request(RequestId) is { } moved)
        {
            context.Introduce(moved with { Status = To });
        }
    }

    public override string? Settles() => SendingByOtherMeans.UnsentId(RequestId);

    public override bool AlsoSettles(string attentionId) =>
        To is RequestStatus.Received or RequestStatus.Declined or RequestStatus.Withdrawn && attentionId.StartsWith(PostedId(RequestId, ""), StringComparison.Ordinal);

    /// <summary>The id of the task about content that the body has posted but that is not part of its advice.</summary>
    internal static string PostedId(string requestId, string posted) => $"posted-{requestId}-{posted.Replace('/', '-')}";

    private AdviceRequest Move(AdviceRequest request) => request with
    {
        Status = To,
        StatusOn = On,
        StatusReason = Reason,
        ReceivedByBodyOn = ReceivedByBodyOn ?? request.ReceivedByBodyOn,

        // Until the request is answered, the day that the adviser gave stays the day on which the answer is expected.
        ExpectedOn = ExpectedOn ?? (To is RequestStatus.Delivered or RequestStatus.Acknowledged or RequestStatus.Accepted ? request.ExpectedOn : null),
        OnHoldSince = null,
        NotSentOn = To == RequestStatus.Withdrawn ? request.NotSentOn : null,
    };
}
