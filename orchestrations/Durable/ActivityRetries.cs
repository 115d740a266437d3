using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// The retries that Durable Task makes automatically after unexpected faults, such as a failed host or a store that could not be reached.
/// Expected faults of a partner are handled elsewhere: the effect's activity records the fault in the outbox with the time of the next
/// attempt, which depends on the kind of fault; the orchestrator's timer waits until that time.
/// </summary>
public static class ActivityRetries
{
    /// <summary>The retries of a turn, which go on for about an hour and a half. If all retries fail, the instance fails and the sweeper
    /// starts it again.</summary>
    public static readonly TaskOptions Turn = TaskOptions.FromRetryPolicy(new RetryPolicy(20, TimeSpan.FromSeconds(5), 2.0, TimeSpan.FromMinutes(5)));

    /// <summary>The retries of an effect: only a few, at short intervals. If the earlier attempt did succeed, the retry is a repeat, which
    /// the receiver can recognise by the effect's id and drop.</summary>
    public static readonly TaskOptions Effect = TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(2), 2.0, TimeSpan.FromMinutes(1)));
}
