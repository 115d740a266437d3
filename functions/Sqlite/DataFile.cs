using Microsoft.Data.Sqlite;

namespace IntegrationHub.Sqlite;

/// <summary>
/// One connection to one of the hub's SQLite files. It keeps the statements used last, so that each is prepared once while it is in use; the
/// text of a search depends on its caller, so statements that have not been used lately are dropped. Used by one thread at a time.
/// </summary>
public sealed class DataFile : IDisposable
{
    /// <summary>Prepared statements that are kept at most.</summary>
    public const int MaxStatements = 128;

    // https://www.sqlite.org/pragma.html#pragma_synchronous
    private const long SynchronousFull = 2;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, LinkedListNode<SqliteCommand>> statements = new(StringComparer.Ordinal);
    private readonly LinkedList<SqliteCommand> byUse = new();

    private DataFile(string path, SqliteOpenMode mode)
    {
        // The code that opened the file keeps the connection: one returned to a pool would hold the file open after it was closed.
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        Run("PRAGMA busy_timeout = 30000");
        Run("PRAGMA temp_store = MEMORY");
    }

    /// <summary>Statements that are kept now.</summary>
    public int Statements => statements.Count;

    /// <summary>Opens the file for writing, creates it where it is missing, and brings its tables up to date.</summary>
    /// <param name="path">Path of the file; its folder must exist.</param>
    /// <param name="migrations">Entry n leads from version n of the tables to n + 1. An entry is never changed once released.</param>
    /// <exception cref="SqliteException">The file cannot be opened, or is no SQLite file.</exception>
    /// <exception cref="InvalidDataException">A newer hub wrote the file.</exception>
    /// <exception cref="IOException">SQLite would not flush each commit to the disk.</exception>
    public static DataFile Open(string path, IReadOnlyList<Action<DataFile>> migrations)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        var file = new DataFile(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            file.FlushEachCommit(path);
            Migrations.Run(file, Path.GetFileName(path), migrations);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens another connection, which reads what is committed and never waits for a commit.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static DataFile OpenForReading(string path) => new(path, SqliteOpenMode.ReadOnly);

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">Its text, with the parameters $0, $1 and so on.</param>
    /// <param name="values">Their values; an instant is stored as milliseconds since 1970.</param>
    /// <returns>How many rows it changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null when there is none.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>All rows.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values) => Rows(sql, read, _ => true, values);

    /// <summary>Reads rows while there is room for another.</summary>
    /// <param name="sql">Text of the statement.</param>
    /// <param name="read">Converts a row.</param>
    /// <param name="hasRoom">Asked before each row, with those read so far.</param>
    /// <param name="values">Values of its parameters.</param>
    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, Func<IReadOnlyList<T>, bool> hasRoom, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(hasRoom);
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (hasRoom(rows) && reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in byUse)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    // In WAL mode readers go on while one writes. FULL: a commit is on the disk before anybody is answered, which is what "accepted" means.
    private void FlushEachCommit(string path)
    {
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = FULL");
        if (Scalar("PRAGMA synchronous") is not SynchronousFull)
        {
            throw new IOException($"SQLite does not flush each commit of {Path.GetFileName(path)} to the disk (synchronous is not FULL).");
        }
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        var command = Statement(sql, values.Length);
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

    private SqliteCommand Statement(string sql, int parameters)
    {
        if (statements.TryGetValue(sql, out var kept))
        {
            byUse.Remove(kept);
            byUse.AddFirst(kept);
            return kept.Value;
        }

        if (statements.Count >= MaxStatements && byUse.Last is { } oldest)
        {
            byUse.RemoveLast();
            statements.Remove(oldest.Value.CommandText);
            oldest.Value.Dispose();
        }

        var made = connection.CreateCommand();
        // Every text comes from the hub's own code; what others sent travels in parameters.
#pragma warning disable CA2100
        made.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++)
        {
            made.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"${i}") });
        }

        statements[sql] = byUse.AddFirst(made);
        return made;
    }
}
