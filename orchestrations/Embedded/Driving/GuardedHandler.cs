using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>A wrapper around an effect handler. Any exception of the handler is logged and treated as a failed attempt, which is
/// repeated.</summary>
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
#pragma warning disable CA1031 // This is the one place where any exception of a handler becomes a result.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            tell(new EngineFault($"carrying out {effect.Effect.GetType().Name}", effect.Assessment, effect.Id, fault.GetType().Name, fault.StackTrace));
            return EffectResult.Transient($"The hub itself has a fault ({fault.GetType().Name}). See the hub's log for details.");
        }
    }
}
