using IntegrationHub.Functions.Monitoring.DeadLetters;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>Keeps the board fresh while the process runs.</summary>
public sealed class BoardKeeper(CaseBoard board, QueueWatch queues, WorkWatch work, MonitorOptions options, ILogger<BoardKeeper> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // By the wall clock: the assessments' own may be a virtual one that stands still.
        using var timer = new PeriodicTimer(options.RefreshEvery);
        do
        {
            try
            {
                await work.RefreshAsync(stoppingToken);
                await queues.RefreshAsync(stoppingToken);
                await board.RefreshAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The edge of the process: the board grows old and says so, the alert on its age fires, and the next reading tries again.
                BoardLog.Failed(log, fault.GetType().FullName ?? "-", fault.StackTrace ?? "-");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

internal static partial class BoardLog
{
    [LoggerMessage(1, LogLevel.Error, "The board, or the counts of the bus, could not be read: {Fault}\n{Trace}")]
    internal static partial void Failed(ILogger log, string fault, string trace);
}
