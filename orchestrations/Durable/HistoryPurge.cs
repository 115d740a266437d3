using Microsoft.DurableTask.Client;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Removes the histories of instances that are over, one day of their creation at a time: a large purge times out and starves the app
/// (azure-functions-durable-extension issues 1145, 2211). Nothing is lost: the record is the assessment's events.
/// </summary>
public sealed class HistoryPurge(ClientAtHand hand, TimeProvider time)
{
    /// <summary>Days for which a finished instance is kept, for whoever looks into a fault.</summary>
    public const int DaysKept = 30;

    /// <summary>Days before that which are looked through: an assessment takes 20 weeks by law and may take years.</summary>
    public const int DaysLookedThrough = 3 * 366;

    private static readonly OrchestrationRuntimeStatus[] Over =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Purges once.</summary>
    /// <returns>Instances removed.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellation = default)
    {
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var removed = 0;
        for (var day = today.AddDays(-DaysKept - DaysLookedThrough); day < today.AddDays(-DaysKept); day = day.AddDays(1))
        {
            removed += (await hand.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(day, day.AddDays(1), Over), cancellation)).PurgedInstanceCount;
        }

        return removed;
    }
}
