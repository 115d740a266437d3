namespace IntegrationHub.Local.Bus.Store;

/// <summary>What happens by itself as time passes: locks end, hours come, lives end, windows close.</summary>
internal static class DueWork
{
    // More than this waits for the next transaction, so that a long sleep of the machine does not stop the bus when it wakes.
    private const int MostAtOnce = 1000;

    internal static void Do(Ledger ledger)
    {
        ledger.Look();
        foreach (var (room, id, held) in ledger.File.Rows(
            "SELECT room, id, lock FROM session WHERE locked_until <= $1", row => (row.GetInt64(0), row.GetString(1), new Guid(row.GetFieldValue<byte[]>(2))), ledger.Now))
        {
            if (ledger.Room(room) is { } place)
            {
                Sessions.Release(ledger, place, id, held);
                ledger.LostSessions.Add(held);
            }
        }

        foreach (var (sequenceNumber, room, status, isLocked) in ledger.File.Rows(
            "SELECT seq, room, status, lock IS NOT NULL FROM message WHERE due <= $1 ORDER BY due LIMIT $2",
            row => (row.GetInt64(0), row.GetInt64(1), (MessageStatus)row.GetInt32(2), row.GetBoolean(3)), ledger.Now, MostAtOnce))
        {
            if (ledger.Room(room) is not { } place)
            {
                // A subscription that is configured no more: its messages keep still until it comes back.
                ledger.File.Run("UPDATE message SET due = NULL WHERE seq = $1", sequenceNumber);
            }
            else if (status == MessageStatus.Scheduled)
            {
                Sending.Ripen(ledger, sequenceNumber);
            }
            else if (isLocked)
            {
                ledger.Free(place, sequenceNumber, failed: true);
            }
            else if (place.Settings.DeadLetterOnExpiry)
            {
                ledger.Bury(place, sequenceNumber, "TTLExpiredException", "The message expired and was dead lettered.");
            }
            else
            {
                ledger.Delete(sequenceNumber);
            }
        }

        ledger.File.Run("DELETE FROM seen WHERE until <= $1", ledger.Now);
    }

    /// <summary>When something is due next; null when nothing ever is.</summary>
    internal static DateTimeOffset? Next(Ledger ledger)
    {
        var message = ledger.File.Scalar("SELECT MIN(due) FROM message WHERE due IS NOT NULL") as long?;
        var session = ledger.File.Scalar("SELECT MIN(locked_until) FROM session WHERE locked_until IS NOT NULL") as long?;
        return (message, session) switch
        {
            (null, null) => null,
            ({ } m, null) => Ledger.Instant(m),
            (null, { } s) => Ledger.Instant(s),
            ({ } m, { } s) => Ledger.Instant(Math.Min(m, s)),
        };
    }
}
