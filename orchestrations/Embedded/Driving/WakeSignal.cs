namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>Wakes one waiting loop. If the signal is set while nobody waits, the next wait ends immediately; if it is set several times,
/// only one wait ends immediately.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource? waiter;
    private bool isSet;

    internal void Set()
    {
        lock (gate)
        {
            isSet = true;
            waiter?.TrySetResult();
        }
    }

    /// <summary>Waits until the signal is set, or until <paramref name="atMost"/> has passed.</summary>
    internal async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (isSet)
            {
                isSet = false;
                return;
            }

            waiter = waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await using var timer = time.CreateTimer(_ => waiting.TrySetResult(), null, atMost, Timeout.InfiniteTimeSpan);
        await using var cancelled = cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
        try
        {
            await waiting.Task;
        }
        finally
        {
            lock (gate)
            {
                waiter = null;
                isSet = false;
            }
        }
    }
}
