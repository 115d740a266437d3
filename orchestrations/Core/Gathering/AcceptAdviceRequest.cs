using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The adviser accepts the request and will answer it, even after declining, or gives another day for the answer.</summary>
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
        else if (Answering.May(d, request, RequestStatus.Accepted) && IsNotAskedAgain(d, request))
        {
            var expected = ExpectedOn is { } day ? $"The answer is expected on {Words.Day(day, true)}." : null;
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Accepted, d.Today, expected, request.ReceivedByBodyOn ?? d.Today, ExpectedOn));
            if (request.Status == RequestStatus.Declined)
            {
                AfterAll(d, request);
            }
        }
    }

    // The council can have asked the same adviser again after it declined. Only one of the two requests is then to be answered.
    private static bool IsNotAskedAgain(Deciding d, AdviceRequest request)
    {
        var again = request.Status == RequestStatus.Declined ? d.State.Requests.FirstOrDefault(r => r.Id != request.Id && r.Agency?.Id == request.Agency?.Id && IsForTheSame(r, request)) : null;
        return d.Require(again is null, "asked-again", $"This request was declined, and the same advice was then asked for again. Answer request {again?.Id}.");
    }

    private static bool IsForTheSame(AdviceRequest one, AdviceRequest other) =>
        one.Kind == other.Kind && one.Review == other.Review && one.Reassessment == other.Reassessment && one.Status is not (RequestStatus.Declined or RequestStatus.Withdrawn);

    /// <summary>
    /// The adviser declined, and now says that it will answer. Its duty did not end when it declined (CFA 2014 s31; reg 8(1)), so the request
    /// is open again with its original time limit. An officer is told, because something else may have been arranged in the meantime.
    /// </summary>
    private static void AfterAll(Deciding d, AdviceRequest request)
    {
        var declined = DeclineAdviceRequest.TaskId(request.Id);
        if (d.State.Attention.Any(a => a.Id == declined))
        {
            d.Happened(new AttentionResolved(declined, "The adviser now says that it will answer."));
        }

        var other = request.Kind == AdviceKind.Other ? null : d.State.Requests.FirstOrDefault(r => r.Id != request.Id && IsForTheSame(r, request));
        d.AskAttention(
            $"after-all-{request.Id}",
            $"{Answering.Capital(Words.Of(request.Kind))}: the adviser, who declined on {Words.Day(request.StatusOn, true)}, now says that it will answer. The request is open again with its original time limit. "
                + (other is null
                    ? "If you have arranged something else in the meantime, withdraw the request."
                    : $"The same advice was also asked of {other.Agency?.Name ?? "the family"} ({other.Id}): decide whose advice is needed, and withdraw the other request."));
    }
}
