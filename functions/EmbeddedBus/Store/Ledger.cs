using System.Globalization;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>What all work on the file shares: the SQL statements, the time, and the changes to make in memory after the commit.</summary>
internal sealed class Ledger(DataFile file, Topology topology, TimeProvider clock, SenderUsage amounts, IClockTrust? trust = null)
{
    // The time of the next due work is stored as ticks, so that other threads can read it safely.
    private long nextDue;

    internal DataFile File => file;

    /// <summary>How much is stored for each sender.</summary>
    internal SenderUsage Amounts => amounts;

    internal DateTimeOffset Now { get; private set; } = clock.GetUtcNow();

    /// <summary>A time that is not later than the time at which work on the file is next due. It is kept in memory so that transactions do
    /// not have to read it from the file.</summary>
    internal DateTimeOffset NextDue
    {
        get => new(Volatile.Read(ref nextDue), TimeSpan.Zero);
        set => Volatile.Write(ref nextDue, value.UtcTicks);
    }

    /// <summary>Messages that become available to receivers once the transaction is on the disk.</summary>
    internal List<(MessageQueue Room, string? Session, long SequenceNumber)> Arrived { get; } = [];

    /// <summary>Locks that end with the transaction.</summary>
    internal List<(MessageLock Held, Fate Fate)> Ended { get; } = [];

    /// <summary>Messages that the bus itself has locked for the transaction, and that become available again if the transaction
    /// fails.</summary>
    internal List<MessageLock> Withdrawn { get; } = [];

    /// <summary>Whether messages can expire, and scheduled messages can be sent, because of the time alone.</summary>
    internal bool IsClockTrusted => trust?.IsTrusted ?? true;

    /// <summary>Sets the time of the transaction from the clock.</summary>
    internal void ReadClock() => Now = clock.GetUtcNow();

    internal void NoteDue(DateTimeOffset due) => NextDue = due < NextDue ? due : NextDue;

    internal MessageQueue? QueueOf(long id) => topology.Queues.FirstOrDefault(messageQueue => messageQueue.Id == id);

    internal void Delete(long sequenceNumber)
    {
        var sender = file.Scalar("DELETE FROM message WHERE seq = $0 RETURNING sent_by", sequenceNumber) as string;
        if (file.Scalar("DELETE FROM content WHERE seq = $0 RETURNING length(bare) + length(annotations)", sequenceNumber) is long bytes)
        {
            amounts.Add(sender, -1, -bytes);
        }
    }

    /// <summary>Counts a failed delivery, and dead-letters the message if there are too many.</summary>
    internal void Fail(MessageLock held)
    {
        var deliveries = file.Scalar("UPDATE message SET deliveries = deliveries + 1 WHERE seq = $0 RETURNING deliveries", held.SequenceNumber) as long?;
        if (deliveries is null)
        {
            Ended.Add((held, Fate.Gone));
        }
        else if (held.Room.DeadLetters is not null && deliveries >= held.Room.Settings.MaxDeliveryCount)
        {
            MoveToDeadLetters(held, "MaxDeliveryCountExceeded", string.Create(
                CultureInfo.InvariantCulture, $"Message could not be consumed after {held.Room.Settings.MaxDeliveryCount} delivery attempts."));
        }
        else
        {
            Ended.Add((held, Fate.Free));
        }
    }

    /// <summary>Moves a message to the dead letters of its queue or subscription. A dead letter is not moved again; it becomes available in
    /// the same place.</summary>
    internal void MoveToDeadLetters(MessageLock held, string? reason, string? description)
    {
        if (held.Room.DeadLetters is not { } deadLetters)
        {
            Ended.Add((held, Fate.Free));
            return;
        }

        file.Run(
            """
            UPDATE message SET room = $1, status = 0, due = NULL, expires = NULL, scheduled = NULL,
                dead_reason = $2, dead_description = $3, dead_source = $4 WHERE seq = $0
            """,
            held.SequenceNumber, deadLetters.Id, reason, description, held.Room.Path);
        Ended.Add((held, Fate.Gone));
        Arrived.Add((deadLetters, null, held.SequenceNumber));
    }

    /// <summary>Clears the pending changes when the transaction has ended, successfully or not.</summary>
    internal void Clear()
    {
        Arrived.Clear();
        Ended.Clear();
        Withdrawn.Clear();
    }

    internal static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
