using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Sqlite;

/// <summary>
/// The only thread that writes to a file. All work that arrives during a commit shares the next commit, so that a hundred callers need only
/// one flush. No caller gets an answer before the commit with the caller's work has reached the disk.
/// </summary>
public sealed class GroupCommit : IDisposable
{
    // The greatest number of calls in a group: enough to share the cost of a flush, but few enough that the first call does not wait long.
    private const int MaxAtOnce = 512;

    private readonly DataFile file;
    private readonly Action? before;
    private readonly Action<bool>? after;
    private readonly Thread thread;
    private readonly Channel<Work> waiting = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });

    /// <param name="file">The file, which the caller closes after disposing of this object.</param>
    /// <param name="thread">Name of the thread.</param>
    /// <param name="before">Work that runs first in every transaction.</param>
    /// <param name="after">Work that runs after every transaction. The argument is true if the transaction was committed.</param>
    public GroupCommit(DataFile file, string thread, Action? before = null, Action<bool>? after = null)
    {
        (this.file, this.before, this.after) = (file, before, after);
        this.thread = new Thread(Serve) { IsBackground = true, Name = thread };
        this.thread.Start();
    }

    /// <summary>Runs the work within a transaction and answers after the commit. The work must make all its checks before it
    /// writes.</summary>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    /// <exception cref="SqliteException">The file cannot be read or written to; everything that this work wrote has been
    /// rolled back.</exception>
    public Task<T> RunAsync<T>(Func<DataFile, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var item = new Work<T>(work);
        ObjectDisposedException.ThrowIf(!waiting.Writer.TryWrite(item), this);
        return item.Answer.Task;
    }

    /// <summary>Finishes the waiting work, and then ends the thread.</summary>
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
                // At least one piece of work in the group failed. Each piece of work now gets its own transaction, so that a failure does
                // not affect the others.
                foreach (var item in group)
                {
                    Attempt([item]);
                }
            }
        }
    }

    // If a group fails, each piece of work is tried again on its own, and only then is a failure reported.
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
            // Any fault of the disk can surface here. After any fault, no half-finished work may remain, and the callers must be informed.
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
            // SQLite has already rolled back (disk full, I/O error), so there is no transaction to end.
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
