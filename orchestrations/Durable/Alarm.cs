using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// How an orchestrator waits: with one timer and one wait for a poke, kept from turn to turn. A timer that is cancelled stays as a message in the
/// storage until it would have fired, which may be weeks; so a poke leaves the timer as it is, and a new one is made only when the next
/// instant is earlier than that of the running one. A timer that fires too early costs one turn, which finds nothing to do.
/// </summary>
internal sealed class Alarm(TaskOrchestrationContext context) : IDisposable
{
    private readonly CancellationTokenSource over = new();
    private CancellationTokenSource? overdue;
    private Task? poked;
    private Task? timer;
    private DateTime firesAt;

    /// <summary>Waits for a poke, or for an instant at the latest.</summary>
    internal async Task WaitAsync(DateTimeOffset? nextAt)
    {
        poked ??= context.WaitForExternalEvent<object?>(AssessmentOrchestrator.Poke, over.Token);
        if (nextAt is { } at && (timer is null || at.UtcDateTime < firesAt))
        {
            CancelTimer();
            (overdue, firesAt) = (new CancellationTokenSource(), at.UtcDateTime);
            timer = context.CreateTimer(firesAt, overdue.Token);
        }

        await (timer is null ? poked : Task.WhenAny(poked, timer));
        poked = poked.IsCompleted ? null : poked;
        timer = timer is { IsCompleted: true } ? null : timer;
    }

    /// <summary>Cancels both: a timer or a wait that is left over keeps an instance "Running".</summary>
    public void Dispose()
    {
        CancelTimer();

        // Not CancelAsync: its callbacks would leave the orchestrator's thread.
        over.Cancel();
        over.Dispose();
    }

    private void CancelTimer()
    {
        overdue?.Cancel();
        overdue?.Dispose();
        (overdue, timer) = (null, null);
    }
}
