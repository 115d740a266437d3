namespace IntegrationHub.Local.Bus.Store;

/// <summary>Messages going out: in order, by number, or only looked at; and what receivers do with them.</summary>
internal static class Receiving
{
    internal static IReadOnlyList<HeldMessage> Receive(Ledger ledger, WaitingRoom room, HeldSession? session, int most, bool keep)
    {
        var held = session is null ? null : Sessions.Refresh(ledger, room, session);
        if (session is not null && held is null)
        {
            return [];
        }

        var found = held is null
            ? ledger.Held("m.room = $1 AND m.status = 0 AND m.lock IS NULL ORDER BY m.seq LIMIT $2", room.Id, most)
            : ledger.Held("m.room = $1 AND m.session_id = $2 AND m.status = 0 AND m.lock IS NULL ORDER BY m.seq LIMIT $3", room.Id, held.SessionId, most);
        return GiveOut(ledger, room, found, held, keep);
    }

    /// <summary>Deferred messages by their numbers; null when one of them is not there to be had.</summary>
    internal static IReadOnlyList<HeldMessage>? ReceiveDeferred(
        Ledger ledger, WaitingRoom room, IReadOnlyList<long> sequenceNumbers, HeldSession? session, bool keep)
    {
        var found = new List<HeldMessage>();
        foreach (var sequenceNumber in sequenceNumbers)
        {
            var message = ledger.Held("m.seq = $1 AND m.room = $2 AND m.status = 1 AND m.lock IS NULL", sequenceNumber, room.Id).FirstOrDefault();
            if (message is null || (room.TakesSessions && message.SessionId != session?.SessionId))
            {
                return null;
            }

            found.Add(message);
        }

        return GiveOut(ledger, room, found, session, keep);
    }

    internal static IReadOnlyList<HeldMessage> Peek(Ledger ledger, IReadOnlyList<WaitingRoom> rooms, long from, string? sessionId, int most) =>
        [.. rooms.SelectMany(room => sessionId is null
                ? ledger.Held("m.room = $1 AND m.seq >= $2 ORDER BY m.seq LIMIT $3", room.Id, from, most)
                : ledger.Held("m.room = $1 AND m.seq >= $2 AND m.session_id = $3 ORDER BY m.seq LIMIT $4", room.Id, from, sessionId, most))
            .OrderBy(message => message.SequenceNumber).Take(most)];

    /// <summary>True when the lock was held and the message is settled; false when the lock is lost, and nothing has changed.</summary>
    internal static bool Settle(Ledger ledger, WaitingRoom room, Guid token, Settlement settlement)
    {
        if (ledger.File.Scalar("SELECT seq FROM message WHERE lock = $1 AND room = $2", token, room.Id) is not long sequenceNumber)
        {
            return false;
        }

        if (settlement.Rewrite is { } rewrite)
        {
            var bare = (byte[])ledger.File.Scalar("SELECT bare FROM content WHERE seq = $1", sequenceNumber)!;
            ledger.File.Run("UPDATE content SET bare = $2 WHERE seq = $1", sequenceNumber, rewrite(bare));
        }

        switch (settlement)
        {
            case Settlement.Complete:
                ledger.Delete(sequenceNumber);
                break;
            case Settlement.Abandon:
                ledger.Free(room, sequenceNumber, failed: true);
                break;
            case Settlement.PutBack:
                ledger.Free(room, sequenceNumber, failed: false);
                break;
            case Settlement.Defer:
                ledger.Free(room, sequenceNumber, failed: false);
                ledger.File.Run("UPDATE message SET status = 1 WHERE seq = $1", sequenceNumber);
                break;
            case Settlement.DeadLetter dead:
                ledger.Bury(room, sequenceNumber, dead.Reason, dead.Description);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(settlement));
        }

        return true;
    }

    /// <summary>The new ends of the locks; null when one of them is lost, and then none is renewed.</summary>
    internal static IReadOnlyList<DateTimeOffset>? Renew(Ledger ledger, WaitingRoom room, IReadOnlyList<Guid> tokens)
    {
        var until = ledger.Now + room.Settings.LockDuration;
        foreach (var token in tokens)
        {
            // A session's messages are renewed with the session.
            if (ledger.File.Scalar("SELECT 1 FROM message WHERE lock = $1 AND room = $2 AND session_lock IS NULL", token, room.Id) is null)
            {
                return null;
            }
        }

        foreach (var token in tokens)
        {
            ledger.File.Run("UPDATE message SET locked_until = $2, due = $2 WHERE lock = $1", token, until);
        }

        return [.. tokens.Select(_ => until)];
    }

    private static List<HeldMessage> GiveOut(Ledger ledger, WaitingRoom room, IReadOnlyList<HeldMessage> found, HeldSession? session, bool keep)
    {
        var given = new List<HeldMessage>(found.Count);
        foreach (var message in found)
        {
            if (keep)
            {
                given.Add(ledger.Lock(room, message, session));
            }
            else
            {
                ledger.Delete(message.SequenceNumber);
                given.Add(message);
            }
        }

        return given;
    }
}
