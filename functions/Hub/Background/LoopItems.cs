using System.Diagnostics.CodeAnalysis;

namespace IntegrationHub.Functions.Background;

/// <summary>How the attempt at an item ended.</summary>
public enum ItemOutcome
{
    /// <summary>The attempt succeeded.</summary>
    Done,

    /// <summary>The item failed and is paused.</summary>
    Failed,

    /// <summary>The item failed too often and waits for an operator; it is still tried from time to time.</summary>
    SetAside,
}

/// <summary>
/// The separate items that one background loop processes. An item that fails is paused and does not hold up the others. An item that fails
/// <see cref="SetAsideAfter"/> times is set aside for an operator and tried once an hour, so that it succeeds once the cause has been
/// removed. The failures are forgotten at a restart; an item that still fails is set aside again.
/// </summary>
public sealed class LoopItems(LoopRecord loop, BackgroundWork work, TimeProvider time)
{
    /// <summary>Number of consecutive failures after which an item is set aside for an operator.</summary>
    public const int SetAsideAfter = 5;

    /// <summary>The largest number of failing items of one loop that are remembered.</summary>
    public const int Max = 10_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly PausedItems rests = new(FirstPause, LongestPause, Max, time);

    /// <summary>Number of failing items; a loop that reads only its oldest items reads this many in addition.</summary>
    public int Failing => rests.Count;

    /// <summary>Whether the item is paused now.</summary>
    public bool IsPaused(string item) => rests.IsPaused(item);

    /// <summary>The end of the next pause, or null if no item is paused.</summary>
    public DateTimeOffset? Next() => rests.Next();

    /// <summary>Processes one item.</summary>
    /// <param name="item">Name of the item: an id, never personal data.</param>
    /// <param name="attempt">The work to do on the item.</param>
    /// <param name="cancellationToken">Stops the loop.</param>
    /// <exception cref="OperationCanceledException">The loop is stopped.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "The outer boundary of one item of a background loop: any exception is logged and counted, and the item is paused or set aside.")]
    public async Task<ItemOutcome> RunAsync(string item, Func<CancellationToken, Task> attempt, CancellationToken cancellationToken)
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
            return aside ? ItemOutcome.SetAside : ItemOutcome.Failed;
        }

        Forget(item);
        return ItemOutcome.Done;
    }

    /// <summary>Forgets an item that is done or no longer exists.</summary>
    public void Forget(string item)
    {
        rests.Forget(item);
        loop.Take(item);
    }

    /// <summary>Forgets every item that is not in the given set, because it no longer exists.</summary>
    public void KeepOnly(IReadOnlySet<string> items)
    {
        rests.KeepOnly(items);
        loop.KeepOnly(items);
    }
}
