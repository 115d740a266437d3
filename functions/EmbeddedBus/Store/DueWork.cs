using IntegrationHub.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>What happens on the disk as time passes: scheduled times come, times to live end, windows of duplicate detection close.</summary>
internal static class DueWork
{
    // More than this waits for the next transaction, so that a long sleep of the machine does not stop the bus when it wakes.
    private const int MaxAtOnce = 1000;

    internal static void Do(Ledger ledger, Deliveries deliveries)
    {
        ledger.Look();
        if (ledger.NextDue > ledger.Now)
        {
            return;
        }

        foreach (var (sequenceNumber, room, status, session) in ledger.File.Rows(
            "SELECT seq, room, status, session_id FROM message WHERE due <= $0 ORDER BY due LIMIT $1",
            row => (row.GetInt64(0), row.GetInt64(1), (MessageStatus)row.GetInt32(2), row.IsDBNull(3) ? null : row.GetString(3)), ledger.Now, MaxAtOnce))
        {
            if (ledger.Room(room) is not { } place)
            {
                // A subscription that is no longer configured: its messages stay as they are until it comes back.
                ledger.File.Run("UPDATE message SET due = NULL WHERE seq = $0", sequenceNumber);
            }
            else if (status == MessageStatus.Scheduled)
            {
                Sending.Ripen(ledger, sequenceNumber);
            }
            else
            {
                Expire(ledger, deliveries, place, sequenceNumber, session, status);
            }
        }

        ledger.File.Run("DELETE FROM seen WHERE until <= $0", ledger.Now);
        ledger.NextDue = Next(ledger.File);
    }

    private static void Expire(Ledger ledger, Deliveries deliveries, WaitingRoom room, long sequenceNumber, string? session, MessageStatus status)
    {
        MessageLock? held;
        while ((held = deliveries.Withdraw(room, sequenceNumber, session, status == MessageStatus.Deferred)) is null)
        {
            if (deliveries.MarkOverdue(sequenceNumber))
            {
                // Its receiver may still settle it. Once it is free, it is due again.
                ledger.File.Run("UPDATE message SET due = NULL WHERE seq = $0", sequenceNumber);
                return;
            }
        }

        ledger.Withdrawn.Add(held);
        if (room.Settings.DeadLetterOnExpiry)
        {
            ledger.Bury(held, DeadLetterReasons.Expired, "The message expired and was dead lettered.");
        }
        else
        {
            ledger.Delete(sequenceNumber);
            ledger.Ended.Add((held, Fate.Gone));
        }
    }

    private static DateTimeOffset Next(DataFile file)
    {
        var message = file.Scalar("SELECT MIN(due) FROM message WHERE due IS NOT NULL") as long? ?? long.MaxValue;
        var seen = file.Scalar("SELECT MIN(until) FROM seen") as long? ?? long.MaxValue;
        var next = Math.Min(message, seen);
        return next == long.MaxValue ? DateTimeOffset.MaxValue : Ledger.Instant(next);
    }
}
