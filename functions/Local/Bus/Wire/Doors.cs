using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using IntegrationHub.Local.Bus.Store;

namespace IntegrationHub.Local.Bus.Wire;

/// <summary>Who waits where: receivers for messages, and receivers for the next session that comes free.</summary>
internal sealed class Doors(BusStore store, ILogger log)
{
    private readonly ConcurrentDictionary<ReceiverLink, bool> receivers = new();
    private readonly ConcurrentDictionary<WaitingRoom, SessionQueue> queues = new();

    internal void Enter(ReceiverLink receiver) => receivers[receiver] = true;

    internal void Leave(ReceiverLink receiver) => receivers.TryRemove(receiver, out _);

    internal void OnMessagesFreed(WaitingRoom room)
    {
        foreach (var (receiver, _) in receivers)
        {
            if (receiver.Room == room && receiver.Session is null)
            {
                receiver.OnMessagesFreed();
            }
        }

        if (queues.TryGetValue(room, out var queue))
        {
            queue.Wake();
        }
    }

    internal void OnSessionFreed(WaitingRoom room, string session)
    {
        foreach (var (receiver, _) in receivers)
        {
            if (receiver.Room == room && receiver.Session?.SessionId == session)
            {
                receiver.OnMessagesFreed();
            }
        }
    }

    internal void OnSessionLost(Guid sessionLock)
    {
        foreach (var (receiver, _) in receivers)
        {
            if (receiver.Session?.Lock == sessionLock)
            {
                receiver.OnSessionLost();
            }
        }
    }

    /// <summary>Gives the waiter the next session that is free, now or later.</summary>
    internal void AwaitSession(WaitingRoom room, SessionWaiter waiter) =>
        queues.GetOrAdd(room, place => new SessionQueue(place, store, log)).Add(waiter);

    /// <summary>
    /// The peer has detached a link. A receiver gets nothing from now on: before the peer hears that the link is down, no message may be
    /// locked for it. One that still waits for a session has its attach completed first, which AMQPNetLite needs before it can detach.
    /// </summary>
    internal void OnRemoteDetach(Link link)
    {
        foreach (var (receiver, _) in receivers)
        {
            receiver.OnRemoteDetach(link);
        }

        foreach (var queue in queues.Values)
        {
            queue.Find(link)?.GiveUp();
        }
    }
}

/// <summary>A receiver that has asked for the next session. Exactly one of the three endings comes to pass.</summary>
internal sealed class SessionWaiter(AttachContext context, Action<HeldSession> onSession)
{
    private int over;
    private ITimer? timer;

    internal Link Link => context.Link;

    internal bool IsOver => Volatile.Read(ref over) == 1;

    internal void StartTimer(TimeProvider clock, TimeSpan patience) =>
        timer = clock.CreateTimer(_ => TimeOut(), null, patience, Timeout.InfiniteTimeSpan);

    /// <summary>False when the waiter has gone: the session is still to be given.</summary>
    internal bool TryGive(HeldSession session)
    {
        if (!End())
        {
            return false;
        }

        onSession(session);
        return true;
    }

    internal void GiveUp()
    {
        if (End())
        {
            context.Attach.Source = null;
            Answer(() => context.Link.CompleteAttach(context.Attach, null));
        }
    }

    internal void Forget() => End();

    private void TimeOut()
    {
        if (End())
        {
            Answer(() => context.Complete(new Error(Annotation.Timeout) { Description = "No session came free in the time given." }));
        }
    }

    /// <summary>A receiver whose connection broke at this moment hears nothing, and need not.</summary>
    private static void Answer(Action say)
    {
        try
        {
            say();
        }
        catch (Exception gone) when (gone is AmqpException or ObjectDisposedException)
        {
            // On a timer's thread this would end the process.
        }
    }

    private bool End()
    {
        if (Interlocked.Exchange(ref over, 1) == 1)
        {
            return false;
        }

        timer?.Dispose();
        return true;
    }
}

/// <summary>The receivers that wait for a session of one room, first come first served.</summary>
internal sealed class SessionQueue(WaitingRoom room, BusStore store, ILogger log)
{
    private readonly ConcurrentQueue<SessionWaiter> waiters = new();
    private int running;

    internal void Add(SessionWaiter waiter)
    {
        waiters.Enqueue(waiter);
        Wake();
    }

    internal SessionWaiter? Find(Link link) => waiters.FirstOrDefault(waiter => waiter.Link == link);

    internal void Wake()
    {
        // A call while it runs makes it run once more: what has come free since it looked is not missed.
        if (Interlocked.Increment(ref running) == 1)
        {
            _ = Run();
        }
    }

    private async Task Run()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref running);
            try
            {
                await Serve();
            }
            catch (ObjectDisposedException)
            {
                return; // The bus is closing.
            }
            catch (Exception exception)
            {
                // The edge of the process. Those who wait are served at the next call, or time out and ask again.
                BusLog.ReceiveFailed(log, room.Path, exception);
            }
        }
        while (Interlocked.CompareExchange(ref running, 0, seen) != seen);
    }

    private async Task Serve()
    {
        while (Next() is not null && await store.AcceptSession(room, sessionId: null) is { } session)
        {
            var given = false;
            while (!given && Next() is { } waiter)
            {
                given = waiter.TryGive(session);
            }

            if (!given)
            {
                await store.ReleaseSession(room, session);
            }
        }
    }

    private SessionWaiter? Next()
    {
        while (waiters.TryPeek(out var waiter))
        {
            if (!waiter.IsOver)
            {
                return waiter;
            }

            waiters.TryDequeue(out _);
        }

        return null;
    }
}
