using System.Globalization;
using IntegrationHub.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>Reads every message of a bus's file and reports those that differ from what was sent, without changing anything.</summary>
public static class BusFileCheck
{
    /// <summary>Reads and checks the messages.</summary>
    /// <param name="path">Path of the file. The check can run while a bus is using the file.</param>
    /// <param name="problem">Called for each damaged message with its number but none of its content.</param>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static void Run(string path, Action<string> problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        using var file = DataFile.OpenForReading(path);
        var hasSums = ContentSum.AreIn(file);
        var sum = hasSums ? "c.sum" : "NULL";
        foreach (var (number, isSound) in file.Rows(
            $"SELECT m.seq, m.message_id, m.session_id, m.sent_by, c.bare, c.annotations, {sum} FROM message m LEFT JOIN content c ON c.seq = m.seq",
            row => (row.GetInt64(0), IsSound(row, hasSums))))
        {
            if (!isSound)
            {
                problem(string.Create(CultureInfo.InvariantCulture, $"message {number} is damaged."));
            }
        }
    }

    // AMQP 1.0, 3.2: every section is a described type, whose constructor is 0x00 and a descriptor.
    private static bool IsSound(SqliteDataReader row, bool hasSums) =>
        !row.IsDBNull(4) && !row.IsDBNull(5) && row.GetFieldValue<byte[]>(4) is [0, 0x53 or 0x80 or 0xa3, _, ..] bare
        && (!hasSums
            || (!row.IsDBNull(6) && row.GetInt64(6) == ContentSum.Of(StoredMessageReader.Text(row, 1), StoredMessageReader.Text(row, 2), StoredMessageReader.Text(row, 3), bare, row.GetFieldValue<byte[]>(5))));
}
