using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Methods shared by the steps with which advisers answer.</summary>
internal static class Answering
{
    /// <summary>Whether advice is valid, which every interface has already checked with <see cref="AdviceFaults"/>.</summary>
    internal static bool IsWellFormed(Deciding d, AdviceContent content)
    {
        var fault = AdviceFaults.First(content);
        return d.Require(fault is null, fault?.Code ?? "", fault?.Reason ?? "");
    }

    /// <summary>Once advice that came to the earlier system has been entered, or is no longer needed, nobody is asked to enter it.</summary>
    internal static void Entered(Deciding d, AdviceRequest request)
    {
        if (request.CameElsewhereOn is not null && d.State.Attention.Any(a => a.Id == TakenUnderWay.EnterId(request.Id)))
        {
            d.Happened(new AttentionResolved(TakenUnderWay.EnterId(request.Id), "The advice was entered, or is no longer needed."));
        }
    }

    /// <summary>Creates the officers' tasks that result from new advice.</summary>
    internal static void AfterAdvice(Deciding d, ReceivedAdvice advice)
    {
        if (advice.Content.IsDocumentOnly)
        {
            d.AskAttention($"read-in-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} came as a document only: {(advice.Review is null ? "enter its content in the plan" : "read it for the review")}.");
        }

        if (advice.Content.Whole is not null)
        {
            d.AskAttention($"read-whole-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} says more than its lines and notes show: read the original document, which is kept with it.");
        }

        if (advice.Review is not null && Reviews.Current(d.State) is { HeldOn: null, PapersSentOn: not null })
        {
            d.AskAttention($"papers-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} arrived after the papers for the review had been sent: send it to everybody who is invited.");
        }

        if (d.State.Stage == Stage.Consulting)
        {
            d.AskAttention($"after-draft-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} arrived after the draft: a change based on it needs a re-issued draft (Code 9.125).");
        }
    }

    /// <summary>
    /// The request with this id. If the request was made to somebody else or the assessment has ended, the step is refused and the result is
    /// null.
    /// </summary>
    internal static AdviceRequest? Find(Deciding d, string requestId)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == requestId);
        return d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            && d.Require(IsTheirs(d, request!), "not-asked", "This request was made to another adviser.")
            && d.Require(
                AdviceRounds.MayBeAnswered(d.State, request!),
                "ended",
                $"{AdviceRounds.WhyNot(d.State, request!)} The advice was not accepted; {(AskedAgain(d.State, request!) is { } again ? $"the same advice is now requested for a re-assessment: answer request {again}" : "you can send it to the council directly")}.")
                ? request
                : null;
    }

    /// <summary>The id of an open request that asks the same adviser for the same advice for a re-assessment, or null if there is none.</summary>
    private static string? AskedAgain(AssessmentState state, AdviceRequest request) => ReassessmentRound.Open(state) is { } round
        ? state.Requests.FirstOrDefault(r => r.Reassessment == round && r.IsOpen && r.Kind == request.Kind && r.Agency?.Id == request.Agency?.Id)?.Id : null;

    private static bool IsTheirs(Deciding d, AdviceRequest request) => d.By.Role switch
    {
        ActorRole.Agency => request.Agency is { } asked && asked.Id == d.By.Agency,
        ActorRole.Family => request.Agency is null,
        _ => true,
    };

    internal static bool May(Deciding d, AdviceRequest request, RequestStatus to) =>
        d.Require(request.CanChangeTo(to), "request-not-there", $"This step is not possible, because the status of the request is: {StatusWords(request.Status)}.");

    private static string StatusWords(RequestStatus status) => status switch
    {
        RequestStatus.ReturnedInsufficient => "returned as insufficient",
        _ => status.ToString().ToLowerInvariant(),
    };

    internal static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
