using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>
/// Tells the assessment of every change of a Task, once it is durable: at once when it can, and again until it succeeds when the
/// assessment could not be reached or the process ended in between.
/// </summary>
public sealed partial class NewsCourier(IFhirResourceStore store, INhsExchange exchange, ITaskChangeSource changes, TimeProvider time, ILogger<NewsCourier> logger) : BackgroundService
{
    /// <summary>How often what was left over is tried again.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>Delivers one change now; when that fails it stays with the rest.</summary>
    public async Task Deliver(TaskChange change, PendingNews news, CancellationToken cancel)
    {
        try
        {
            await exchange.Deliver(change, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            // The edge to the assessment: the change is durable here and is told again, whatever went wrong there.
            NotDelivered(logger, change.Id, failure);
            return;
        }

        await store.MarkDelivered(news, cancel);
    }

    /// <summary>Delivers what was left over.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DeliverRest(CancellationToken cancel)
    {
        var rest = await store.Undelivered(100, cancel);
        foreach (var news in rest)
        {
            if (await changes.Of(news, cancel) is { } change)
            {
                await Deliver(change, news, cancel);
            }
            else
            {
                await store.MarkDelivered(news, cancel);
            }
        }

        return rest.Count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await DeliverRest(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Warning, "A Task change could not be delivered and will be tried again: {Change}")]
    private static partial void NotDelivered(ILogger logger, string change, Exception failure);
}

/// <summary>Makes the change again from what is kept.</summary>
public interface ITaskChangeSource
{
    /// <summary>The change that led to a version; null when that version is not there.</summary>
    ValueTask<TaskChange?> Of(PendingNews news, CancellationToken cancel);
}
