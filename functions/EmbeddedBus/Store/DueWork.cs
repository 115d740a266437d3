using IntegrationHub.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>Does the work that becomes due as time passes: scheduled messages, expired messages, and ids whose duplicate-detection
/// window has closed.</summary>
internal static class DueWork
{
    // One transaction handles at most this many messages, so that the bus is not blocked when the machine wakes from a long sleep.
    private const int MaxAtOnce = 1000;

    internal static void Do(Ledger ledger, Deliveries deliveries)
    {
        ledger.ReadClock();
        if (ledger.NextDue > ledger.Now || !ledger.IsClockTrusted)
        {
            return;
        }

        foreach (var (sequenceNumber, messageQueue, status, session) in ledger.File.Rows(
            "SELECT seq, room, status, session_id FROM message WHERE due <= $0 ORDER BY due LIMIT $1",
            row => (row.GetInt64(0), row.GetInt64(1), (MessageStatus)row.GetInt32(2), row.IsDBNull(3) ? null : row.GetString(3)), ledger.Now, MaxAtOnce))
        {
            if (ledger.QueueOf(messageQueue) is not { } place)
            {
                // The subscription is no longer configured, so its messages stay unchanged until it is configured again.
                ledger.File.Run("UPDATE message SET due = NULL WHERE seq = $0", sequenceNumber);
            }
            else if (status == MessageStatus.Scheduled)
            {
                Sending.SendScheduled(ledger, sequenceNumber);
            }
            else
            {
                Expire(ledger, deliveries, place, sequenceNumber, session, status);
            }
        }

        ledger.File.Run("DELETE FROM seen WHERE until <= $0", ledger.Now);
        ledger.NextDue = Next(ledger.File);
    }

    private static void Expire(Ledger ledger, Deliveries deliveries, MessageQueue messageQueue, long sequenceNumber, string? session, MessageStatus status)
    {
        MessageLock? held;
        while ((held = deliveries.LockForBus(messageQueue, sequenceNumber, session, status == MessageStatus.Deferred)) is null)
        {
            if (deliveries.MarkOverdue(sequenceNumber))
            {
                // The receiver can still settle the message. The message becomes due again when its lock is released.
                ledger.File.Run("UPDATE message SET due = NULL WHERE seq = $0", sequenceNumber);
                return;
            }
        }

        ledger.Withdrawn.Add(held);
        if (messageQueue.Settings.DeadLetterOnExpiry)
        {
            ledger.MoveToDeadLetters(held, DeadLetterReasons.Expired, "The message expired and was dead lettered.");
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
