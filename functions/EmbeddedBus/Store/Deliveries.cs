namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>
/// Who may have which message, in memory: what is free, what is locked, which sessions are held. Taking, renewing and giving back do not
/// use the disk, so a slow disk cannot make a lock run out. Safe for several threads; the caller that changes something sends the notices
/// afterwards.
/// </summary>
internal sealed partial class Deliveries(TimeProvider clock)
{
    // A settlement that could not be written is tried again by its receiver; a lock that has run out meanwhile is kept this long for it.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<WaitingRoom, RoomState> rooms = [];
    private readonly Dictionary<Guid, MessageLock> byToken = [];
    private readonly Dictionary<long, MessageLock> byNumber = [];

    /// <summary>When the next lock runs out; null when none does.</summary>
    internal DateTimeOffset? NextEnd
    {
        get
        {
            lock (gate)
            {
                DateTimeOffset? next = null;
                foreach (var room in rooms.Values)
                {
                    Earlier(room.Locks.First?.Value.Until);
                    Earlier(room.Holds.First?.Value.Until);
                }

                return next;

                void Earlier(DateTimeOffset? end) => next = end is { } time && (next is null || time < next) ? time : next;
            }
        }
    }

    /// <summary>A message is on the disk and may be taken.</summary>
    internal void Arrive(WaitingRoom room, string? session, long sequenceNumber, Notices notices)
    {
        lock (gate)
        {
            Offer(room, session, sequenceNumber, notices);
        }
    }

    /// <summary>Locks the next messages; none when the session is not held any more, or the receiver has gone.</summary>
    /// <param name="room">From where.</param>
    /// <param name="session">The session held, where the queue or subscription takes sessions.</param>
    /// <param name="most">The largest number returned.</param>
    /// <param name="lasts">How long the locks last; null for as long as this process.</param>
    /// <param name="isGone">Whether the receiver has gone.</param>
    internal IReadOnlyList<MessageLock> Take(WaitingRoom room, HeldSession? session, int most, TimeSpan? lasts, Func<bool>? isGone)
    {
        lock (gate)
        {
            var state = Of(room);
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
                    taken.Add(Lock(state, new MessageLock(room, number, hold) { Until = until, IsGone = isGone }));
                }
            }

            return taken;
        }
    }

    /// <summary>Locks a deferred message for a receiver; null when it is already locked, or its session is not held.</summary>
    internal MessageLock? TakeDeferred(WaitingRoom room, long sequenceNumber, HeldSession? session, Func<bool>? isGone)
    {
        lock (gate)
        {
            var state = Of(room);
            var hold = session is null ? null : state.Hold(session);
            return byNumber.ContainsKey(sequenceNumber) || (session is not null && hold is null)
                ? null
                : Lock(state, new MessageLock(room, sequenceNumber, hold) { Until = hold?.Until ?? End(room.Settings.LockDuration), IsGone = isGone, IsDeferred = true });
        }
    }

    /// <summary>Locks a message for the bus itself, which is about to change it; null when it is already locked.</summary>
    internal MessageLock? Withdraw(WaitingRoom room, long sequenceNumber, string? sessionId, bool isDeferred)
    {
        lock (gate)
        {
            return byNumber.ContainsKey(sequenceNumber) ? null : Lock(Of(room), new MessageLock(room, sequenceNumber, session: null)
            {
                SessionId = sessionId,
                Until = DateTimeOffset.MaxValue,
                IsDeferred = isDeferred,
                IsSettling = true,
            });
        }
    }

    /// <summary>The new end of the locks; null when one of them is lost, and then none is renewed.</summary>
    internal IReadOnlyList<DateTimeOffset>? Renew(WaitingRoom room, IReadOnlyList<Guid> tokens)
    {
        lock (gate)
        {
            var locks = tokens.Select(token => Held(room, token)).ToList();
            // A session's messages are renewed with the session.
            if (locks.Exists(held => held is null or { Session: not null }))
            {
                return null;
            }

            var (state, until) = (Of(room), clock.GetUtcNow() + room.Settings.LockDuration);
            foreach (var held in locks.OfType<MessageLock>())
            {
                state.Remove(held);
                held.Until = until;
                state.Add(held);
            }

            return [.. locks.Select(_ => until)];
        }
    }

    /// <summary>Begins settling and returns the lock: from now on it neither runs out nor can be settled again. Null when it is lost.</summary>
    internal MessageLock? BeginSettling(WaitingRoom room, Guid token)
    {
        lock (gate)
        {
            if (Held(room, token) is not { } held)
            {
                return null;
            }

            Of(room).Remove(held);
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

    /// <summary>A locked message does not expire while its receiver holds it: it does once it is free. False when it is not locked.</summary>
    internal bool MarkOverdue(long sequenceNumber)
    {
        lock (gate)
        {
            return byNumber.TryGetValue(sequenceNumber, out var held) && (held.IsOverdue = true);
        }
    }

    /// <summary>Until when a message is locked; null when it is not.</summary>
    internal DateTimeOffset? LockedUntil(long sequenceNumber)
    {
        lock (gate)
        {
            return byNumber.GetValueOrDefault(sequenceNumber)?.Until;
        }
    }

    /// <summary>
    /// Ends what has run out. A delivery failed when its receiver was there and let the lock run out; when the receiver has gone (a crash,
    /// a close, a broken connection), the message is free as if it had never been delivered.
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

    // A failure is counted on the disk before the message is free; until then it is treated as being settled.
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

    private MessageLock Lock(RoomState state, MessageLock held)
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

    private void Offer(WaitingRoom room, string? session, long sequenceNumber, Notices notices)
    {
        Of(room).Add(session, sequenceNumber);
        notices.Rooms.Add(room);
        if (room.TakesSessions && session is not null)
        {
            notices.Sessions.Add((room, session));
        }
    }

    private MessageLock? Held(WaitingRoom room, Guid token) =>
        byToken.TryGetValue(token, out var held) && held.Room == room && !held.IsSettling ? held : null;

    private DateTimeOffset End(TimeSpan? lasts) => lasts is { } time ? clock.GetUtcNow() + time : DateTimeOffset.MaxValue;

    private RoomState Of(WaitingRoom room)
    {
        if (!rooms.TryGetValue(room, out var state))
        {
            rooms.Add(room, state = new RoomState(room));
        }

        return state;
    }
}
