namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// Checkpoints the write-ahead log: copies its pages into the database while the writer works. SQLite's automatic checkpoint would run
/// during the commit that fills the log, and every caller would wait while tens of megabytes are written to the disk. This class moves the
/// pages on another thread through its own connection while commits continue. Between two groups of commits, the writer moves the few pages
/// that were added meanwhile, and the log starts again from its beginning.
/// </summary>
/// <remarks>
/// Every pass over the log is a passive checkpoint of SQLite, which does not wait for other connections. Pages that cannot be moved stay in
/// the log, where they are safe, until the next attempt. If the disk refuses writes, the next commit reports the fault.
/// </remarks>
internal sealed class LogMover : IDisposable
{
    /// <summary>The number of passes over the log on the separate thread. The second pass moves the pages that were added during the first
    /// pass, so that almost no pages are left for the writer.</summary>
    private const int PassesOnThread = 2;

    private readonly Connection writer;
    private readonly Connection own;
    private readonly int pages;
    private readonly Thread thread;
    private readonly object gate = new();
    private Stage stage = Stage.Filling;
    private long inLog;
    private bool stopping;

    /// <param name="path">Path of the database.</param>
    /// <param name="writer">The writer's connection; its own checkpoints are turned off.</param>
    /// <param name="pages">The number of pages in the log at which a move starts.</param>
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
        /// <summary>The log is growing, and nothing is being moved.</summary>
        Filling,

        /// <summary>The thread is moving the log.</summary>
        Moving,

        /// <summary>Nearly all of the log has been moved. The log starts again from its beginning as soon as no reader needs the old
        /// pages.</summary>
        Restarting,
    }

    /// <summary>Must be called after each commit, on the writer's thread, outside a transaction.</summary>
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

        // A log that has started again contains only the newest commits.
        if (writer.MoveLog() is { } now && now < pages / 2)
        {
            inLog = now;
            lock (gate)
            {
                stage = Stage.Filling;
            }
        }
    }

    /// <summary>Ends the thread after the present pass.</summary>
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

            for (var pass = 0; pass < PassesOnThread; pass++)
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
