using Microsoft.Data.Sqlite;

namespace IntegrationHub.Sqlite;

/// <summary>
/// One connection to one of the hub's SQLite files. The connection holds recently used statements, so that a statement in regular use is
/// prepared only once. The text of a search differs from caller to caller, so statements that have not been used recently are dropped. Only
/// one thread at a time is allowed to use the connection.
/// </summary>
public sealed class DataFile : IDisposable
{
    /// <summary>The largest number of prepared statements that the connection holds.</summary>
    public const int MaxStatements = 128;

    // https://www.sqlite.org/pragma.html#pragma_synchronous
    private const long SynchronousFull = 2;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, LinkedListNode<SqliteCommand>> statements = new(StringComparer.Ordinal);
    private readonly LinkedList<SqliteCommand> byUse = new();

    private DataFile(string path, SqliteOpenMode mode)
    {
        // Pooling is off, because a closed connection would return to the pool and still hold the file open.
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        Run("PRAGMA busy_timeout = 30000");
        Run("PRAGMA temp_store = MEMORY");
    }

    /// <summary>The number of prepared statements that the connection holds now.</summary>
    public int Statements => statements.Count;

    /// <summary>Opens the file for writing, creates it if it is missing, and brings its tables up to date.</summary>
    /// <param name="path">Path of the file; its folder must exist.</param>
    /// <param name="migrations">Entry n upgrades the tables from version n to n + 1. Once an entry is in a released version
    /// of the hub, it is never changed.</param>
    /// <exception cref="SqliteException">The file cannot be opened, or is not an SQLite file.</exception>
    /// <exception cref="InvalidDataException">A newer version of the hub wrote the file.</exception>
    /// <exception cref="IOException">SQLite does not flush each commit to the disk.</exception>
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

    /// <summary>Opens another connection, which reads committed data and never waits for a commit.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static DataFile OpenForReading(string path) => new(path, SqliteOpenMode.ReadOnly);

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The text of the statement, with the parameters $0, $1 and so on.</param>
    /// <param name="values">Values of the parameters. Times are stored as milliseconds since 1970.</param>
    /// <returns>The number of rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null if there is no row.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Reads all rows of a statement.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values) => Rows(sql, read, _ => true, values);

    /// <summary>Reads rows for as long as a condition allows another row.</summary>
    /// <param name="sql">Text of the statement.</param>
    /// <param name="read">Converts one row of the result.</param>
    /// <param name="hasRoom">A function that says whether to read another row; called before each row, with the rows read so far.</param>
    /// <param name="values">Values of the parameters.</param>
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

    // In WAL mode, readers can continue to read during a write. FULL means that a commit is on the disk before any caller gets an answer,
    // so the answer "accepted" is true.
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
        // The text of each statement comes from the hub's own code; data from other sources are passed as parameters.
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
