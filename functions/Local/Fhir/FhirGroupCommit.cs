using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Fhir;

/// <summary>
/// The one writer of the file. What arrives while a commit is on its way to the disk shares the next, so that many submissions cost
/// one flush; no caller is answered before the commit with their submission is durable.
/// </summary>
internal sealed class FhirGroupCommit : IAsyncDisposable
{
    private const int MostAtOnce = 256;

    private readonly FhirConnection connection;
    private readonly Channel<IWork> waiting = Channel.CreateUnbounded<IWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task serving;

    internal FhirGroupCommit(FhirConnection connection)
    {
        this.connection = connection;
        serving = Task.Factory.StartNew(Serve, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Runs <paramref name="work"/> inside a transaction and answers after its commit. It must check before it writes.</summary>
    /// <exception cref="SqliteException">The file cannot be written; nothing of the work is kept.</exception>
    internal Task<T> Run<T>(Func<FhirConnection, T> work)
    {
        var item = new Work<T>(work);
        ObjectDisposedException.ThrowIf(!waiting.Writer.TryWrite(item), this);
        return item.Answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await serving;
        connection.Dispose();
    }

    private void Serve()
    {
        var group = new List<IWork>(MostAtOnce);
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < MostAtOnce && waiting.Reader.TryRead(out var item))
            {
                group.Add(item);
            }

            // A group that fails is tried one by one, so that one bad piece of work cannot take the others with it.
            if (!Try(group, tell: group.Count == 1) && group.Count > 1)
            {
                group.ForEach(item => Try([item], tell: true));
            }
        }
    }

    private bool Try(List<IWork> group, bool tell)
    {
        try
        {
            connection.Run("BEGIN IMMEDIATE");
            group.ForEach(item => item.Do(connection));
            connection.Run("COMMIT");
        }
        catch (Exception failure)
        {
            // The edge to the disk: nothing half-done may remain, and the caller that waits must be told.
            RollBack();
            if (tell)
            {
                group.ForEach(item => item.Fail(failure));
            }

            return false;
        }

        group.ForEach(item => item.Tell());
        return true;
    }

    private void RollBack()
    {
        try
        {
            connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has already rolled back (disk full, I/O error): there is no transaction left to end.
        }
    }

    private interface IWork
    {
        void Do(FhirConnection connection);

        void Tell();

        void Fail(Exception failure);
    }

    private sealed class Work<T>(Func<FhirConnection, T> work) : IWork
    {
        private T? result;

        internal TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Do(FhirConnection connection) => result = work(connection);

        public void Tell() => Answer.SetResult(result!);

        public void Fail(Exception failure) => Answer.SetException(failure);
    }
}
