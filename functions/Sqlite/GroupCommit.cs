using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Sqlite;

/// <summary>
/// The one thread that writes to a file. All work that arrives while a commit is on its way to the disk shares the next one, so that a hundred
/// callers cost one flush. Nobody is answered before the commit with their work has reached the disk.
/// </summary>
public sealed class GroupCommit : IDisposable
{
    // Enough to spread a flush thinly, few enough that the first of the group does not wait long.
    private const int MaxAtOnce = 512;

    private readonly DataFile file;
    private readonly Action? before;
    private readonly Action<bool>? after;
    private readonly Thread thread;
    private readonly Channel<Work> waiting = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });

    /// <param name="file">The file. The caller closes it after disposing of this object.</param>
    /// <param name="thread">Name of the thread.</param>
    /// <param name="before">Runs first in every transaction.</param>
    /// <param name="after">Runs after every transaction; true when it was committed.</param>
    public GroupCommit(DataFile file, string thread, Action? before = null, Action<bool>? after = null)
    {
        (this.file, this.before, this.after) = (file, before, after);
        this.thread = new Thread(Serve) { IsBackground = true, Name = thread };
        this.thread.Start();
    }

    /// <summary>Runs the work within a transaction; the answer comes after its commit. It must check before it writes.</summary>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    /// <exception cref="SqliteException">The file cannot be read or written; nothing of this work is kept.</exception>
    public Task<T> RunAsync<T>(Func<DataFile, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var item = new Work<T>(work);
        ObjectDisposedException.ThrowIf(!waiting.Writer.TryWrite(item), this);
        return item.Answer.Task;
    }

    /// <summary>Finishes what is waiting, then ends.</summary>
    public void Dispose()
    {
        waiting.Writer.TryComplete();
        thread.Join();
    }

    private void Serve()
    {
        var group = new List<Work>(MaxAtOnce);
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < MaxAtOnce && waiting.Reader.TryRead(out var item))
            {
                group.Add(item);
            }

            if (group.Count > 0 && Attempt(group) is not null && group.Count > 1)
            {
                // One of them failed. Each gets a transaction of its own, so that it does not make the others fail.
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
            before?.Invoke();
            foreach (var item in group)
            {
                item.Do(file);
            }

            file.Run("COMMIT");
        }
        catch (Exception exception)
        {
            // The boundary to the disk: whatever went wrong, no half-done work may stay, and its callers must be told.
            failure = exception;
            RollBack();
        }

        after?.Invoke(failure is null);
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
        internal abstract void Do(DataFile file);

        internal abstract void Tell();

        internal abstract void Fail(Exception exception);
    }

    private sealed class Work<T>(Func<DataFile, T> work) : Work
    {
        private T? result;

        internal TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override void Do(DataFile file) => result = work(file);

        internal override void Tell() => Answer.SetResult(result!);

        internal override void Fail(Exception exception) => Answer.SetException(exception);
    }
}
