namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>
/// Records in memory which messages are available or locked, and which sessions are held by a receiver. Locking, renewing and releasing do
/// not use the disk, so a slow disk cannot make a lock expire. The class is thread-safe; after a change, the caller must notify the
/// subscribers.
/// </summary>
internal sealed partial class Deliveries(TimeProvider clock)
{
    // If a settlement could not be written, its receiver tries again. A lock that would expire before the receiver can try again lasts this
    // much longer.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<MessageQueue, QueueState> rooms = [];
    private readonly Dictionary<Guid, MessageLock> byToken = [];
    private readonly Dictionary<long, MessageLock> byNumber = [];

    /// <summary>The time when the next lock expires, or null if no lock will expire.</summary>
    internal DateTimeOffset? NextEnd
    {
        get
        {
            lock (gate)
            {
                DateTimeOffset? next = null;
                foreach (var messageQueue in rooms.Values)
                {
                    Earlier(messageQueue.Locks.First?.Value.Until);
                    Earlier(messageQueue.Holds.First?.Value.Until);
                }

                return next;

                void Earlier(DateTimeOffset? end) => next = end is { } time && (next is null || time < next) ? time : next;
            }
        }
    }

    /// <summary>Makes a message that is on the disk available to receivers.</summary>
    internal void Arrive(MessageQueue messageQueue, string? session, long sequenceNumber, Notices notices)
    {
        lock (gate)
        {
            Offer(messageQueue, session, sequenceNumber, notices);
        }
    }

    /// <summary>Locks the next messages, or none if the session is no longer held or the receiver has disconnected.</summary>
    /// <param name="messageQueue">The queue or subscription of the messages.</param>
    /// <param name="session">The session held, or null if the queue or subscription does not use sessions.</param>
    /// <param name="most">The greatest number of messages to lock.</param>
    /// <param name="lasts">How long the locks last, or null for the lifetime of this process.</param>
    /// <param name="isGone">Whether the receiver has disconnected.</param>
    internal IReadOnlyList<MessageLock> Take(MessageQueue messageQueue, HeldSession? session, int most, TimeSpan? lasts, Func<bool>? isGone)
    {
        lock (gate)
        {
            var state = Of(messageQueue);
            var hold = session is null ? null : state.Hold(session);
            if (isGone?.Invoke() is true || (session is not null && hold is null))
            {
                return [];
            }

            var free = hold?.Session.Free ?? state.Free;
            var until = hold?.Until ?? End(lasts);
            var taken = new List<MessageLock>(Math.Min(most, 16));
            while (taken.Count < most && free.TryTake(out var number))
            {
                if (!byNumber.ContainsKey(number))
                {
                    taken.Add(Lock(state, new MessageLock(messageQueue, number, hold) { Until = until, IsGone = isGone }));
                }
            }

            return taken;
        }
    }

    /// <summary>Locks a deferred message for a receiver. The result is null if the message is already locked or its session is not
    /// held.</summary>
    internal MessageLock? TakeDeferred(MessageQueue messageQueue, long sequenceNumber, HeldSession? session, Func<bool>? isGone)
    {
        lock (gate)
        {
            var state = Of(messageQueue);
            var hold = session is null ? null : state.Hold(session);
            return byNumber.ContainsKey(sequenceNumber) || (session is not null && hold is null)
                ? null
                : Lock(state, new MessageLock(messageQueue, sequenceNumber, hold) { Until = hold?.Until ?? End(messageQueue.Settings.LockDuration), IsGone = isGone, IsDeferred = true });
        }
    }

    /// <summary>Locks a message for the bus itself, which is about to change the message. The result is null if the message is already
    /// locked.</summary>
    internal MessageLock? LockForBus(MessageQueue messageQueue, long sequenceNumber, string? sessionId, bool isDeferred)
    {
        lock (gate)
        {
            return byNumber.ContainsKey(sequenceNumber) ? null : Lock(Of(messageQueue), new MessageLock(messageQueue, sequenceNumber, session: null)
            {
                SessionId = sessionId,
                Until = DateTimeOffset.MaxValue,
                IsDeferred = isDeferred,
                IsSettling = true,
            });
        }
    }

    /// <summary>Renews these locks and returns their new expiry times. If one lock is lost, none is renewed and the result is
    /// null.</summary>
    internal IReadOnlyList<DateTimeOffset>? Renew(MessageQueue messageQueue, IReadOnlyList<Guid> tokens)
    {
        lock (gate)
        {
            var locks = tokens.Select(token => Held(messageQueue, token)).ToList();
            // The locks of a session's messages are renewed together with the session.
            if (locks.Exists(held => held is null or { Session: not null }))
            {
                return null;
            }

            var (state, until) = (Of(messageQueue), clock.GetUtcNow() + messageQueue.Settings.LockDuration);
            foreach (var held in locks.OfType<MessageLock>())
            {
                state.Remove(held);
                held.Until = until;
                state.Add(held);
            }

            return [.. locks.Select(_ => until)];
        }
    }

    /// <summary>Begins to settle a message and returns its lock, which from now on does not expire and cannot be used to settle the message
    /// again. The result is null if the lock is lost.</summary>
    internal MessageLock? BeginSettling(MessageQueue messageQueue, Guid token)
    {
        lock (gate)
        {
            if (Held(messageQueue, token) is not { } held)
            {
                return null;
            }

            Of(messageQueue).Remove(held);
            held.IsSettling = true;
            return held;
        }
    }

    internal void EndSettling(MessageLock held, Fate fate, Notices notices)
    {
        lock (gate)
        {
            var isHeld = held.Session is not { IsEnding: true };
            if (fate == Fate.Restored && isHeld)
            {
                held.IsSettling = false;
                var soonest = clock.GetUtcNow() + Again;
                held.Until = held.Until > soonest || held.Session is not null ? held.Until : soonest;
                if (held.Session is null)
                {
                    Of(held.Room).Add(held);
                }

                return;
            }

            Unlock(held, isFree: fate != Fate.Gone, notices);
        }
    }

    /// <summary>Marks a locked message as overdue: it does not expire while its receiver holds it; it expires as soon as the lock is
    /// released. The result is false if the message is not locked.</summary>
    internal bool MarkOverdue(long sequenceNumber)
    {
        lock (gate)
        {
            return byNumber.TryGetValue(sequenceNumber, out var held) && (held.IsOverdue = true);
        }
    }

    /// <summary>When a message's lock expires, or null if the message is not locked.</summary>
    internal DateTimeOffset? LockedUntil(long sequenceNumber)
    {
        lock (gate)
        {
            return byNumber.GetValueOrDefault(sequenceNumber)?.Until;
        }
    }

    /// <summary>
    /// Ends the locks that have expired. If the receiver is still connected, this counts as a failed delivery. If the receiver has
    /// disconnected (a crash, a close, a broken connection), the message becomes available as if it had never been delivered.
    /// </summary>
    internal void Expire(Notices notices)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            foreach (var state in rooms.Values)
            {
                while (state.Holds.First is { Value: { } hold } && hold.Until <= now)
                {
                    notices.Lost.Add(hold.Lock);
                    End(hold, isFailure: !hold.IsGone, notices);
                }

                while (state.Locks.First is { Value: { } held } && held.Until <= now)
                {
                    state.Remove(held);
                    Fail(held, isFailure: held.IsGone?.Invoke() is not true, notices);
                }
            }
        }
    }

    // A failed delivery is counted on the disk before the message becomes available; until then the message is treated as being settled.
    private void Fail(MessageLock held, bool isFailure, Notices notices)
    {
        if (isFailure)
        {
            held.IsSettling = true;
            notices.Failed.Add(held);
        }
        else
        {
            Unlock(held, isFree: true, notices);
        }
    }

    private MessageLock Lock(QueueState state, MessageLock held)
    {
        byToken.Add(held.Token, held);
        byNumber.Add(held.SequenceNumber, held);
        if (held.Session is { } hold)
        {
            hold.Messages.Add(held);
        }
        else
        {
            state.Add(held);
        }

        return held;
    }

    private void Unlock(MessageLock held, bool isFree, Notices notices)
    {
        byToken.Remove(held.Token);
        byNumber.Remove(held.SequenceNumber);
        Of(held.Room).Remove(held);
        if (isFree && held.IsOverdue)
        {
            notices.Overdue.Add(held.SequenceNumber);
        }

        if (isFree && !held.IsDeferred)
        {
            Offer(held.Room, held.SessionId, held.SequenceNumber, notices);
        }

        if (held.Session is { } hold)
        {
            hold.Messages.Remove(held);
            LetGoIfDone(hold, notices);
        }
    }

    private void Offer(MessageQueue messageQueue, string? session, long sequenceNumber, Notices notices)
    {
        Of(messageQueue).Add(session, sequenceNumber);
        notices.Queues.Add(messageQueue);
        if (messageQueue.UsesSessions && session is not null)
        {
            notices.Sessions.Add((messageQueue, session));
        }
    }

    private MessageLock? Held(MessageQueue messageQueue, Guid token) =>
        byToken.TryGetValue(token, out var held) && held.Room == messageQueue && !held.IsSettling ? held : null;

    private DateTimeOffset End(TimeSpan? lasts) => lasts is { } time ? clock.GetUtcNow() + time : DateTimeOffset.MaxValue;

    private QueueState Of(MessageQueue messageQueue)
    {
        if (!rooms.TryGetValue(messageQueue, out var state))
        {
            rooms.Add(messageQueue, state = new QueueState(messageQueue));
        }

        return state;
    }
}
