using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The adviser will not answer, and gives the reason. A section 31 body can decline only with written reasons.
/// </summary>
public sealed record DeclineAdviceRequest(string RequestId, string Reason) : AssessmentInput, IStep<DeclineAdviceRequest>
{
    public static StepDefinition<DeclineAdviceRequest> Definition { get; } = new("decline-advice-request", "The request will not be answered")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency],
        Law = "CFA 2014 s31",
        Example = """{ "requestId": "medical-1", "reason": "The child is not known to this service." }""",
        ForAgency = (i, agency) => agency.MustHave(i.RequestId),
    };

    /// <summary>Id of the task to get the advice from somebody else.</summary>
    internal static string TaskId(string requestId) => $"declined-{requestId}";

    internal override void Decide(Deciding d)
    {
        if (Answering.Find(d, RequestId) is { } request && Answering.May(d, request, RequestStatus.Declined) && InputChecks.Text(d, Reason, "The reason for declining"))
        {
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Declined, d.Today, Reason, request.ReceivedByBodyOn));
            d.AskAttention(TaskId(request.Id), $"{Answering.Capital(Words.Of(request.Kind))} was declined: ask again, ask another adviser, or commission a report.");
        }
    }
}
