using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The adviser accepts the request and will answer it, or gives another day for the answer.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ExpectedOn">The day on which the adviser expects to answer.</param>
public sealed record AcceptAdviceRequest(string RequestId, DateOnly? ExpectedOn = null) : AssessmentInput, IStep<AcceptAdviceRequest>
{
    public static StepDefinition<AcceptAdviceRequest> Definition { get; } = new("accept-advice-request", "The request will be answered")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency],
        Example = """{ "requestId": "medical-1" }""",
        ForAgency = (i, agency) => agency.MustHave(i.RequestId),
        Days = x => [x.Planned(
            "ExpectedOn", "The day on which the answer is expected", i => i.ExpectedOn,
            (s, i) => DatedFacts.Asked(s, i.RequestId))],
    };

    internal override void Decide(Deciding d)
    {
        if (Answering.Find(d, RequestId) is not { } request)
        {
            return;
        }

        if (request.IsOpen && !request.CanChangeTo(RequestStatus.Accepted) && ExpectedOn is { } other && other != request.ExpectedOn)
        {
            // A request is accepted only once, but the adviser can give a different day later, or after the advice was returned.
            d.Happened(new AdviceRequestReported(request.Id, AdviserReport.Planned, d.Today, $"The answer is now expected on {Words.Day(other, true)}.", other));
        }
        else if (Answering.May(d, request, RequestStatus.Accepted))
        {
            var expected = ExpectedOn is { } day ? $"The answer is expected on {Words.Day(day, true)}." : null;
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Accepted, d.Today, expected, request.ReceivedByBodyOn ?? d.Today, ExpectedOn));
        }
    }
}
