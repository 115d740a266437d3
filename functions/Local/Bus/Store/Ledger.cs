using System.Globalization;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Bus.Store;

/// <summary>What every piece of work on the file shares: the statements, the hour, and who must be told after the commit.</summary>
internal sealed class Ledger(BusFile file, Topology topology, TimeProvider clock)
{
    private const string HeldColumns = """
        m.seq, m.message_id, m.session_id, m.status, m.enqueued, m.expires, m.scheduled, m.deliveries, m.lock, m.locked_until,
        m.dead_reason, m.dead_description, m.dead_source, m.sent_by, c.bare, c.annotations
        """;

    internal BusFile File => file;

    internal DateTimeOffset Now { get; private set; } = clock.GetUtcNow();

    /// <summary>Rooms in which a message has become free since the transaction began.</summary>
    internal HashSet<WaitingRoom> Freed { get; } = [];

    /// <summary>Sessions in which a message has become free since the transaction began; whoever holds one looks again, and nobody else.</summary>
    internal HashSet<(WaitingRoom Room, string Session)> FreedSessions { get; } = [];

    /// <summary>Session locks that have run out since the transaction began.</summary>
    internal List<Guid> LostSessions { get; } = [];

    /// <summary>The hour at which the transaction happens.</summary>
    internal void Look() => Now = clock.GetUtcNow();

    internal WaitingRoom? Room(long id) => topology.Rooms.FirstOrDefault(room => room.Id == id);

    internal WaitingRoom? Room(string path) => topology.FindRoom(path);

    /// <summary>Messages with their content, by a condition on <c>m</c>.</summary>
    internal List<HeldMessage> Held(string condition, params ReadOnlySpan<object?> values) =>
        file.Rows($"SELECT {HeldColumns} FROM message m JOIN content c ON c.seq = m.seq WHERE {condition}", Read, values);

    /// <summary>Gives out a message under a new lock. A session's messages live and die with the session's lock.</summary>
    internal HeldMessage Lock(WaitingRoom room, HeldMessage message, HeldSession? session)
    {
        var token = Guid.NewGuid();
        var until = session?.LockedUntil ?? Now + room.Settings.LockDuration;
        file.Run(
            "UPDATE message SET lock = $2, locked_until = $3, session_lock = $4, due = $5 WHERE seq = $1",
            message.SequenceNumber, token, until, session?.Lock, session is null ? until : null);
        return message with { LockToken = token, LockedUntil = until };
    }

    internal void Delete(long sequenceNumber)
    {
        file.Run("DELETE FROM message WHERE seq = $1", sequenceNumber);
        file.Run("DELETE FROM content WHERE seq = $1", sequenceNumber);
    }

    /// <summary>Takes the lock off; a failed delivery counts, and one too many makes a dead letter.</summary>
    internal void Free(WaitingRoom room, long sequenceNumber, bool failed)
    {
        file.Run(
            "UPDATE message SET lock = NULL, locked_until = NULL, session_lock = NULL, due = expires, deliveries = deliveries + $2 WHERE seq = $1",
            sequenceNumber, failed ? 1 : 0);
        if (failed && room.DeadLetters is not null)
        {
            var deliveries = (long)file.Scalar("SELECT deliveries FROM message WHERE seq = $1", sequenceNumber)!;
            if (deliveries >= room.Settings.MaxDeliveryCount)
            {
                Bury(room, sequenceNumber, "MaxDeliveryCountExceeded", string.Create(
                    CultureInfo.InvariantCulture, $"Message could not be consumed after {room.Settings.MaxDeliveryCount} delivery attempts."));
                return;
            }
        }

        Offer(room, sequenceNumber);
    }

    /// <summary>Notes that a message can be had.</summary>
    internal void Offer(WaitingRoom room, long sequenceNumber) =>
        Offer(room, room.TakesSessions ? (string?)file.Scalar("SELECT session_id FROM message WHERE seq = $1", sequenceNumber) : null);

    /// <summary>Notes that a message of this session, or of none, can be had.</summary>
    internal void Offer(WaitingRoom room, string? sessionId)
    {
        Freed.Add(room);
        if (room.TakesSessions && sessionId is not null)
        {
            FreedSessions.Add((room, sessionId));
        }
    }

    /// <summary>Moves a message to the dead letters of its room.</summary>
    internal void Bury(WaitingRoom room, long sequenceNumber, string? reason, string? description)
    {
        if (room.DeadLetters is not { } deadLetters)
        {
            // Dead letters do not die twice: the message stays where it is, free for the next who looks.
            file.Run("UPDATE message SET lock = NULL, locked_until = NULL, session_lock = NULL, due = NULL WHERE seq = $1", sequenceNumber);
            Freed.Add(room);
            return;
        }

        file.Run(
            """
            UPDATE message SET room = $2, status = 0, lock = NULL, locked_until = NULL, session_lock = NULL, due = NULL, expires = NULL, scheduled = NULL,
                dead_reason = $3, dead_description = $4, dead_source = $5 WHERE seq = $1
            """,
            sequenceNumber, deadLetters.Id, reason, description, room.Path);
        Freed.Add(deadLetters);
    }

    internal static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static HeldMessage Read(SqliteDataReader row) => new()
    {
        SequenceNumber = row.GetInt64(0),
        MessageId = Text(row, 1),
        SessionId = Text(row, 2),
        Status = (MessageStatus)row.GetInt32(3),
        EnqueuedAt = Instant(row.GetInt64(4)),
        ExpiresAt = Maybe(row, 5),
        ScheduledFor = Maybe(row, 6),
        DeliveryCount = row.GetInt32(7),
        LockToken = row.IsDBNull(8) ? null : new Guid(row.GetFieldValue<byte[]>(8)),
        LockedUntil = Maybe(row, 9),
        DeadLetterReason = Text(row, 10),
        DeadLetterDescription = Text(row, 11),
        DeadLetterSource = Text(row, 12),
        SentBy = Text(row, 13),
        Bare = row.GetFieldValue<byte[]>(14),
        Annotations = row.GetFieldValue<byte[]>(15),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Maybe(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Instant(row.GetInt64(column));
}
