using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the end of an effect means for the assessment.</summary>
public static class Effects
{
    internal static void Settled(Deciding d, EffectSettled input)
    {
        if (input.End != EffectEnd.Done)
        {
            if (d.State.FailedEffects.All(f => f.EffectId != input.EffectId))
            {
                d.Happened(new EffectFailed(new FailedEffect(input.EffectId, input.Effect, input.End, input.Detail, input.On)));
            }

            d.AskAttention(AttentionId(input.EffectId), $"{What(d.State, input.Effect)} did not succeed: {input.Detail}");
            return;
        }

        switch (input.Effect)
        {
            case SendAdviceRequest sent when d.State.Requests.FirstOrDefault(r => r.Id == sent.RequestId) is { Status: RequestStatus.Requested } request:
                d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Delivered, input.On, null, input.On));
                break;
            case SendNotice sent:
                Notices.SentElectronically(d, sent.NoticeId, input.On);
                break;
            case StorePlan kept when d.State.Plans.FirstOrDefault(p => p.Version == kept.Version) is { KeptAt: null }:
                var reference = (input.Detail ?? "").Split(StorePlan.BeforeHash);
                d.Happened(new PlanKept(kept.Version, reference[0], reference.ElementAtOrDefault(1)));
                break;
        }
    }

    internal static void Resolve(Deciding d, ResolveAttention input)
    {
        if (d.Require(d.State.Attention.Any(a => a.Id == input.AttentionId), "unknown-attention", "Nothing with this id waits for a person.")
            && Form.Text(d, input.Resolution, "What was done"))
        {
            d.Happened(new AttentionResolved(input.AttentionId, input.Resolution));
        }
    }

    /// <summary>Under which id a failed effect is put before a person: without the assessment's own id.</summary>
    internal static string AttentionId(string effectId) => $"effect-{effectId[(effectId.IndexOf('/', StringComparison.Ordinal) + 1)..]}";

    /// <summary>What an effect does, in words: "Telling the commissioner about medical advice from St Mary's".</summary>
    public static string What(AssessmentState state, Effect effect) => effect switch
    {
        SendAdviceRequest e => $"Sending the request for {Advice(state, e.RequestId)} to {Asked(state, e.RequestId)}",
        SendReminder e => $"Reminding of {Advice(state, e.RequestId)} from {Asked(state, e.RequestId)}",
        SendEscalation e => $"Telling the {e.ToRole} about {Advice(state, e.RequestId)} from {Asked(state, e.RequestId)}",
        SendWithdrawal e => $"Telling {Asked(state, e.RequestId)} that {Advice(state, e.RequestId)} is no longer needed",
        ReturnAdviceToAuthor e => $"Returning {Advice(state, e.RequestId)} to {Asked(state, e.RequestId)}",
        SendNotice e when state.Notices.FirstOrDefault(n => n.Id == e.NoticeId) is { } notice => $"Sending the notice \"{Words.Of(notice.Kind)}\" to {notice.Agency?.Name ?? Words.Of(notice.To)}",
        SendNotice e => $"Sending the notice {e.NoticeId}",
        StorePlan e => FormattableString.Invariant($"Storing version {e.Version} of the plan"),
        PublishStatus e => $"Telling the systems that follow the case: {Words.Of(e.Stage)}",
        _ => effect.GetType().Name,
    };

    private static string Advice(AssessmentState state, string requestId) =>
        state.Requests.FirstOrDefault(r => r.Id == requestId) is { } request ? Words.Of(request.Kind) : $"what was asked as {requestId}";

    private static string Asked(AssessmentState state, string requestId) =>
        state.Requests.FirstOrDefault(r => r.Id == requestId)?.Agency?.Name ?? "the one who was asked";
}
