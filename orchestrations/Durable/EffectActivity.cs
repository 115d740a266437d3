using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Makes one attempt at one effect and records the result. Activities can run more than once, so an effect that has ended or is not yet due
/// is not attempted.
/// </summary>
public sealed class EffectActivity(IAssessmentStore store, IEnumerable<IEffectHandler> handlers, TimeProvider time, ILogger<EffectActivity> log)
{
    private readonly EffectRunner runner = new(store, [.. handlers.Select(h => new Guarded(h, log))], time);

    /// <summary>Runs the activity for an effect.</summary>
    /// <exception cref="ArgumentException">The call does not contain a valid assessment id.</exception>
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

    /// <summary>A wrapper around an effect handler. Any exception is logged and treated as a failed attempt, which is repeated.</summary>
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
#pragma warning disable CA1031 // This is the one place where any exception of a handler becomes a result.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                // The exception's message is left out, because it can quote personal data.
                DurableLog.HandlerFailed(log, effect.Effect.GetType().Name, effect.Id, fault.GetType().Name, fault.StackTrace);
                return EffectResult.Transient($"The hub itself has a fault ({fault.GetType().Name}). See the hub's log for details.");
            }
        }
    }
}
