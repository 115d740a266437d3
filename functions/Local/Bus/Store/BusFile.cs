using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Bus.Store;

/// <summary>The bus's SQLite file: its tables, and statements that are prepared once. Used by one thread.</summary>
internal sealed class BusFile : IDisposable
{
    // The body lies apart from the row that locks and counts change, so that taking a lock does not write the body again.
    // "due" is the one time at which something must happen to a message by itself: lock end, hour of schedule, end of life.
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS room (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE COLLATE NOCASE);
        CREATE TABLE IF NOT EXISTS message (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            room INTEGER NOT NULL,
            status INTEGER NOT NULL,
            message_id TEXT, session_id TEXT, sent_by TEXT,
            enqueued INTEGER NOT NULL, expires INTEGER, scheduled INTEGER, time_to_live INTEGER NOT NULL, targets TEXT,
            deliveries INTEGER NOT NULL DEFAULT 0,
            lock BLOB, locked_until INTEGER, session_lock BLOB,
            due INTEGER,
            dead_reason TEXT, dead_description TEXT, dead_source TEXT);
        CREATE INDEX IF NOT EXISTS message_ready ON message (room, seq) WHERE status = 0 AND lock IS NULL;
        CREATE INDEX IF NOT EXISTS message_session ON message (room, session_id, seq) WHERE status = 0 AND lock IS NULL AND session_id IS NOT NULL;
        CREATE INDEX IF NOT EXISTS message_lock ON message (lock) WHERE lock IS NOT NULL;
        CREATE INDEX IF NOT EXISTS message_session_lock ON message (session_lock) WHERE session_lock IS NOT NULL;
        CREATE INDEX IF NOT EXISTS message_due ON message (due) WHERE due IS NOT NULL;
        CREATE TABLE IF NOT EXISTS content (seq INTEGER PRIMARY KEY, bare BLOB NOT NULL, annotations BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS session (
            room INTEGER NOT NULL, id TEXT NOT NULL, state BLOB, lock BLOB, locked_until INTEGER, changed INTEGER NOT NULL,
            PRIMARY KEY (room, id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS session_locked ON session (locked_until) WHERE locked_until IS NOT NULL;
        CREATE TABLE IF NOT EXISTS seen (room INTEGER NOT NULL, message_id TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (room, message_id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS seen_until ON seen (until);
        """;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    internal BusFile(string path)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        // FULL: a commit is on the disk before the sender is told so, which is what "accepted" means on a bus.
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = FULL");
        Run(Schema);
    }

    /// <summary>Runs a statement whose parameters are $1, $2 ... and says how many rows it changed.</summary>
    internal int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>First column of the first row; null when there is none.</summary>
    internal object? Scalar(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>All rows.</summary>
    internal List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            // Every text comes from this folder; values go through parameters.
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                Guid id => id.ToByteArray(),
                DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
                var value => value,
            };
        }

        return command;
    }
}
