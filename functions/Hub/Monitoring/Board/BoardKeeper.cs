using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Monitoring.DeadLetters;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// Keeps the board up to date while the process runs. It uses the wall clock, because the assessments' own clock may be a virtual one that
/// has stopped. When readings fail, the board becomes old and says so, and the alert on its age fires.
/// </summary>
public sealed class BoardKeeper : BackgroundLoop
{
    private readonly CaseBoard board;
    private readonly QueueWatch queues;
    private readonly WorkWatch watch;
    private readonly MonitorOptions options;
    private readonly BoardDemand demand;

    /// <summary>Starts with the host.</summary>
    public BoardKeeper(CaseBoard board, QueueWatch queues, WorkWatch watch, MonitorOptions options, BoardDemand demand, BackgroundWork work)
        : base("reading of the board", work, TimeProvider.System)
    {
        (this.board, this.queues, this.watch, this.options, this.demand) = (board, queues, watch, options, demand);
        demand.Begun += Wake;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        demand.Begun -= Wake;
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        if (!demand.IsOn)
        {
            return options.RefreshEvery;
        }

        // Each separately, so that a bus whose counts cannot be read does not make the cases look old.
        await Items.RunAsync("waiting work", watch.RefreshAsync, cancellationToken);
        await Items.RunAsync("queues", queues.RefreshAsync, cancellationToken);
        await board.RefreshAsync(cancellationToken);
        return options.RefreshEvery;
    }
}
