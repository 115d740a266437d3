using Microsoft.DurableTask.Client;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Removes the histories of instances that have ended, one creation date at a time, because a large purge times out and starves the app
/// (azure-functions-durable-extension issues 1145, 2211). A run stops before its host would stop it, and the next run continues from where
/// this run stopped. No record is lost, because the permanent record consists of the assessment's events.
/// </summary>
public sealed class HistoryPurge(CurrentDurableClient currentClient, IDriverRecord record, TimeProvider time)
{
    /// <summary>The number of days for which the history of a finished instance is stored, for the investigation of faults.</summary>
    public const int DaysKept = 30;

    /// <summary>The number of earlier days that are searched for finished instances. An assessment takes 20 weeks by law but can take
    /// years.</summary>
    public const int DaysSearched = 3 * 366;

    /// <summary>The longest duration of one run of the purge. The host ends a function after ten minutes (host.json).</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(7);

    /// <summary>The longest duration of one call to the Durable Task backend.</summary>
    public static readonly TimeSpan MaxCallDuration = TimeSpan.FromMinutes(1);

    /// <summary>The extra time that a call gets before it is abandoned, because not every backend observes the call's own time
    /// limit.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly OrchestrationRuntimeStatus[] Over =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Runs the purge once.</summary>
    /// <returns>The number of instances whose histories were removed.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken = default)
    {
        var began = time.GetTimestamp();
        var end = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-DaysKept);
        var first = end.AddDays(-DaysSearched);
        var day = await record.ReadAsync(IDriverRecord.PurgePosition, cancellationToken) is { } kept && kept >= first && kept < end ? kept : first;
        var removed = 0;
        for (var looked = 0; looked < DaysSearched && time.GetElapsedTime(began) < MaxDuration;)
        {
            var (count, whole) = await DayAsync(day, cancellationToken);
            removed += count;
            if (whole || count == 0)
            {
                // A day whose histories cannot be removed must not prevent the other days from being purged. A day for which the purge
                // failed will be tried again.
                looked++;
                day = day.AddDays(1) < end ? day.AddDays(1) : first;
                await record.WriteAsync(IDriverRecord.PurgePosition, day, cancellationToken);
            }
        }

        return removed;
    }

    /// <returns>The number of instances whose histories were removed, and whether no finished instance is left that was created on the given
    /// day. If a purge does not end in time, only some histories have been removed.</returns>
    private async Task<(int Removed, bool Whole)> DayAsync(DateTimeOffset day, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(MaxCallDuration + Grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var filter = new PurgeInstancesFilter(day, day.AddDays(1), Over) { Timeout = MaxCallDuration };
            var result = await currentClient.Client.PurgeAllInstancesAsync(filter, either.Token);
            return (result.PurgedInstanceCount, result.IsComplete != false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (0, false);
        }
    }
}
