using System.Collections.Concurrent;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// The receivers that wait for a session of one queue or subscription, first come, first served. An exception from the link of one receiver
/// ends only that receiver's wait, and the session goes to the next receiver.
/// </summary>
internal sealed class SessionQueue(MessageQueue messageQueue, BusStore store, ILogger log)
{
    private readonly ConcurrentQueue<SessionWaiter> waiters = new();
    private int running;

    internal void Add(SessionWaiter waiter)
    {
        waiters.Enqueue(waiter);
        Wake();
    }

    internal void Wake()
    {
        // A call while the loop is running makes it run again, so that it does not miss a session that was released after its last check.
        if (Interlocked.Increment(ref running) == 1)
        {
            _ = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref running);
            try
            {
                await ServeAsync();
            }
            catch (Exception exception)
            {
                // This is the outermost handler of a loop that serves all receivers. Waiting receivers get a session at the next call, or
                // time out and ask again.
                BusLog.ReceiveFailed(log, messageQueue.Path, exception);
            }
        }
        while (Interlocked.CompareExchange(ref running, 0, seen) != seen);
    }

    private async Task ServeAsync()
    {
        while (Next() is { } waiter && await store.AcceptSessionAsync(messageQueue, sessionId: null, () => waiter.IsGone) is { } session)
        {
            if (!TryGive(waiter, session))
            {
                // The session is available again, and the loop finds the next waiter for it.
                await store.ReleaseSessionAsync(messageQueue, session);
            }
        }
    }

    private bool TryGive(SessionWaiter waiter, HeldSession session)
    {
        try
        {
            return waiter.TryGive(session);
        }
        catch (Exception exception)
        {
            // The link of this waiter is closed or broken. The other waiting receivers continue to wait.
            BusLog.WaiterGone(log, messageQueue.Path, exception.GetType().Name);
            return false;
        }
    }

    private SessionWaiter? Next()
    {
        while (waiters.TryPeek(out var waiter))
        {
            if (!waiter.HasEnded)
            {
                return waiter;
            }

            waiters.TryDequeue(out _);
        }

        return null;
    }
}
