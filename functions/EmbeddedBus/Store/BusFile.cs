using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>One connection to the bus's SQLite file, with statements that are prepared once. Used by one thread at a time.</summary>
internal sealed class BusFile : IDisposable
{
    // The body is kept apart from the row in which counts and expiry change. Locks are only in memory.
    // "due" is the one time at which something must happen to a message without a receiver: its scheduled time, or the end of its time to live.
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS room (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE COLLATE NOCASE);
        CREATE TABLE IF NOT EXISTS message (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            room INTEGER NOT NULL,
            status INTEGER NOT NULL,
            message_id TEXT, session_id TEXT, sent_by TEXT,
            enqueued INTEGER NOT NULL, expires INTEGER, scheduled INTEGER, time_to_live INTEGER NOT NULL, targets TEXT,
            deliveries INTEGER NOT NULL DEFAULT 0,
            due INTEGER,
            dead_reason TEXT, dead_description TEXT, dead_source TEXT);
        CREATE INDEX IF NOT EXISTS message_room ON message (room);
        CREATE INDEX IF NOT EXISTS message_due ON message (due) WHERE due IS NOT NULL;
        CREATE TABLE IF NOT EXISTS content (seq INTEGER PRIMARY KEY, bare BLOB NOT NULL, annotations BLOB NOT NULL, sum INTEGER);
        CREATE TABLE IF NOT EXISTS session (
            room INTEGER NOT NULL, id TEXT NOT NULL, state BLOB, changed INTEGER NOT NULL, PRIMARY KEY (room, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS seen (
            room INTEGER NOT NULL, message_id TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (room, message_id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS seen_until ON seen (until);
        """;

    // Files from when locks were on the disk: their columns stay and are no longer read.
    private const string Upgrade = """
        DROP INDEX IF EXISTS message_ready;
        DROP INDEX IF EXISTS message_session;
        DROP INDEX IF EXISTS message_lock;
        DROP INDEX IF EXISTS message_session_lock;
        DROP INDEX IF EXISTS session_locked;
        DELETE FROM session WHERE state IS NULL;
        """;

    // https://www.sqlite.org/pragma.html#pragma_synchronous
    private const long SynchronousFull = 2;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    private BusFile(string path, SqliteOpenMode mode)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
    }

    /// <summary>Opens the file for writing, or makes it.</summary>
    internal static BusFile Open(string path)
    {
        var file = new BusFile(path, SqliteOpenMode.ReadWriteCreate);
        // FULL: a commit is on the disk before the sender is told so, which is what "accepted" means on a bus.
        file.Run("PRAGMA journal_mode = WAL");
        file.Run("PRAGMA synchronous = FULL");
        if (file.Scalar("PRAGMA synchronous") is not SynchronousFull)
        {
            file.Dispose();
            throw new IOException("SQLite does not flush each commit of the bus to the disk (synchronous is not FULL).");
        }

        file.Run(Schema);
        file.Run(Upgrade);
        ContentSum.Upgrade(file);
        return file;
    }

    /// <summary>A second connection that reads what is committed, and never waits for a commit.</summary>
    internal static BusFile OpenForReading(string path) => new(path, SqliteOpenMode.ReadOnly);

    /// <summary>Runs a statement whose parameters are $1, $2 ... and returns how many rows it changed.</summary>
    internal int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>First column of the first row; null when there is none.</summary>
    internal object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

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
                DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
                var value => value,
            };
        }

        return command;
    }
}
