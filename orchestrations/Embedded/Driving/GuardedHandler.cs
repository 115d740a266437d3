using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>The edge around a handler: any exception is logged, and counts as a failed attempt that is repeated.</summary>
internal sealed class GuardedHandler(IEffectHandler inner, Action<EngineFault> tell) : IEffectHandler
{
    public bool Handles(Effect effect) => inner.Handles(effect);

    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.RunAsync(effect, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine is stopping, so this does not count as an attempt.
            throw;
        }
#pragma warning disable CA1031 // The one edge where whatever a handler throws becomes a result.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            tell(new EngineFault($"carry out {effect.Effect.GetType().Name}", effect.Assessment, effect.Id, fault.GetType().Name, fault.StackTrace));
            return EffectResult.Transient($"A fault of the hub itself ({fault.GetType().Name}); its log says where.");
        }
    }
}
