namespace IntegrationHub.EmbeddedBus.Store;

/// <content>Sessions, with their holders and the expiry times of their locks.</content>
internal sealed partial class Deliveries
{
    /// <summary>Accepts the named session, or the next one with an available message. The result is null if the named session is already
    /// held, or if no session has an available message.</summary>
    internal HeldSession? Accept(MessageQueue messageQueue, string? sessionId, TimeSpan? lasts, Func<bool>? isGone)
    {
        lock (gate)
        {
            var state = Of(messageQueue);
            var session = sessionId is null ? state.Next() : state.Session(sessionId);
            if (session is null || session.Hold is not null)
            {
                return null;
            }

            var hold = new SessionHold(messageQueue, session, isGone) { Until = End(lasts) };
            session.Hold = hold;
            state.Add(hold);
            return hold.ToHeld();
        }
    }

    /// <summary>The present state of a session, or null if it is no longer held under this lock.</summary>
    internal HeldSession? Find(MessageQueue messageQueue, HeldSession session)
    {
        lock (gate)
        {
            return Of(messageQueue).Hold(session)?.ToHeld();
        }
    }

    /// <summary>The holder of a message or of its session, or null if nobody holds either.</summary>
    internal Holder? HolderOf(MessageQueue messageQueue, long sequenceNumber, string? sessionId)
    {
        lock (gate)
        {
            return byNumber.TryGetValue(sequenceNumber, out var held) ? new Holder(held.Until, held.IsGone?.Invoke() is true)
                : sessionId is not null && Of(messageQueue).HoldOf(sessionId) is { } hold ? new Holder(hold.Until, hold.IsGone)
                : null;
        }
    }

    /// <summary>Renews the lock of a session. The result is null if the lock is lost.</summary>
    internal HeldSession? Renew(MessageQueue messageQueue, HeldSession session)
    {
        lock (gate)
        {
            var state = Of(messageQueue);
            if (state.Hold(session) is not { } hold)
            {
                return null;
            }

            hold.Until = clock.GetUtcNow() + messageQueue.Settings.LockDuration;
            state.Add(hold);
            foreach (var message in hold.Messages)
            {
                message.Until = hold.Until;
            }

            return hold.ToHeld();
        }
    }

    /// <summary>Ends the lock of a session. Messages that were delivered under the lock and not settled become available again, which does
    /// not count as a failed delivery.</summary>
    internal void Release(MessageQueue messageQueue, HeldSession session, Notices notices)
    {
        lock (gate)
        {
            if (Of(messageQueue).Hold(session) is { } hold)
            {
                End(hold, isFailure: false, notices);
            }
        }
    }

    /// <summary>Whether the last holder's settlements of a session are still being written to the disk.</summary>
    internal bool IsEnding(MessageQueue messageQueue, string sessionId)
    {
        lock (gate)
        {
            return Of(messageQueue).Session(sessionId).Hold is { IsEnding: true };
        }
    }

    private void End(SessionHold hold, bool isFailure, Notices notices)
    {
        foreach (var message in hold.Messages.Where(message => !message.IsSettling).ToList())
        {
            Fail(message, isFailure, notices);
        }

        // If a message that is being settled is returned, it must be delivered first, so nobody gets the session until the settlement has
        // either been written or failed.
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

        Of(hold.Room).Release(hold);
        if (!hold.Session.Free.IsEmpty)
        {
            notices.Queues.Add(hold.Room);
        }
    }
}
