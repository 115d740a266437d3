using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// The retries that Durable Task makes automatically after unexpected faults, such as a failed host or a store that could not be reached.
/// Expected faults of a partner are handled elsewhere: the effect's activity records them in the outbox with the time of the next attempt,
/// which depends on the kind of fault, and the orchestrator's timer waits until then.
/// </summary>
public static class ActivityRetries
{
    /// <summary>Retries of a turn for about an hour and a half. After that, the instance fails and the sweeper starts the instance
    /// again.</summary>
    public static readonly TaskOptions Turn = TaskOptions.FromRetryPolicy(new RetryPolicy(20, TimeSpan.FromSeconds(5), 2.0, TimeSpan.FromMinutes(5)));

    /// <summary>A few quick retries of an effect. The effect's id allows the receiver to drop a repeat.</summary>
    public static readonly TaskOptions Effect = TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(2), 2.0, TimeSpan.FromMinutes(1)));
}
