using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>
/// Reports every stored change to a Task to the assessment: immediately if possible; otherwise the report is tried again until it succeeds,
/// even after a restart.
/// </summary>
public sealed partial class TaskReportDelivery(
    IFhirResourceStore store, INhsExchange exchange, ITaskChangeSource changes, BackgroundWork work, TimeProvider time, ILogger<TaskReportDelivery> logger)
    : BackgroundLoop("delivery of NHS bodies' answers to the cases", work, time)
{
    /// <summary>Interval at which undelivered changes are tried again.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private const int AtOnce = 100;

    /// <summary>Delivers one change now. If delivery fails, the change stays undelivered.</summary>
    public async Task DeliverAsync(TaskChange change, UnreportedVersion news, CancellationToken cancellationToken)
    {
        try
        {
            await exchange.DeliverAsync(change, cancellationToken);
            await store.MarkDeliveredAsync(news, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Every exception is caught here, because the change has been stored and is delivered again after any fault in the assessment.
            NotDelivered(logger, change.Id, failure.GetType().Name, failure.StackTrace);
        }
    }

    /// <summary>Delivers the changes that have not been delivered yet. A change that fails is paused and does not delay later
    /// changes.</summary>
    /// <returns>The number of undelivered changes that were read.</returns>
    public async Task<int> DeliverRestAsync(CancellationToken cancellationToken)
    {
        // Paused changes come first in the list, so the number of changes to read is increased by the number of paused changes.
        var rest = await store.UndeliveredAsync(AtOnce + Items.Failing, cancellationToken);
        foreach (var news in rest.Where(news => !Items.IsPaused(ItemOf(news))))
        {
            await Items.RunAsync(ItemOf(news), cancellationToken => DeliverOneAsync(news, cancellationToken), cancellationToken);
        }

        return rest.Count;
    }

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await DeliverRestAsync(cancellationToken);
        return Interval;
    }

    private async Task DeliverOneAsync(UnreportedVersion news, CancellationToken cancellationToken)
    {
        if (await changes.OfAsync(news, cancellationToken) is { } change)
        {
            await exchange.DeliverAsync(change, cancellationToken);
        }

        await store.MarkDeliveredAsync(news, cancellationToken);
    }

    private static string ItemOf(UnreportedVersion news) => FormattableString.Invariant($"{news.Type}/{news.Id}/_history/{news.Version}");

    [LoggerMessage(1, LogLevel.Warning, "A Task change could not be delivered and will be tried again: {Change}, {Fault}\n{Where}")]
    private static partial void NotDelivered(ILogger logger, string change, string fault, string? where);
}

/// <summary>Rebuilds a change to a Task from the stored versions of the Task.</summary>
public interface ITaskChangeSource
{
    /// <summary>The change that led to a version, or null if there is no such version.</summary>
    ValueTask<TaskChange?> OfAsync(UnreportedVersion news, CancellationToken cancellationToken);
}
