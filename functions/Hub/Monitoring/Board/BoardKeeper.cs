using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Monitoring.DeadLetters;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// Keeps the board up to date while the process runs. The loop uses the wall clock, because the assessments' clock may be virtual and
/// stopped. If the cases cannot be read, the board shows how old its data are, and the alert for an old board is raised.
/// </summary>
public sealed class BoardKeeper : BackgroundLoop
{
    private readonly CaseBoard board;
    private readonly QueueMonitor queues;
    private readonly WorkMonitor watch;
    private readonly MonitorOptions options;
    private readonly BoardUsage usage;

    /// <summary>Starts the loop with the host.</summary>
    public BoardKeeper(CaseBoard board, QueueMonitor queues, WorkMonitor watch, MonitorOptions options, BoardUsage usage, BackgroundWork work)
        : base("update of the board", work, TimeProvider.System)
    {
        (this.board, this.queues, this.watch, this.options, this.usage) = (board, queues, watch, options, usage);
        usage.Started += Wake;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        usage.Started -= Wake;
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        if (!usage.IsOn)
        {
            return options.RefreshEvery;
        }

        // The bus is read separately, so that the cases do not look out of date if the bus's counts cannot be read.
        await Items.RunAsync("waiting work", watch.RefreshAsync, cancellationToken);
        await Items.RunAsync("queues", queues.RefreshAsync, cancellationToken);
        await board.RefreshAsync(cancellationToken);
        return options.RefreshEvery;
    }
}
