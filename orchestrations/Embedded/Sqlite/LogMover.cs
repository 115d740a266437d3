namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// Moves the write-ahead log into the database while the writer works. SQLite would move it within the commit that fills it, and every caller
/// would wait while tens of megabytes reach the disk. Here another thread moves it through its own connection while commits continue;
/// the little that is added in the meantime is moved by the writer between two groups, and the log starts again from its beginning.
/// </summary>
/// <remarks>
/// Every pass is a passive checkpoint: it waits for nobody. What it cannot move stays in the log, where nothing is lost, and is tried
/// again; a disk that refuses writes is reported by the next commit.
/// </remarks>
internal sealed class LogMover : IDisposable
{
    /// <summary>The second pass moves what was added during the first, so that next to nothing is left to the writer.</summary>
    private const int PassesBeside = 2;

    private readonly Connection writer;
    private readonly Connection own;
    private readonly int pages;
    private readonly Thread thread;
    private readonly object gate = new();
    private Stage stage = Stage.Filling;
    private long inLog;
    private bool stopping;

    /// <param name="path">The database.</param>
    /// <param name="writer">The writer's connection; its own checkpoints are turned off.</param>
    /// <param name="pages">Pages in the log at which it is moved.</param>
    internal LogMover(string path, Connection writer, int pages)
    {
        (this.writer, this.pages) = (writer, pages);
        writer.Execute("PRAGMA wal_autocheckpoint = 0");
        own = Connection.Open(path, writes: true);
        try
        {
            own.Execute("PRAGMA wal_autocheckpoint = 0");
            own.FlushEachCommit();
        }
        catch (StoreUnavailableException)
        {
            own.Dispose();
            throw;
        }

        thread = new Thread(Run) { IsBackground = true, Name = "hub log mover" };
        thread.Start();
    }

    private enum Stage
    {
        /// <summary>The log grows.</summary>
        Filling,

        /// <summary>The thread moves it.</summary>
        Moving,

        /// <summary>Nearly everything is moved; the log starts again as soon as no reader needs its old end.</summary>
        Restarting,
    }

    /// <summary>To be called after each commit, on the writer's thread, outside a transaction.</summary>
    internal void Committed()
    {
        inLog += writer.PagesWritten();
        lock (gate)
        {
            if (stage == Stage.Filling && inLog >= pages)
            {
                stage = Stage.Moving;
                Monitor.Pulse(gate);
            }

            if (stage != Stage.Restarting)
            {
                return;
            }
        }

        // A log that has started again holds no more than the newest commits.
        if (writer.MoveLog() is { } now && now < pages / 2)
        {
            inLog = now;
            lock (gate)
            {
                stage = Stage.Filling;
            }
        }
    }

    /// <summary>Ends after the present pass.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
        own.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            lock (gate)
            {
                while (stage != Stage.Moving && !stopping)
                {
                    Monitor.Wait(gate);
                }

                if (stopping)
                {
                    return;
                }
            }

            for (var pass = 0; pass < PassesBeside; pass++)
            {
                own.MoveLog();
            }

            lock (gate)
            {
                stage = Stage.Restarting;
            }
        }
    }
}
