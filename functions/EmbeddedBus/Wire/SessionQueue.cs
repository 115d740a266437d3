using System.Collections.Concurrent;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// The receivers that wait for a session of one queue or subscription, first come first served. Whatever the link of one of them throws ends only that
/// receiver's wait: the session goes to the next.
/// </summary>
internal sealed class SessionQueue(WaitingRoom room, BusStore store, ILogger log)
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
        // A call while it runs makes it run again: what has come free since it looked is not missed.
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
                // The outermost handler of a loop that serves everybody. Those who wait are served at the next call, or time out and ask again.
                BusLog.ReceiveFailed(log, room.Path, exception);
            }
        }
        while (Interlocked.CompareExchange(ref running, 0, seen) != seen);
    }

    private async Task ServeAsync()
    {
        while (Next() is { } waiter && await store.AcceptSessionAsync(room, sessionId: null, () => waiter.IsGone) is { } session)
        {
            if (!TryGive(waiter, session))
            {
                // Free again for the next waiter, which the loop looks for.
                await store.ReleaseSessionAsync(room, session);
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
            // This waiter's link is gone or broken; the wait of the others goes on.
            BusLog.WaiterGone(log, room.Path, exception.GetType().Name);
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
