using System.Text.Json;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Whether two texts are the same.</summary>
public static class AdviceText
{
    /// <summary>Whether advice says exactly this.</summary>
    public static bool Says(this ReceivedAdvice advice, AdviceContent content) => Written(advice.Content) == Written(content);

    private static string Written(AdviceContent content) => JsonSerializer.Serialize(content, AssessmentJson.Default.AdviceContent);
}

/// <summary>Corrections and retractions of advice by its author.</summary>
internal static class AdviceCorrections
{
    /// <summary>A second answer to the same request: it replaces the first, which is still kept.</summary>
    /// <returns>False when nothing is corrected, because there is no advice yet or it says the same.</returns>
    internal static bool IsOne(Deciding d, AdviceRequest request, AdviceContent content) =>
        request.Status == RequestStatus.Received && Standing(d, request) is { } standing && !standing.Says(content);

    /// <summary>Records that <paramref name="advice"/> has replaced the earlier advice.</summary>
    internal static void Replace(Deciding d, ReceivedAdvice standing, ReceivedAdvice advice, string? reason)
    {
        d.Happened(new AdviceReceived(advice));
        d.Happened(new AdviceCorrected(standing.Id, advice.Id, d.Today, reason));
        d.AskAttention(
            $"corrected-{advice.Id}",
            $"{Answering.Capital(Words.Of(advice.Kind))} was corrected by its author; both texts are kept. Compare them, and put right what was written from the earlier one.");
        Answering.AfterAdvice(d, advice);
    }

    /// <summary>The present advice for a request; null when there is none.</summary>
    internal static ReceivedAdvice? Standing(Deciding d, AdviceRequest request) => d.State.Advice.LastOrDefault(a => a.RequestId == request.Id && a.Counts);
}
