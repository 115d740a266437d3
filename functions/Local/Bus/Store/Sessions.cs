namespace IntegrationHub.Local.Bus.Store;

/// <summary>Sessions: who holds one, for how long, and what it remembers.</summary>
internal static class Sessions
{
    /// <summary>Takes the session asked for, or the next one with a free message; null when it is taken, or there is none.</summary>
    internal static HeldSession? Accept(Ledger ledger, WaitingRoom room, string? sessionId)
    {
        var chosen = sessionId ?? (string?)ledger.File.Scalar(
            """
            SELECT m.session_id FROM message m
            WHERE m.room = $1 AND m.status = 0 AND m.lock IS NULL AND m.session_id IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM session s WHERE s.room = m.room AND s.id = m.session_id AND s.lock IS NOT NULL)
            ORDER BY m.seq LIMIT 1
            """,
            room.Id);
        if (chosen is null)
        {
            return null;
        }

        var held = new HeldSession(chosen, Guid.NewGuid(), ledger.Now + room.Settings.LockDuration);
        var taken = ledger.File.Run(
            """
            INSERT INTO session (room, id, lock, locked_until, changed) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (room, id) DO UPDATE SET lock = excluded.lock, locked_until = excluded.locked_until WHERE lock IS NULL
            """,
            room.Id, chosen, held.Lock, held.LockedUntil, ledger.Now);
        return taken == 0 ? null : held;
    }

    /// <summary>The session as it stands; null when its lock is lost.</summary>
    internal static HeldSession? Refresh(Ledger ledger, WaitingRoom room, HeldSession session) =>
        ledger.File.Scalar("SELECT locked_until FROM session WHERE room = $1 AND id = $2 AND lock = $3", room.Id, session.SessionId, session.Lock) is long until
            ? session with { LockedUntil = Ledger.Instant(until) }
            : null;

    internal static HeldSession? Renew(Ledger ledger, WaitingRoom room, HeldSession session)
    {
        var until = ledger.Now + room.Settings.LockDuration;
        if (ledger.File.Run(
            "UPDATE session SET locked_until = $4 WHERE room = $1 AND id = $2 AND lock = $3", room.Id, session.SessionId, session.Lock, until) == 0)
        {
            return null;
        }

        ledger.File.Run("UPDATE message SET locked_until = $2 WHERE session_lock = $1", session.Lock, until);
        return session with { LockedUntil = until };
    }

    /// <summary>Ends the hold; what was given out under it and not settled counts as a failed delivery.</summary>
    internal static void Release(Ledger ledger, WaitingRoom room, string sessionId, Guid sessionLock)
    {
        foreach (var sequenceNumber in ledger.File.Rows("SELECT seq FROM message WHERE session_lock = $1", row => row.GetInt64(0), sessionLock))
        {
            ledger.Free(room, sequenceNumber, failed: true);
        }

        ledger.File.Run("UPDATE session SET lock = NULL, locked_until = NULL WHERE room = $1 AND id = $2 AND lock = $3", room.Id, sessionId, sessionLock);
        ledger.File.Run("DELETE FROM session WHERE room = $1 AND id = $2 AND lock IS NULL AND state IS NULL", room.Id, sessionId);
        ledger.Freed.Add(room);
    }

    internal static byte[]? State(Ledger ledger, WaitingRoom room, string sessionId) =>
        (byte[]?)ledger.File.Scalar("SELECT state FROM session WHERE room = $1 AND id = $2", room.Id, sessionId);

    /// <summary>False when the lock is lost.</summary>
    internal static bool Remember(Ledger ledger, WaitingRoom room, HeldSession session, byte[]? state) =>
        ledger.File.Run(
            "UPDATE session SET state = $4, changed = $5 WHERE room = $1 AND id = $2 AND lock = $3", room.Id, session.SessionId, session.Lock, state, ledger.Now) > 0;

    /// <summary>Ids of sessions that hold a message or a state.</summary>
    internal static IReadOnlyList<string> List(Ledger ledger, WaitingRoom room, DateTimeOffset changedSince, int skip, int top) =>
        ledger.File.Rows(
            """
            SELECT session_id FROM message WHERE room = $1 AND session_id IS NOT NULL
            UNION SELECT id FROM session WHERE room = $1 AND state IS NOT NULL AND changed >= $2
            ORDER BY 1 LIMIT $4 OFFSET $3
            """,
            row => row.GetString(0), room.Id, changedSince, skip, top);
}
