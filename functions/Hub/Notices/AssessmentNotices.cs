using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices;

/// <summary>
/// Notices under the regulations, one for each recipient. The message says that there is a notice and where it is read; the notice
/// itself stays behind the link, because mail is no place for a child's details. These never wait for a digest: sending them is what
/// meets a statutory limit.
/// </summary>
public sealed class AssessmentNotices(NoticeDispatcher dispatcher, IAssessmentStore store, NoticeSettings settings) : IEffectHandler
{
    /// <summary>The role under which the directory lists who receives an agency's notices.</summary>
    public const string ForNotices = "notices";

    /// <inheritdoc/>
    public bool Handles(Effect effect) => effect is SendNotice;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellation = default)
    {
        if (effect.Effect is not SendNotice send)
        {
            throw new ArgumentException($"{effect.Effect.GetType().Name} is no notice.", nameof(effect));
        }

        var state = (await store.LoadAsync(effect.Assessment, cancellation)).State;
        var notice = state.Notices.First(n => n.Id == send.NoticeId);
        if (notice.SentOn is not null)
        {
            return EffectResult.Done("sent by other means meanwhile");
        }

        if (notice.PlanVersion is { } version && state.Plans.First(p => p.Version == version).KeptAt is null)
        {
            // A plan that nobody can open was not sent, whatever a record says.
            return EffectResult.Transient(FormattableString.Invariant($"Version {version} of the plan is not kept yet."));
        }

        NoticeAddress? address = null;
        if (notice.To == RecipientRole.Family)
        {
            var family = state.Facts!.Family;
            if (family.ElectronicServiceAgreedOn is null)
            {
                // Education Act 1996 s572: by e-mail only where the parent has agreed; the agreement was taken back since the decision.
                return EffectResult.NeedsHuman("The family has not agreed to be served electronically: send it by post.");
            }

            address = family.Email is { } mail ? new NoticeAddress { Mail = mail } : null;
        }

        var role = notice.To == RecipientRole.Family ? "family" : ForNotices;
        return await dispatcher.TellAsync(
            new NoticeItem
            {
                EffectId = effect.Id,
                Assessment = effect.Assessment,
                Recipient = NoticeDirectory.Key(notice.Agency?.Id.Value ?? effect.Assessment.Value, role),
                Role = Words.Of(notice.To),
                Wording = "notice",
                What = Words.Of(notice.Kind),
                Link = notice.To == RecipientRole.Family ? $"{settings.BaseAddress}/family" : $"{settings.BaseAddress}/monitor/cases/{effect.Assessment}",
            },
            address,
            cancellation);
    }
}
