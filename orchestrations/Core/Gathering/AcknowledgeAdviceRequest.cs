using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The adviser has received the request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ReceivedOn">The day on which the request reached the body, if the body states it.</param>
public sealed record AcknowledgeAdviceRequest(string RequestId, DateOnly? ReceivedOn = null) : AssessmentInput, IStep<AcknowledgeAdviceRequest>
{
    public static StepDefinition<AcknowledgeAdviceRequest> Definition { get; } = new("acknowledge-advice-request", "The request has arrived")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency],
        Law = "SEND Regs 2014 reg 8(1)",
        Example = """{ "requestId": "medical-1", "receivedOn": "2026-06-11" }""",
        ForAgency = (i, agency) => agency.MustHave(i.RequestId),
        Days = x => [x.Past(
            "ReceivedOn", "The day of receipt", i => i.ReceivedOn,
            (s, i) => DatedFacts.Asked(s, i.RequestId))],
    };

    internal override void Decide(Deciding d)
    {
        if (Answering.Find(d, RequestId) is { } request && Answering.May(d, request, RequestStatus.Acknowledged))
        {
            // The six weeks run from the body's own day of receipt (reg 8(1)); until the body reports that day, the day of delivery is
            // used.
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Acknowledged, d.Today, null, ReceivedOn ?? request.ReceivedByBodyOn ?? d.Today));
        }
    }
}
