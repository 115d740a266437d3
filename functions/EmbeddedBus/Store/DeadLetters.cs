namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>Reasons for which the bus itself dead-letters a message, with the names that Azure Service Bus uses.</summary>
internal static class DeadLetterReasons
{
    /// <summary>The message's time to live ended before a receiver had processed it.</summary>
    internal const string Expired = "TTLExpiredException";

    /// <summary>The message's bytes on the disk differ from the bytes that were sent. Azure Service Bus has no such reason for a dead
    /// letter.</summary>
    internal const string Damaged = "MessageDamaged";
}

/// <summary>Counts messages and sends dead letters back, for the operators of the bus.</summary>
internal static class DeadLetters
{
    internal static IReadOnlyList<MessageQueueCount> Count(Ledger ledger, Topology topology)
    {
        var counts = ledger.File.Rows("SELECT room, status, COUNT(*), MIN(enqueued) FROM message GROUP BY room, status", row => (Room: row.GetInt64(0), Status: row.GetInt32(1), Count: row.GetInt64(2), Oldest: row.GetInt64(3)))
            .ToDictionary(row => (row.Room, (MessageStatus)row.Status), row => (row.Count, row.Oldest));
        return
        [
            .. topology.Queues.Where(messageQueue => messageQueue.DeadLettersOf is null).Select(messageQueue => new MessageQueueCount(
                messageQueue.Path, Of(messageQueue, MessageStatus.Active), Of(messageQueue, MessageStatus.Scheduled), Of(messageQueue, MessageStatus.Deferred),
                messageQueue.DeadLetters is { } dead ? Of(dead, MessageStatus.Active) + Of(dead, MessageStatus.Deferred) : 0,
                counts.TryGetValue((messageQueue.Id, MessageStatus.Active), out var active) ? Ledger.Instant(active.Oldest) : null)),
        ];

        long Of(MessageQueue messageQueue, MessageStatus status) => counts.GetValueOrDefault((messageQueue.Id, status)).Count;
    }

    /// <summary>Sends one dead letter back to its original queue, as if it had just been sent. The result is false if the dead letter does
    /// not exist.</summary>
    internal static bool Resubmit(Ledger ledger, MessageQueue messageQueue, MessageLock held)
    {
        var expires = ledger.Now + messageQueue.Settings.DefaultTimeToLive;
        var moved = ledger.File.Rows(
            """
            UPDATE message SET room = $1, status = 0, deliveries = 0, enqueued = $3, expires = $4, due = $4,
                dead_reason = NULL, dead_description = NULL, dead_source = NULL
            WHERE seq = $0 AND room = $2 RETURNING session_id
            """,
            row => row.IsDBNull(0) ? null : row.GetString(0), held.SequenceNumber, messageQueue.Id, held.Room.Id, ledger.Now, expires);
        ledger.Ended.Add((held, Fate.Gone));
        if (moved.Count > 0)
        {
            ledger.NoteDue(expires);
            ledger.Arrived.Add((messageQueue, moved[0], held.SequenceNumber));
        }

        return moved.Count > 0;
    }
}
