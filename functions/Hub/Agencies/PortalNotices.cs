using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies;

/// <summary>
/// Notices to those who read them in the hub: the family that agreed to be served electronically, and the agencies. A notice is on
/// their page from the moment it was decided; putting it there is what sends it.
/// </summary>
public sealed class PortalNotices : IEffectHandler
{
    /// <inheritdoc/>
    public bool Handles(Effect effect) => effect is SendNotice or PublishStatus;

    /// <inheritdoc/>
    public ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellation = default) => new(EffectResult.Done("portal"));
}
