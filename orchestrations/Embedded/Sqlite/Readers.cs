using System.Collections.Concurrent;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>One connection for reading, with its prepared statements.</summary>
internal sealed class Reader : IDisposable
{
    private readonly Connection connection;
    private readonly Statement begin;
    private readonly Statement end;

    internal Reader(string path)
    {
        connection = Connection.Open(path, writes: false);
        connection.Execute("PRAGMA cache_size = -8192");
        begin = connection.Prepare("BEGIN");
        end = connection.Prepare("COMMIT");
        Assessments = new AssessmentReader(connection);
        Summaries = new SummaryReader(connection);
        Changes = new ChangeReader(connection);
        Wakes = new WakeReader(connection);
        Extracts = new ExtractReader(connection);
    }

    internal AssessmentReader Assessments { get; }

    internal SummaryReader Summaries { get; }

    internal ChangeReader Changes { get; }

    internal WakeReader Wakes { get; }

    internal ExtractReader Extracts { get; }

    internal void Begin() => begin.Run();

    internal void End() => end.Run();

    public void Dispose() => connection.Dispose();
}

/// <summary>Connections for reading, which are opened when needed and reused. Readers see the newest commit and do not block other
/// connections.</summary>
internal sealed class Readers(string path, int most) : IDisposable
{
    private readonly ConcurrentBag<Reader> idle = [];
    private readonly SemaphoreSlim places = new(most);
    private volatile bool closed;

    /// <summary>Reads in one transaction, so that all data are from a single instant.</summary>
    internal T Read<T>(Func<Reader, T> read)
    {
        places.Wait();
        Reader? reader = null;
        try
        {
            if (closed)
            {
                throw new StoreUnavailableException(StoreFault.Closed, "The hub's database was closed.");
            }

            reader = idle.TryTake(out var used) ? used : new Reader(path);
            reader.Begin();
            var result = read(reader);
            reader.End();
            idle.Add(reader);
            reader = null;
            return result;
        }
        finally
        {
            // After a fault, the reader's statements may be in the middle of a result. Opening a new connection costs less than checking
            // whether this one can still be used.
            reader?.Dispose();
            places.Release();
        }
    }

    /// <summary>Waits for the readers to finish, and then closes the connections.</summary>
    public void Dispose()
    {
        closed = true;
        for (var place = 0; place < most; place++)
        {
            places.Wait();
        }

        while (idle.TryTake(out var reader))
        {
            reader.Dispose();
        }

        places.Release(most);
    }
}
