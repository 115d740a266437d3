using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Carries out one effect from the outbox and records the result.</summary>
public sealed class EffectRunner(IAssessmentStore store, IEnumerable<IEffectHandler> handlers, TimeProvider time)
{
    /// <summary>The number of attempts after which a transient fault is passed to a person: about eight days of hourly attempts.</summary>
    public const int MaxAttempts = 200;

    private readonly IReadOnlyList<IEffectHandler> handlers = [.. handlers];

    /// <summary>Makes one attempt to carry out the effect. If the effect has ended and the result must be reported to the assessment, the
    /// report is in the assessment's inbox when this method returns.</summary>
    /// <returns>Whether the effect has ended.</returns>
    public async ValueTask<bool> RunAsync(PendingEffect pending, CancellationToken cancellationToken = default)
    {
        var outbox = pending.Effect;
        var measured = TurnTelemetry.Attempt(outbox);
        var handler = HandlerOf(outbox.Effect);
        var result = handler is null
            ? EffectResult.NeedsHuman($"No handler is configured for {outbox.Effect.GetType().Name}.")
            : await handler.RunAsync(outbox.Effect.Repeats is { } repeated ? outbox with { Id = repeated } : outbox, cancellationToken);
        var attempts = pending.Attempts + 1;
        if (result.Fault == EffectFault.Transient && attempts >= MaxAttempts)
        {
            result = EffectResult.NeedsHuman($"{attempts} attempts failed; the last error was: {result.Detail}");
        }

        var now = time.GetUtcNow();
        var retryAt = result.Fault == EffectFault.Transient ? now + EffectRetry.Delay(outbox.Id, attempts, result.RetryAfter) : (DateTimeOffset?)null;
        var ended = retryAt is null;
        var report = ended && (result.Fault != EffectFault.None || outbox.Effect.ReportsSuccess) ? Report(outbox, result, now) : null;
        measured.End(result.Fault == EffectFault.None ? "done" : result.Fault.ToString().ToLowerInvariant());
        await store.RecordAttemptAsync(new EffectAttempt(outbox.Id, outbox.Assessment, now, result, retryAt), report, cancellationToken);
        return ended;
    }

    private IEffectHandler? HandlerOf(Effect effect)
    {
        for (var n = 0; n < handlers.Count; n++)
        {
            if (handlers[n].Handles(effect))
            {
                return handlers[n];
            }
        }

        return null;
    }

    private static Delivery Report(OutboxEffect outbox, EffectResult result, DateTimeOffset now) => new()
    {
        Assessment = outbox.Assessment,
        MessageId = $"{outbox.Id}/settled",
        By = Actor.TheHub,
        ReceivedAt = now,
        CorrelationId = outbox.CorrelationId,
        Input = new EffectSettled(
            outbox.Id,
            outbox.Effect,
            result.Fault switch
            {
                EffectFault.None => EffectOutcome.Done,
                EffectFault.Permanent => EffectOutcome.Permanent,
                EffectFault.NoChannel => EffectOutcome.NoChannel,
                _ => EffectOutcome.NeedsHuman,
            },
            LondonDate.Of(now),
            result.Detail),
    };
}
