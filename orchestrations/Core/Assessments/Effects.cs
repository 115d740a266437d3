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

    /// <summary>What an effect does, in words: "Escalating medical-1 to the commissioner".</summary>
    public static string What(AssessmentState state, Effect effect) => effect switch
    {
        SendAdviceRequest e => $"Sending the request {e.RequestId}",
        SendReminder e => $"Reminding about {e.RequestId}",
        SendEscalation e => $"Escalating {e.RequestId} to the {e.ToRole}",
        SendWithdrawal e => $"Telling of the withdrawal of {e.RequestId}",
        ReturnAdviceToAuthor e => $"Returning the advice on {e.RequestId}",
        SendNotice e when state.Notices.FirstOrDefault(n => n.Id == e.NoticeId) is { } notice => $"Sending the notice \"{Words.Of(notice.Kind)}\" to {Words.Of(notice.To)}",
        StorePlan e => FormattableString.Invariant($"Keeping version {e.Version} of the plan"),
        _ => "Publishing the status",
    };
}
