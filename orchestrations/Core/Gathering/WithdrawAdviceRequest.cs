using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The council no longer asks for the advice.</summary>
public sealed record WithdrawAdviceRequest(string RequestId, string Reason) : AssessmentInput, IStep<WithdrawAdviceRequest>
{
    public static StepDefinition<WithdrawAdviceRequest> Definition { get; } = new("withdraw-advice-request", "Withdraw a request for advice")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "requestId": "medical-1", "reason": "Another service has taken over." }""",
    };

    internal override void Decide(Deciding d)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == RequestId);
        if (d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            && d.Require(request!.CanChangeTo(RequestStatus.Withdrawn), "request-settled", "This request is closed and cannot be withdrawn.")
            && InputChecks.Text(d, Reason, "The reason"))
        {
            Asking.Settle(d, request, RequestStatus.Withdrawn, Reason);
        }
    }
}
