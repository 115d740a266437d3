using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Steps with which advisers answer.</summary>
internal static class Answering
{
    /// <summary>The form of advice: every interface checks it with <see cref="AdviceFaults"/>, and it is checked here again.</summary>
    internal static bool IsWellFormed(Deciding d, AdviceContent content)
    {
        var fault = AdviceFaults.First(content);
        return d.Require(fault is null, fault?.Code ?? "", fault?.Reason ?? "");
    }

    /// <summary>What a person must be told when advice has come in.</summary>
    internal static void AfterAdvice(Deciding d, ReceivedAdvice advice)
    {
        if (advice.Content.IsDocumentOnly)
        {
            d.AskAttention($"read-in-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} came as a document only: read {(advice.Review is null ? "its content into the plan" : "it for the review")}.");
        }

        if (advice.Content.Whole is not null)
        {
            d.AskAttention($"read-whole-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} says more than its lines and notes show: read the document as it was received, which is kept with it.");
        }

        if (advice.Review is not null && Reviews.Current(d.State) is { HeldOn: null, PapersSentOn: not null })
        {
            d.AskAttention($"papers-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} came after the papers of the review had been sent: send it to everybody who is invited.");
        }

        if (d.State.Stage == Stage.Consulting)
        {
            d.AskAttention($"after-draft-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} came after the draft: a change that rests on it needs a re-issued draft (Code 9.125).");
        }
    }

    /// <summary>The request, if it exists, was made to the sender, and the assessment has not ended.</summary>
    internal static AdviceRequest? Find(Deciding d, string requestId)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == requestId);
        return d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            && d.Require(IsTheirs(d, request!), "not-asked", "This request was made to somebody else.")
            && d.Require(
                AdviceRounds.MayBeAnswered(d.State, request!),
                "ended",
                $"{AdviceRounds.WhyNot(d.State, request!)} The advice was not taken in; {(AskedAgain(d.State, request!) is { } again ? $"the same is asked for again for a re-assessment, as {again}: answer that request" : "it may be sent to the council directly")}.")
                ? request
                : null;
    }

    /// <summary>The open request of a re-assessment in which the same adviser is asked for the same; null where there is none.</summary>
    private static string? AskedAgain(AssessmentState state, AdviceRequest request) => ReassessmentRound.Open(state) is { } round
        ? state.Requests.FirstOrDefault(r => r.Reassessment == round && r.IsOpen && r.Kind == request.Kind && r.Agency?.Id == request.Agency?.Id)?.Id : null;

    private static bool IsTheirs(Deciding d, AdviceRequest request) => d.By.Role switch
    {
        ActorRole.Agency => request.Agency is { } asked && asked.Id == d.By.Agency,
        ActorRole.Family => request.Agency is null,
        _ => true,
    };

    internal static bool May(Deciding d, AdviceRequest request, RequestStatus to) =>
        d.Require(request.CanBecome(to), "request-not-there", $"The status of the request is: {StatusWords(request.Status)}. This step cannot follow it.");

    private static string StatusWords(RequestStatus status) => status switch
    {
        RequestStatus.ReturnedInsufficient => "returned as insufficient",
        _ => status.ToString().ToLowerInvariant(),
    };

    internal static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
