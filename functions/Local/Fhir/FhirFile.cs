using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Fhir;

/// <summary>A connection to the FHIR file that keeps its commands: the same text is prepared once.</summary>
internal sealed class FhirConnection : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    internal FhirConnection(string path)
    {
        // The store keeps its own connections, and one that is put back must not hold a file open after it is closed.
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();

        // WAL lets readers go on while one writes; FULL flushes each commit to the disk before anybody is answered.
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA temp_store = MEMORY");
    }

    /// <summary>A prepared command with these values as its parameters $0, $1, ...</summary>
    internal SqliteCommand Command(string sql, params IReadOnlyList<object?> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            commands[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
        }

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

    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}

/// <summary>Connections for reading, as many as read at once.</summary>
internal sealed class FhirReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<FhirConnection> idle = [];

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
            idle.Add(connection);
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
