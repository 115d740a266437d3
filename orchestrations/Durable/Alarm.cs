using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Lets an orchestrator wait, with one timer and one wait for a wake event, which continue from turn to turn. A cancelled timer remains in
/// the storage as a message until the time at which it would have fired, possibly for weeks. A wake event therefore leaves the timer
/// unchanged, and a new timer is created only if the next time is earlier than that of the running timer. A timer that fires too early only
/// causes one turn in which there is nothing to do.
/// </summary>
internal sealed class Alarm(TaskOrchestrationContext context) : IDisposable
{
    private readonly CancellationTokenSource over = new();
    private CancellationTokenSource? overdue;
    private Task? poked;
    private Task? timer;
    private DateTime firesAt;

    /// <summary>Waits for a wake event, but no longer than until the given time.</summary>
    internal async Task WaitAsync(DateTimeOffset? nextAt)
    {
        poked ??= context.WaitForExternalEvent<object?>(AssessmentOrchestrator.WakeEvent, over.Token);
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

    /// <summary>Cancels the timer and the wait, because either of them would keep the instance "Running".</summary>
    public void Dispose()
    {
        CancelTimer();

        // CancelAsync cannot be used, because it would run callbacks on a different thread from the orchestrator's.
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
