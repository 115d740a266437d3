using System.Collections.Concurrent;

namespace IntegrationHub.Sqlite;

/// <summary>Connections for reading, one for each simultaneous reader. Only a limited number of idle connections stay open.</summary>
/// <param name="path">Path of the file.</param>
public sealed class DataFileReaders(string path) : IDisposable
{
    /// <summary>The largest number of idle connections that stay open.</summary>
    public const int MaxIdle = 16;

    private readonly ConcurrentBag<DataFile> idle = [];

    /// <summary>The number of connections that are idle now.</summary>
    public int Idle => idle.Count;

    /// <summary>The largest number of prepared statements that an idle connection holds.</summary>
    public int Statements => idle.Select(file => file.Statements).DefaultIfEmpty().Max();

    /// <summary>Reads from the file through one of the connections.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file cannot be read.</exception>
    public T Read<T>(Func<DataFile, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!idle.TryTake(out var file))
        {
            file = DataFile.OpenForReading(path);
        }

        try
        {
            return read(file);
        }
        finally
        {
            if (idle.Count < MaxIdle)
            {
                idle.Add(file);
            }
            else
            {
                file.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (idle.TryTake(out var file))
        {
            file.Dispose();
        }
    }
}
