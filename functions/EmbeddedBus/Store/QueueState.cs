namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>The state of one queue or subscription in memory: its available messages or sessions, and the locks that will expire. The class
/// is not thread-safe.</summary>
internal sealed class QueueState(MessageQueue messageQueue)
{
    private readonly Dictionary<string, SessionState> sessions = new(StringComparer.Ordinal);
    private readonly PriorityQueue<SessionState, long> line = new();

    /// <summary>The available messages, if the queue or subscription does not use sessions.</summary>
    internal FreeMessages Free { get; } = new();

    // All locks of one queue or subscription last equally long, so the first in the list is the first to expire.
    internal LinkedList<MessageLock> Locks { get; } = new();

    internal LinkedList<SessionHold> Holds { get; } = new();

    internal void Add(string? session, long sequenceNumber)
    {
        if (!messageQueue.UsesSessions || session is null)
        {
            Free.Add(sequenceNumber);
            return;
        }

        var state = Session(session);
        state.Free.Add(sequenceNumber);
        Queue(state);
    }

    internal SessionState Session(string id)
    {
        if (!sessions.TryGetValue(id, out var state))
        {
            sessions.Add(id, state = new SessionState(id));
        }

        return state;
    }

    internal SessionHold? Hold(HeldSession session) =>
        sessions.TryGetValue(session.SessionId, out var state) && state.Hold is { IsEnding: false } hold && hold.Lock == session.Lock ? hold : null;

    /// <summary>The holder of a session, or null if nobody holds it.</summary>
    internal SessionHold? HoldOf(string sessionId) => sessions.GetValueOrDefault(sessionId)?.Hold;

    /// <summary>Among the sessions that nobody holds, the session whose message has waited longest, or null if none has an available
    /// message.</summary>
    internal SessionState? Next()
    {
        while (line.TryDequeue(out var session, out var number))
        {
            if (session.QueuedAs != number)
            {
                continue; // The session has since been queued again under another number.
            }

            session.QueuedAs = 0;
            if (session.Hold is null && !session.Free.IsEmpty)
            {
                if (session.Free.First == number)
                {
                    return session;
                }

                Queue(session);
            }
        }

        return null;
    }

    /// <summary>Marks a session as no longer held.</summary>
    internal void Release(SessionHold hold)
    {
        hold.Session.Hold = null;
        if (hold.Session.Free.IsEmpty)
        {
            sessions.Remove(hold.Session.Id);
        }
        else
        {
            Queue(hold.Session);
        }
    }

    internal void Add(MessageLock held)
    {
        if (held.Until == DateTimeOffset.MaxValue)
        {
            return;
        }

        var before = Locks.Last;
        while (before is not null && before.Value.Until > held.Until)
        {
            before = before.Previous;
        }

        held.ListNode = before is null ? Locks.AddFirst(held) : Locks.AddAfter(before, held);
    }

    internal void Remove(MessageLock held)
    {
        if (held.ListNode is { } place)
        {
            Locks.Remove(place);
            held.ListNode = null;
        }
    }

    internal void Add(SessionHold hold)
    {
        Remove(hold);
        hold.Place = hold.Until == DateTimeOffset.MaxValue ? null : Holds.AddLast(hold);
    }

    internal void Remove(SessionHold hold)
    {
        if (hold.Place is { } place)
        {
            Holds.Remove(place);
            hold.Place = null;
        }
    }

    private void Queue(SessionState session)
    {
        var first = session.Free.First;
        if (session.Hold is null && first != long.MaxValue && session.QueuedAs != first)
        {
            session.QueuedAs = first;
            line.Enqueue(session, first);
        }
    }
}
