using System.Globalization;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>Accepts new messages: drops duplicates, applies the filters and stores scheduled messages.</summary>
internal static class Sending
{
    internal static SendOutcome Send(Ledger ledger, SendTarget target, IReadOnlyList<NewMessage> messages)
    {
        foreach (var message in messages)
        {
            if (target.Settings.RequiresSession && string.IsNullOrEmpty(message.SessionId))
            {
                return new SendOutcome.Refused("This entity uses sessions, so a message needs a session id (AMQP group-id).");
            }
        }

        if (ledger.Amounts.Refusal(messages) is { } full)
        {
            return new SendOutcome.QuotaExceeded(full);
        }

        return new SendOutcome.Stored([.. messages.Select(message => Keep(ledger, target, message))]);
    }

    internal static bool Cancel(Ledger ledger, SendTarget target, IReadOnlyList<long> sequenceNumbers)
    {
        foreach (var sequenceNumber in sequenceNumbers)
        {
            if (ledger.File.Scalar("SELECT 1 FROM message WHERE seq = $0 AND room = $1 AND status = 2", sequenceNumber, target.ScheduledQueue.Id) is null)
            {
                return false;
            }
        }

        foreach (var sequenceNumber in sequenceNumbers)
        {
            ledger.Delete(sequenceNumber);
        }

        return true;
    }

    /// <summary>Sends a scheduled message to its destinations when its time has come, as if it were sent now.</summary>
    internal static void SendScheduled(Ledger ledger, long sequenceNumber)
    {
        var (targets, timeToLive) = ledger.File.Rows(
            "SELECT targets, time_to_live FROM message WHERE seq = $0", row => (row.GetString(0), row.GetInt64(1)), sequenceNumber)[0];
        foreach (var target in targets.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ledger.QueueOf(long.Parse(target, CultureInfo.InvariantCulture)) is not { } messageQueue)
            {
                continue; // The subscription has been removed from the configuration in the meantime.
            }

            var expires = ledger.Now.AddMilliseconds(timeToLive);
            var copy = ledger.File.Scalar(
                """
                INSERT INTO message (room, status, message_id, session_id, sent_by, enqueued, expires, time_to_live, due)
                SELECT $1, 0, message_id, session_id, sent_by, $2, $3, time_to_live, $3 FROM message WHERE seq = $0 RETURNING seq
                """,
                sequenceNumber, messageQueue.Id, ledger.Now, expires);
            ledger.File.Run("INSERT INTO content (seq, bare, annotations, sum) SELECT $1, bare, annotations, sum FROM content WHERE seq = $0", sequenceNumber, copy);
            ledger.Amounts.Add(ledger.File.Scalar("SELECT sent_by FROM message WHERE seq = $0", copy) as string, 1, (long)ledger.File.Scalar("SELECT length(bare) + length(annotations) FROM content WHERE seq = $0", copy)!);
            ledger.NoteDue(expires);
            ledger.Arrived.Add((messageQueue, SessionOf(ledger, (long)copy!), (long)copy!));
        }

        ledger.Delete(sequenceNumber);
    }

    private static string? SessionOf(Ledger ledger, long sequenceNumber) =>
        (string?)ledger.File.Scalar("SELECT session_id FROM message WHERE seq = $0", sequenceNumber);

    private static long Keep(Ledger ledger, SendTarget target, NewMessage message)
    {
        if (target.Settings.DuplicateDetectionWindow is { } window && !string.IsNullOrEmpty(message.MessageId))
        {
            var until = ledger.Now + window;
            var isNew = ledger.File.Run(
                """
                INSERT INTO seen (room, message_id, until) VALUES ($0, $1, $2)
                ON CONFLICT (room, message_id) DO UPDATE SET until = excluded.until WHERE until <= $3
                """,
                target.ScheduledQueue.Id, message.MessageId, until, ledger.Now) > 0;
            if (!isNew)
            {
                return 0;
            }

            ledger.NoteDue(until);
        }

        var rooms = target.Routes
            .Where(route => route.Filter is not { } filter || message.Property(filter.Property) == filter.Value)
            .Select(route => route.Queue).ToList();
        // If the sender sets a longer time to live than the queue or topic, the shorter one applies, as in Service Bus.
        var timeToLive = message.TimeToLive is { } asked && asked < target.Settings.DefaultTimeToLive ? asked : target.Settings.DefaultTimeToLive;
        if (message.ScheduledFor is { } hour && hour > ledger.Now)
        {
            var targets = string.Join(',', rooms.Select(messageQueue => messageQueue.Id.ToString(CultureInfo.InvariantCulture)));
            return Insert(ledger, target.ScheduledQueue, message, MessageStatus.Scheduled, timeToLive, hour, targets);
        }

        var last = 0L;
        foreach (var messageQueue in rooms)
        {
            last = Insert(ledger, messageQueue, message, MessageStatus.Active, timeToLive, hour: null, targets: null);
            ledger.Arrived.Add((messageQueue, message.SessionId, last));
        }

        return last;
    }

    private static long Insert(
        Ledger ledger, MessageQueue messageQueue, NewMessage message, MessageStatus status, TimeSpan timeToLive, DateTimeOffset? hour, string? targets)
    {
        DateTimeOffset? expires = hour is null ? ledger.Now + timeToLive : null;
        ledger.NoteDue(hour ?? expires ?? DateTimeOffset.MaxValue);
        var sequenceNumber = (long)ledger.File.Scalar(
            """
            INSERT INTO message (room, status, message_id, session_id, sent_by, enqueued, expires, scheduled, time_to_live, targets, due)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING seq
            """,
            messageQueue.Id, (int)status, message.MessageId, message.SessionId, message.SentBy, ledger.Now, expires, hour,
            (long)timeToLive.TotalMilliseconds, targets, hour ?? expires)!;
        ledger.File.Run(
            "INSERT INTO content (seq, bare, annotations, sum) VALUES ($0, $1, $2, $3)",
            sequenceNumber, message.Bare, message.Annotations, ContentSum.Of(message.MessageId, message.SessionId, message.SentBy, message.Bare, message.Annotations));
        ledger.Amounts.Add(message);
        return sequenceNumber;
    }
}
