using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Makes one attempt at one effect and records the result. Activities may run more than once, so an effect that has ended, or
/// is not due yet, is left alone.
/// </summary>
public sealed class EffectActivity(IAssessmentStore store, IEnumerable<IEffectHandler> handlers, TimeProvider time, ILogger<EffectActivity> log)
{
    private readonly EffectRunner runner = new(store, [.. handlers.Select(h => new Guarded(h, log))], time);

    /// <summary>The body of every effect's activity.</summary>
    /// <exception cref="ArgumentException">The call names no assessment.</exception>
    public async Task RunAsync(DueEffect due, CancellationToken cancellationToken = default)
    {
        if (!AssessmentId.TryParse(due.Assessment, out var assessment, out var problem))
        {
            throw new ArgumentException(problem, nameof(due));
        }

        var effects = await store.EffectsAsync(assessment, cancellationToken);
        if (effects.FirstOrDefault(e => e.Effect.Id == due.EffectId) is { End: null, NextAt: { } at } effect && at <= time.GetUtcNow())
        {
            await runner.RunAsync(new PendingEffect(effect.Effect, effect.Attempts, at), cancellationToken);
        }
    }

    /// <summary>The edge around a handler: any exception is logged, and counts as a failed attempt that is repeated.</summary>
    private sealed class Guarded(IEffectHandler inner, ILogger log) : IEffectHandler
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
                throw;
            }
#pragma warning disable CA1031 // The one edge where whatever a handler throws becomes a result.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                // The message is left out: it may quote personal data.
                DurableLog.HandlerFailed(log, effect.Effect.GetType().Name, effect.Id, fault.GetType().Name, fault.StackTrace);
                return EffectResult.Transient($"A fault of the hub itself ({fault.GetType().Name}); its log says where.");
            }
        }
    }
}
