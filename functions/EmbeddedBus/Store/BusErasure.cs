using IntegrationHub.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>Erases messages about a person from the bus's file while no bus uses the file: waiting messages, dead letters, sessions and
/// remembered message ids.</summary>
public static class BusErasure
{
    /// <summary>Erases the messages, and then rewrites the file and its log.</summary>
    /// <param name="path">Path of the file in which the bus stores its messages.</param>
    /// <param name="isAbout">Whether these bytes (a message's content, its annotations, or its ids as UTF-8) are about the person.</param>
    /// <returns>The number of messages erased.</returns>
    /// <exception cref="SqliteException">The file cannot be written to.</exception>
    public static int Run(string path, Func<byte[], bool> isAbout)
    {
        ArgumentNullException.ThrowIfNull(isAbout);
        using var file = DataFile.Open(path, BusTables.Migrations);
        file.Run("PRAGMA secure_delete = ON");
        file.Run("BEGIN IMMEDIATE");
        var messages = file.Rows(
            "SELECT m.seq, coalesce(m.message_id, '') || ' ' || coalesce(m.session_id, '') || ' ' || coalesce(m.dead_description, ''), c.bare, c.annotations FROM message m LEFT JOIN content c ON c.seq = m.seq",
            row => (Number: row.GetInt64(0), IsTheirs: Enumerable.Range(1, 3).Any(column => !row.IsDBNull(column) && isAbout(Bytes(row, column))))).Where(message => message.IsTheirs).ToList();
        foreach (var (number, _) in messages)
        {
            file.Run("DELETE FROM content WHERE seq = $0", number);
            file.Run("DELETE FROM message WHERE seq = $0", number);
        }

        Named(file, "session", "id", isAbout);
        Named(file, "seen", "message_id", isAbout);
        file.Run("COMMIT");
        file.Run("VACUUM");
        file.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        return messages.Count;
    }

    private static void Named(DataFile file, string table, string column, Func<byte[], bool> isAbout)
    {
        foreach (var (messageQueue, name) in file.Rows($"SELECT room, {column} FROM {table}", row => (row.GetInt64(0), row.GetString(1))).Where(one => isAbout(System.Text.Encoding.UTF8.GetBytes(one.Item2))))
        {
            file.Run($"DELETE FROM {table} WHERE room = $0 AND {column} = $1", messageQueue, name);
        }
    }

    private static byte[] Bytes(SqliteDataReader row, int column) =>
        row.GetFieldType(column) == typeof(string) ? System.Text.Encoding.UTF8.GetBytes(row.GetString(column)) : row.GetFieldValue<byte[]>(column);
}
