using IntegrationHub.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>Reads messages and their content from the disk, while another thread writes.</summary>
internal sealed class StoredMessageReader(DataFile file) : IDisposable
{
    private const string Select = """
        SELECT m.seq, m.message_id, m.session_id, m.status, m.enqueued, m.expires, m.scheduled, m.deliveries,
            m.dead_reason, m.dead_description, m.dead_source, m.sent_by, c.bare, c.annotations, c.sum
        FROM message m JOIN content c ON c.seq = m.seq
        """;

    private readonly Lock turn = new();
    private bool isClosed;

    /// <summary>Finds the message with this sequence number, if it is in this queue or subscription and in this state; otherwise returns
    /// null.</summary>
    /// <exception cref="ObjectDisposedException">The bus is closed.</exception>
    internal StoredMessage? Find(MessageQueue messageQueue, long sequenceNumber, MessageStatus status) =>
        Rows($"{Select} WHERE m.seq = $0 AND m.room = $1 AND m.status = $2", sequenceNumber, messageQueue.Id, (int)status).FirstOrDefault();

    /// <summary>Reads messages of a queue or subscription from a sequence number onwards, in any state.</summary>
    internal IReadOnlyList<StoredMessage> Peek(MessageQueue messageQueue, long from, string? sessionId, int most) => sessionId is null
        ? Rows($"{Select} WHERE m.room = $0 AND m.seq >= $1 ORDER BY m.seq LIMIT $2", messageQueue.Id, from, most)
        : Rows($"{Select} WHERE m.room = $0 AND m.seq >= $1 AND m.session_id = $2 ORDER BY m.seq LIMIT $3", messageQueue.Id, from, sessionId, most);

    public void Dispose()
    {
        lock (turn)
        {
            isClosed = true;
            file.Dispose();
        }
    }

    private List<StoredMessage> Rows(string sql, params ReadOnlySpan<object?> values)
    {
        lock (turn)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            return file.Rows(sql, Read, values);
        }
    }

    private static StoredMessage Read(SqliteDataReader row)
    {
        var message = Fields(row);
        return message with
        {
            IsDamaged = row.IsDBNull(14)
                || row.GetInt64(14) != ContentSum.Of(message.MessageId, message.SessionId, message.SentBy, message.Bare, message.Annotations),
        };
    }

    private static StoredMessage Fields(SqliteDataReader row) => new()
    {
        SequenceNumber = row.GetInt64(0),
        MessageId = Text(row, 1),
        SessionId = Text(row, 2),
        Status = (MessageStatus)row.GetInt32(3),
        EnqueuedAt = Ledger.Instant(row.GetInt64(4)),
        ExpiresAt = Maybe(row, 5),
        ScheduledFor = Maybe(row, 6),
        DeliveryCount = row.GetInt32(7),
        DeadLetterReason = Text(row, 8),
        DeadLetterDescription = Text(row, 9),
        DeadLetterSource = Text(row, 10),
        SentBy = Text(row, 11),
        Bare = row.GetFieldValue<byte[]>(12),
        Annotations = row.GetFieldValue<byte[]>(13),
    };

    internal static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Maybe(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Ledger.Instant(row.GetInt64(column));
}
