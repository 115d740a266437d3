using System.Text.Json;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Compares the texts of two pieces of advice.</summary>
public static class AdviceText
{
    /// <summary>Whether a piece of advice has exactly the given content.</summary>
    public static bool HasContent(this ReceivedAdvice advice, AdviceContent content) => Written(advice.Content) == Written(content);

    private static string Written(AdviceContent content) => JsonSerializer.Serialize(content, AssessmentJson.Default.AdviceContent);
}

/// <summary>Corrections and retractions of advice by its author.</summary>
internal static class AdviceCorrections
{
    /// <summary>
    /// Whether the advice is a second answer to a request. A second answer replaces the first answer, which is still stored.
    /// </summary>
    /// <returns>False if there is nothing to correct, because there is no earlier advice or its content is identical.</returns>
    internal static bool IsCorrection(Deciding d, AdviceRequest request, AdviceContent content) =>
        request.Status == RequestStatus.Received && Standing(d, request) is { } standing && !standing.HasContent(content);

    /// <summary>Records that <paramref name="advice"/> has replaced the earlier advice.</summary>
    internal static void Replace(Deciding d, ReceivedAdvice standing, ReceivedAdvice advice, string? reason)
    {
        d.Happened(new AdviceReceived(advice));
        d.Happened(new AdviceCorrected(standing.Id, advice.Id, d.Today, reason));
        d.AskAttention(
            $"corrected-{advice.Id}",
            $"{Answering.Capital(Words.Of(advice.Kind))} was corrected by its author; both texts are stored. Compare them, and correct anything that was written from the earlier text.");
        Answering.AfterAdvice(d, advice);
    }

    /// <summary>The current advice for a request, or null if there is none.</summary>
    internal static ReceivedAdvice? Standing(Deciding d, AdviceRequest request) => d.State.Advice.LastOrDefault(a => a.RequestId == request.Id && a.Counts);
}
