namespace IntegrationHub.EmbeddedBus.Store;

/// <content>Sessions: who holds which, and for how long.</content>
internal sealed partial class Deliveries
{
    /// <summary>Takes the session named, or the next with a free message; null when it is already held, or there is none.</summary>
    internal HeldSession? Accept(WaitingRoom room, string? sessionId, TimeSpan? lasts, Func<bool>? isGone)
    {
        lock (gate)
        {
            var state = Of(room);
            var session = sessionId is null ? state.Next() : state.Session(sessionId);
            if (session is null || session.Hold is not null)
            {
                return null;
            }

            var hold = new SessionHold(room, session, isGone) { Until = End(lasts) };
            session.Hold = hold;
            state.Add(hold);
            return hold.ToHeld();
        }
    }

    /// <summary>The session as it is now; null when it is not held under this lock any more.</summary>
    internal HeldSession? Find(WaitingRoom room, HeldSession session)
    {
        lock (gate)
        {
            return Of(room).Hold(session)?.ToHeld();
        }
    }

    /// <summary>Who holds a message, or else its session; null when nobody does.</summary>
    internal Holder? HolderOf(WaitingRoom room, long sequenceNumber, string? sessionId)
    {
        lock (gate)
        {
            return byNumber.TryGetValue(sequenceNumber, out var held) ? new Holder(held.Until, held.IsGone?.Invoke() is true)
                : sessionId is not null && Of(room).HoldOf(sessionId) is { } hold ? new Holder(hold.Until, hold.IsGone)
                : null;
        }
    }

    /// <summary>Renews a hold; null when it is lost.</summary>
    internal HeldSession? Renew(WaitingRoom room, HeldSession session)
    {
        lock (gate)
        {
            var state = Of(room);
            if (state.Hold(session) is not { } hold)
            {
                return null;
            }

            hold.Until = clock.GetUtcNow() + room.Settings.LockDuration;
            state.Add(hold);
            foreach (var message in hold.Messages)
            {
                message.Until = hold.Until;
            }

            return hold.ToHeld();
        }
    }

    /// <summary>Ends a hold; what was delivered under it and not settled is free, and that does not count as a failed delivery.</summary>
    internal void Release(WaitingRoom room, HeldSession session, Notices notices)
    {
        lock (gate)
        {
            if (Of(room).Hold(session) is { } hold)
            {
                End(hold, isFailure: false, notices);
            }
        }
    }

    /// <summary>True while the last holder's settlements of a session are on the way to the disk.</summary>
    internal bool IsEnding(WaitingRoom room, string sessionId)
    {
        lock (gate)
        {
            return Of(room).Session(sessionId).Hold is { IsEnding: true };
        }
    }

    private void End(SessionHold hold, bool isFailure, Notices notices)
    {
        foreach (var message in hold.Messages.Where(message => !message.IsSettling).ToList())
        {
            Fail(message, isFailure, notices);
        }

        // A message that is being settled comes first if it comes back, so nobody gets the session before that is decided.
        hold.IsEnding = true;
        Of(hold.Room).Remove(hold);
        LetGoIfDone(hold, notices);
    }

    private void LetGoIfDone(SessionHold hold, Notices notices)
    {
        if (!hold.IsEnding || hold.Messages.Count > 0)
        {
            return;
        }

        Of(hold.Room).LetGo(hold);
        if (!hold.Session.Free.IsEmpty)
        {
            notices.Rooms.Add(hold.Room);
        }
    }
}
