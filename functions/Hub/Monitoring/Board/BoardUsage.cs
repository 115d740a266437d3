using IntegrationHub.Functions.Background;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// Whether this process needs the board. The leading process always needs the board. Other processes need the board only while somebody
/// requests pages from them, because each update reads all cases. Safe for concurrent use.
/// </summary>
public sealed class BoardUsage(CaseBoard board, MonitorOptions options, IFleetRole? fleet = null)
{
    /// <summary>How long updates of the board continue after the last request for a page.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The longest time for which the first page waits until the cases have been read; after this, the page shows the cases read so far and
    /// states that more are coming.
    /// </summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private long asked = long.MinValue;

    /// <summary>Raised if somebody requests a page while the board is not being kept up to date.</summary>
    public event Action? Started;

    /// <summary>Whether this process is the leading process, or the only one.</summary>
    public bool IsLeader => fleet?.IsLeader ?? true;

    /// <summary>Whether the board must be kept up to date.</summary>
    public bool IsOn => IsLeader || (Interlocked.Read(ref asked) is var at && at != long.MinValue && TimeProvider.System.GetElapsedTime(at) < Duration);

    /// <summary>
    /// Called when somebody requests a page. Starts regular updates of the board and, if the board is too old, waits briefly for a new
    /// reading.
    /// </summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        var was = IsOn;
        Interlocked.Exchange(ref asked, TimeProvider.System.GetTimestamp());
        if (was)
        {
            return;
        }

        var before = board.Current.AsOf;
        Started?.Invoke();
        for (var began = TimeProvider.System.GetTimestamp(); board.Current.AsOf == before && TimeProvider.System.GetElapsedTime(began) < MaxWait;)
        {
            await Task.Delay(Look < options.RefreshEvery ? Look : options.RefreshEvery, cancellationToken);
        }
    }
}
