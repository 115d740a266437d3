using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that an effect ended. Only the hub itself sends this input.</summary>
/// <param name="EffectId">The effect.</param>
/// <param name="Effect">Content of the effect.</param>
/// <param name="End">How the effect ended.</param>
/// <param name="Detail">For Done, the receiver's reference; otherwise what went wrong, without personal data.</param>
/// <param name="On">Day on which the effect ended, in London.</param>
public sealed record EffectSettled(string EffectId, Effect Effect, EffectOutcome End, DateOnly On, string? Detail = null) : AssessmentInput, IStep<EffectSettled>
{
    public static StepDefinition<EffectSettled> Definition { get; } = new("effect-settled", "An effect ended")
    {
        Senders = [ActorRole.Hub],
        Days = x => [x.ByTheHub("On", "The day on which the effect ended", i => i.On)],
    };

    internal override void Decide(Deciding d)
    {
        if (End == EffectOutcome.NoChannel)
        {
            SendingByOtherMeans.NoChannel(d, Effect, On);
            return;
        }

        if (End != EffectOutcome.Done)
        {
            if (d.State.FailedEffects.All(f => f.EffectId != EffectId))
            {
                d.Happened(new EffectFailed(new FailedEffect(EffectId, Effect, End, Detail, On)));
            }

            d.AskAttention(Effects.AttentionId(EffectId), $"{Effects.Describe(d.State, Effect)} did not succeed: {Detail}");
            return;
        }

        switch (Effect)
        {
            case SendAdviceRequest sent when d.State.Requests.FirstOrDefault(r => r.Id == sent.RequestId) is { Status: RequestStatus.Requested } request:
                d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Delivered, On, null, On));
                break;
            case SendNotice sent:
                Notices.SentByHub(d, sent.NoticeId, On, NoticeSending.Read(Detail));
                break;
            case StorePlan kept when d.State.Plans.FirstOrDefault(p => p.Version == kept.Version) is { KeptAt: null }:
                var reference = (Detail ?? "").Split(StorePlan.HashSeparator);
                d.Happened(new PlanKept(kept.Version, reference[0], reference.ElementAtOrDefault(1)));
                break;
        }
    }
}
