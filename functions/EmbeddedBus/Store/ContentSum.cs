using IntegrationHub.Functions.Keeping;
using IntegrationHub.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>The checksum of a message as sent: its bytes and the names by which it is routed, without anything that the bus itself
/// changes.</summary>
internal static class ContentSum
{
    internal static long Of(string? messageId, string? sessionId, string? sentBy, byte[] bare, byte[] annotations) =>
        RowChecksum.Of([messageId, sessionId, sentBy], bare, annotations);

    /// <summary>Calculates the checksums from the stored messages if the file is so old that it has none.</summary>
    internal static void Upgrade(DataFile file)
    {
        if (AreIn(file))
        {
            return;
        }

        file.Run("ALTER TABLE content ADD COLUMN sum INTEGER");
        foreach (var number in file.Rows("SELECT seq FROM content", row => row.GetInt64(0)))
        {
            Renew(file, number);
        }
    }

    /// <summary>Whether the bus's file has checksums of its messages.</summary>
    internal static bool AreIn(DataFile file) => file.Scalar("SELECT 1 FROM pragma_table_info('content') WHERE name = 'sum'") is not null;

    /// <summary>Calculates the checksum again for a message whose bytes were changed deliberately.</summary>
    internal static void Renew(DataFile file, long sequenceNumber)
    {
        foreach (var sum in file.Rows(
            "SELECT m.message_id, m.session_id, m.sent_by, c.bare, c.annotations FROM message m JOIN content c ON c.seq = m.seq WHERE m.seq = $0",
            row => Of(StoredMessageReader.Text(row, 0), StoredMessageReader.Text(row, 1), StoredMessageReader.Text(row, 2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4)),
            sequenceNumber))
        {
            file.Run("UPDATE content SET sum = $1 WHERE seq = $0", sequenceNumber, sum);
        }
    }
}
