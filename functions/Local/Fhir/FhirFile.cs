using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Fhir;

/// <summary>
/// A connection to the FHIR file that keeps the most recently used commands: the same text is prepared once while it is in use. Callers shape
/// the text of their searches, so commands that have not been used lately are dropped.
/// </summary>
internal sealed class FhirConnection : IDisposable
{
    /// <summary>Prepared commands that are kept; the store itself uses about thirty.</summary>
    internal const int MostCommands = 64;

    // https://www.sqlite.org/pragma.html#pragma_synchronous
    private const long SynchronousFull = 2;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, LinkedListNode<SqliteCommand>> commands = new(StringComparer.Ordinal);
    private readonly LinkedList<SqliteCommand> byUse = new();

    internal FhirConnection(string path)
    {
        // The store keeps its own connections, and one that is put back must not hold a file open after it is closed.
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();

        // WAL lets readers go on while one writes; FULL flushes each commit to the disk before the caller is answered.
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA temp_store = MEMORY");
        if (Scalar("PRAGMA synchronous") is not SynchronousFull)
        {
            throw new IOException("SQLite does not flush each commit of the FHIR file to the disk (synchronous is not FULL).");
        }
    }

    /// <summary>A prepared command with these values as its parameters $0, $1, ...</summary>
    internal SqliteCommand Command(string sql, params IReadOnlyList<object?> values)
    {
        if (commands.TryGetValue(sql, out var kept))
        {
            byUse.Remove(kept);
            byUse.AddFirst(kept);
        }
        else
        {
            LetGo();
            var made = connection.CreateCommand();
            made.CommandText = sql;
            commands[sql] = kept = byUse.AddFirst(made);
        }

        var command = kept.Value;
        command.Parameters.Clear();
        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
        }

        return command;
    }

    internal void Run(string sql, params IReadOnlyList<object?> values) => Command(sql, values).ExecuteNonQuery();

    internal object? Scalar(string sql, params IReadOnlyList<object?> values) => Command(sql, values).ExecuteScalar() is var value and not DBNull ? value : null;

    internal List<T> Rows<T>(Func<SqliteDataReader, T> read, string sql, params IReadOnlyList<object?> values)
    {
        using var reader = Command(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Rows with a size, as long as there is room for one more.</summary>
    internal List<T> Rows<T>(Func<SqliteDataReader, T> read, Func<T, int> size, Func<int, long, bool> hasRoom, string sql, params IReadOnlyList<object?> values)
    {
        using var reader = Command(sql, values).ExecuteReader();
        var rows = new List<T>();
        var bytes = 0L;
        while (hasRoom(rows.Count, bytes) && reader.Read())
        {
            rows.Add(read(reader));
            bytes += size(rows[^1]);
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var command in byUse)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    /// <summary>How many commands are kept now.</summary>
    internal int Commands => commands.Count;

    private void LetGo()
    {
        if (commands.Count >= MostCommands && byUse.Last is { } oldest)
        {
            byUse.RemoveLast();
            commands.Remove(oldest.Value.CommandText);
            oldest.Value.Dispose();
        }
    }
}

/// <summary>Connections for reading, as many as are reading at once; when there are fewer readers again, only a few are kept open.</summary>
internal sealed class FhirReaders(string path) : IDisposable
{
    /// <summary>Idle connections that are kept open.</summary>
    internal const int MostIdle = 16;

    private readonly ConcurrentBag<FhirConnection> idle = [];

    /// <summary>How many connections wait for a reader.</summary>
    internal int Idle => idle.Count;

    /// <summary>The largest number of commands that a connection keeps.</summary>
    internal int MostCommands => idle.Select(connection => connection.Commands).DefaultIfEmpty().Max();

    internal T Read<T>(Func<FhirConnection, T> read)
    {
        if (!idle.TryTake(out var connection))
        {
            connection = new FhirConnection(path);
        }

        try
        {
            return read(connection);
        }
        finally
        {
            if (idle.Count < MostIdle)
            {
                idle.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
