namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Describes effects as text, and gives the ids of the tasks for failed effects.</summary>
public static class Effects
{
    /// <summary>The id of the task for a failed effect, without the id of the assessment.</summary>
    internal static string AttentionId(string effectId) => $"effect-{effectId[(effectId.IndexOf('/', StringComparison.Ordinal) + 1)..]}";

    /// <summary>A description of what an effect does, for example "Telling the commissioner about medical advice from St Mary's".</summary>
    public static string Describe(AssessmentState state, Effect effect) => effect switch
    {
        SendAdviceRequest e => $"Sending the request for {Advice(state, e.RequestId)} to {Asked(state, e.RequestId)}",
        SendReminder e => $"Reminding {Asked(state, e.RequestId)} of the request for {Advice(state, e.RequestId)}",
        SendEscalation e => $"Telling the {e.ToRole} about {Advice(state, e.RequestId)} from {Asked(state, e.RequestId)}",
        SendWithdrawal e => $"Telling {Asked(state, e.RequestId)} that {Advice(state, e.RequestId)} is no longer needed",
        SendCorrection e => $"Telling {Asked(state, e.RequestId)} which details of the child were corrected in the request for {Advice(state, e.RequestId)}",
        ReturnAdviceToAuthor e => $"Returning {Advice(state, e.RequestId)} to {Asked(state, e.RequestId)}",
        SendNotice e when state.Notices.FirstOrDefault(n => n.Id == e.NoticeId) is { } notice => $"Sending the notice \"{Words.Of(notice.Kind)}\" to {notice.Agency?.Name ?? Words.Of(notice.To)}",
        SendNotice e => $"Sending the notice {e.NoticeId}",
        StorePlan e => FormattableString.Invariant($"Storing version {e.Version} of the plan"),
        RemindOfDuty e => $"Reminding the {e.ToRole} of {TimelineWords.Limit(e.Limit)}",
        PublishStatus e => $"Telling the systems that follow the case that its stage is: {Words.Of(e.Stage)}",
        _ => effect.GetType().Name,
    };

    private static string Advice(AssessmentState state, string requestId) =>
        state.Requests.FirstOrDefault(r => r.Id == requestId) is { } request ? Words.Of(request.Kind) : $"request {requestId}";

    private static string Asked(AssessmentState state, string requestId) =>
        state.Requests.FirstOrDefault(r => r.Id == requestId)?.Agency?.Name ?? "the adviser";
}
