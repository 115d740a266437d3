using System.Diagnostics.CodeAnalysis;

namespace IntegrationHub.Functions.Background;

/// <summary>How the attempt at an item ended.</summary>
public enum ItemEnd
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>It failed and rests.</summary>
    Failed,

    /// <summary>It failed once too often and waits for a person; now and then it is tried all the same.</summary>
    SetAside,
}

/// <summary>
/// The items of one loop. One that fails rests and never holds up the others; one that fails <see cref="SetAsideAfter"/> times is set
/// aside for a person and tried once an hour, so that what a person repairs goes on by itself. Nothing of this is kept over a restart:
/// what is still bad then is found and set aside again.
/// </summary>
public sealed class LoopItems(LoopRecord loop, BackgroundWork work, TimeProvider time)
{
    /// <summary>Failures in a row after which a person must look.</summary>
    public const int SetAsideAfter = 5;

    /// <summary>Items of one loop that are remembered as failing.</summary>
    public const int Most = 10_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Rests rests = new(FirstPause, LongestPause, Most, time);

    /// <summary>How many are failing: a loop that asks for the oldest of its items asks for so many more.</summary>
    public int Failing => rests.Count;

    /// <summary>Is it to be left alone now?</summary>
    public bool Rests(string item) => rests.AreOn(item);

    /// <summary>When the next rest ends; null when none is going on.</summary>
    public DateTimeOffset? Next() => rests.Next();

    /// <summary>Does one item.</summary>
    /// <param name="item">Its name: an id, never anything of a person.</param>
    /// <param name="attempt">What is to be done.</param>
    /// <param name="cancellationToken">Stops the loop.</param>
    /// <exception cref="OperationCanceledException">The loop is stopped.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "The edge of one item of a background loop: it is logged, counted and set aside.")]
    public async Task<ItemEnd> RunAsync(string item, Func<CancellationToken, Task> attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        try
        {
            await attempt(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            var failing = rests.Failed(item);
            var aside = failing.Count >= SetAsideAfter;
            work.ItemFailed(loop, item, failing, BackgroundWork.Kind(fault), fault.StackTrace, aside);
            return aside ? ItemEnd.SetAside : ItemEnd.Failed;
        }

        Forget(item);
        return ItemEnd.Done;
    }

    /// <summary>The item is done, or is no longer there.</summary>
    public void Forget(string item)
    {
        rests.Forget(item);
        loop.Take(item);
    }

    /// <summary>Forgets every item that is not one of these: they are no longer there.</summary>
    public void KeepOnly(IReadOnlySet<string> items)
    {
        rests.KeepOnly(items);
        loop.KeepOnly(items);
    }
}
