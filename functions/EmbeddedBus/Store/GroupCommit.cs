using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>
/// One thread that owns the file. Whatever arrives while a commit is on its way to the disk shares the next one, so that a hundred
/// senders cost one flush. Nobody gets an answer before the commit that holds their work has reached the disk.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    // Enough to spread a flush thinly, few enough that the first of the group does not wait long.
    private const int MostAtOnce = 512;

    private readonly BusFile file;
    private readonly Action before;
    private readonly Action<bool> after;
    private readonly Thread thread;
    private readonly Channel<Work> waiting = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });

    /// <param name="file">The file.</param>
    /// <param name="before">Runs first in every transaction.</param>
    /// <param name="after">Runs after every transaction; true when it was committed.</param>
    internal GroupCommit(BusFile file, Action before, Action<bool> after)
    {
        (this.file, this.before, this.after) = (file, before, after);
        thread = new Thread(Serve) { IsBackground = true, Name = "bus-file" };
        thread.Start();
    }

    /// <summary>Runs the work within a transaction; the answer comes after its commit.</summary>
    /// <exception cref="ObjectDisposedException">The bus is closed.</exception>
    /// <exception cref="SqliteException">The file cannot be read or written; nothing of this work is kept.</exception>
    internal Task<T> Run<T>(Func<T> work)
    {
        var item = new Work<T>(work);
        ObjectDisposedException.ThrowIf(!waiting.Writer.TryWrite(item), this);
        return item.Answer.Task;
    }

    public void Dispose()
    {
        waiting.Writer.TryComplete();
        thread.Join();
    }

    private void Serve()
    {
        var group = new List<Work>(MostAtOnce);
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < MostAtOnce && waiting.Reader.TryRead(out var item))
            {
                group.Add(item);
            }

            if (group.Count > 0 && Attempt(group) is not null && group.Count > 1)
            {
                // One of them is bad. Each gets a transaction of its own, so that it cannot take the others with it.
                foreach (var item in group)
                {
                    Attempt([item]);
                }
            }
        }
    }

    // Work is tried again one by one when a group fails, so a failure is reported only for work that was tried alone.
    private Exception? Attempt(List<Work> group)
    {
        Exception? failure = null;
        try
        {
            file.Run("BEGIN IMMEDIATE");
            before();
            foreach (var item in group)
            {
                item.Do();
            }

            file.Run("COMMIT");
        }
        catch (Exception exception)
        {
            // The outermost handler between the bus and its file: whatever went wrong, nothing half-done may stay, and every waiting caller must be told.
            failure = exception;
            RollBack();
        }

        after(failure is null);
        foreach (var item in group)
        {
            if (failure is null)
            {
                item.Tell();
            }
            else if (group.Count == 1)
            {
                item.Fail(failure);
            }
        }

        return failure;
    }

    private void RollBack()
    {
        try
        {
            file.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has already rolled back (disk full, I/O error): there is no transaction left to end.
        }
    }

    private abstract class Work
    {
        internal abstract void Do();

        internal abstract void Tell();

        internal abstract void Fail(Exception exception);
    }

    private sealed class Work<T>(Func<T> work) : Work
    {
        private T? result;

        internal TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override void Do() => result = work();

        internal override void Tell() => Answer.SetResult(result!);

        internal override void Fail(Exception exception) => Answer.SetException(exception);
    }
}
