namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// The only thread that writes to the database. The thread commits all requests since the last commit in one transaction. While one group
/// waits for the disk, requests collect in the next group, so a busy hub needs fewer flushes for each turn.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    /// <summary>The largest number of requests in one transaction. A caller waits until its entire group is committed, and this limit
    /// restricts the wait to tens of milliseconds.</summary>
    private const int Max = 4096;

    private readonly Connection connection;
    private readonly WriteStatements statements;
    private readonly Func<NextRows, int, WriteGroup> newGroup;
    private readonly Action written;
    private readonly Action committed;
    private readonly Thread thread;
    private readonly object gate = new();
    private readonly Queue<WriteRequest> waiting = [];
    private NextRows next;
    private StoreUnavailableException? broken;
    private bool stopping;
    private bool durable;

    /// <param name="connection">The writer's own connection.</param>
    /// <param name="statements">The statements prepared on that connection.</param>
    /// <param name="newGroup">A function that creates the next group, for a number of requests.</param>
    /// <param name="next">The next row number of each table to which rows are added.</param>
    /// <param name="written">Called on the writer's thread after each commit, once the callers have received their answers.</param>
    /// <param name="committed">Called after each commit.</param>
    internal GroupWriter(
        Connection connection, WriteStatements statements, Func<NextRows, int, WriteGroup> newGroup, NextRows next, Action written, Action committed)
    {
        this.connection = connection;
        this.statements = statements;
        this.newGroup = newGroup;
        this.next = next;
        this.written = written;
        this.committed = committed;
        thread = new Thread(Run) { IsBackground = true, Name = "hub store writer" };
        thread.Start();
    }

    /// <summary>The number of groups flushed to the disk so far, and the number of requests in them.</summary>
    internal (long Groups, long Requests) Written { get; private set; }

    internal void Add(WriteRequest request)
    {
        lock (gate)
        {
            if (broken is not null || stopping)
            {
                request.Failed(broken ?? new StoreUnavailableException(StoreFault.Closed, "The hub's database was closed."));
                return;
            }

            waiting.Enqueue(request);
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>Writes the waiting requests, and then ends the thread.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
    }

    private void Run()
    {
        var group = new List<WriteRequest>();
        while (true)
        {
            group.Clear();
            lock (gate)
            {
                while (waiting.Count == 0 && !stopping)
                {
                    Monitor.Wait(gate);
                }

                while (group.Count < Max && waiting.TryDequeue(out var request))
                {
                    group.Add(request);
                }
            }

            if (group.Count == 0)
            {
                return;
            }

            Write(group);
        }
    }

    private void Write(List<WriteRequest> requests)
    {
        try
        {
            Commit(requests);
        }
#pragma warning disable CA1031 // Whatever happens on the writer's thread, the callers must be informed and the next group must continue.
        catch (Exception why)
#pragma warning restore CA1031
        {
            if (durable)
            {
                // The data in memory could not be updated to match the file, so any further answer would use outdated data.
                Break(new StoreUnavailableException(StoreFault.Other, "The store could not update the data in memory after a commit. Restart the hub. No committed data are lost.", why));
            }

            RollBack();
            Refuse(requests, why);
            return;
        }

        foreach (var request in requests)
        {
            request.Committed();
        }

        committed();
        written();
    }

    private void Commit(List<WriteRequest> requests)
    {
        durable = false;
        var group = newGroup(next, requests.Count);
        statements.Begin.Run();
        foreach (var request in requests)
        {
            request.Write(group);
        }

        group.Finish();
        statements.Commit.Run();
        durable = true;
        next = group.Next;
        group.Publish();
        Written = (Written.Groups + 1, Written.Requests + requests.Count);
    }

    private void RollBack()
    {
        try
        {
            if (connection.InTransaction)
            {
                statements.Rollback.Run();
            }
        }
        catch (StoreUnavailableException why)
        {
            Break(why);
        }
    }

    private void Refuse(List<WriteRequest> requests, Exception why)
    {
        // The file is damaged, and continuing to write would spread the damage.
        if (why is StoreUnavailableException { Reason: StoreFault.Corrupt } damaged)
        {
            Break(damaged);
        }

        // A fault in one request must not make the other requests of its group fail. If the disk is at fault, each request fails
        // separately.
        if (requests.Count > 1 && !durable && why is not StoreUnavailableException { Reason: not StoreFault.Other })
        {
            foreach (var request in requests)
            {
                Write([request]);
            }

            return;
        }

        foreach (var request in requests)
        {
            request.Failed(why);
        }
    }

    private void Break(StoreUnavailableException why)
    {
        lock (gate)
        {
            broken ??= why;
            while (waiting.TryDequeue(out var request))
            {
                request.Failed(why);
            }
        }
    }
}
