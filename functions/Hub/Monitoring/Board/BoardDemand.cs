using IntegrationHub.Functions.Background;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// Whether this process needs the board. The one that leads its fleet does always; every other only while somebody asks it for pages,
/// since a reading goes through all cases. Safe for concurrent use.
/// </summary>
public sealed class BoardDemand(CaseBoard board, MonitorOptions options, IFleetRole? fleet = null)
{
    /// <summary>So long after the last page the board is still kept.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>The first page waits so long for a reading at most; then it shows what has been read so far, and says so.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private long asked = long.MinValue;

    /// <summary>Somebody asks though the board is not kept now.</summary>
    public event Action? Begun;

    /// <summary>This process leads, or is no fleet's.</summary>
    public bool Leads => fleet?.Leads ?? true;

    /// <summary>The board is to be kept.</summary>
    public bool IsOn => Leads || (Interlocked.Read(ref asked) is var at && at != long.MinValue && TimeProvider.System.GetElapsedTime(at) < Lasts);

    /// <summary>Somebody asks for a page: sees to it that the board is kept, and waits a little for one that is too old to be shown.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        var was = IsOn;
        Interlocked.Exchange(ref asked, TimeProvider.System.GetTimestamp());
        if (was)
        {
            return;
        }

        var before = board.Current.AsOf;
        Begun?.Invoke();
        for (var began = TimeProvider.System.GetTimestamp(); board.Current.AsOf == before && TimeProvider.System.GetElapsedTime(began) < LongestWait;)
        {
            await Task.Delay(Look < options.RefreshEvery ? Look : options.RefreshEvery, cancellationToken);
        }
    }
}
