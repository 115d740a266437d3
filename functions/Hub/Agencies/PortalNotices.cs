using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies;

/// <summary>
/// Notices to those who read them in the hub: the family that agreed to be served electronically, and the agencies. A notice is on
/// their page from the moment it was decided; putting it there is what sends it.
/// </summary>
public sealed class PortalNotices(IAssessmentStore store) : IEffectHandler
{
    /// <inheritdoc/>
    public bool Handles(Effect effect) => effect is SendNotice or PublishStatus;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellation = default)
    {
        if (effect.Effect is SendNotice { NoticeId: var id })
        {
            var state = (await store.LoadAsync(effect.Assessment, cancellation)).State;
            if (state.Notices.First(n => n.Id == id).PlanVersion is { } version && state.Plans.First(p => p.Version == version).KeptAt is null)
            {
                // A plan that nobody can open was not sent, whatever a record says.
                return EffectResult.Transient(FormattableString.Invariant($"Version {version} of the plan is not kept yet."));
            }
        }

        return EffectResult.Done("portal");
    }
}
