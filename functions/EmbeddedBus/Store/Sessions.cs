namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>The stored states of sessions, on the disk. The file does not record who holds a session; this is known only in memory.</summary>
internal static class Sessions
{
    internal static byte[]? State(Ledger ledger, MessageQueue messageQueue, string sessionId) =>
        (byte[]?)ledger.File.Scalar("SELECT state FROM session WHERE room = $0 AND id = $1", messageQueue.Id, sessionId);

    internal static void Remember(Ledger ledger, MessageQueue messageQueue, string sessionId, byte[]? state)
    {
        if (state is null)
        {
            ledger.File.Run("DELETE FROM session WHERE room = $0 AND id = $1", messageQueue.Id, sessionId);
            return;
        }

        ledger.File.Run(
            """
            INSERT INTO session (room, id, state, changed) VALUES ($0, $1, $2, $3)
            ON CONFLICT (room, id) DO UPDATE SET state = excluded.state, changed = excluded.changed
            """,
            messageQueue.Id, sessionId, state, ledger.Now);
    }

    /// <summary>Lists the ids of sessions in which a message has arrived or the state was set since the given time. If the time is null,
    /// lists the sessions that have a message now.</summary>
    internal static IReadOnlyList<string> List(Ledger ledger, MessageQueue messageQueue, DateTimeOffset? changedSince, int skip, int top) =>
        changedSince is { } since
            ? ledger.File.Rows(
                """
                SELECT session_id FROM message WHERE room = $0 AND session_id IS NOT NULL AND enqueued >= $1
                UNION SELECT id FROM session WHERE room = $0 AND state IS NOT NULL AND changed >= $1
                ORDER BY 1 LIMIT $3 OFFSET $2
                """,
                row => row.GetString(0), messageQueue.Id, since, skip, top)
            : ledger.File.Rows(
                "SELECT DISTINCT session_id FROM message WHERE room = $0 AND session_id IS NOT NULL AND status = 0 ORDER BY 1 LIMIT $2 OFFSET $1",
                row => row.GetString(0), messageQueue.Id, skip, top);
}
