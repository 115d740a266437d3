using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// What Durable Task retries automatically: unexpected faults, such as a host that died or a store that could not be reached. Expected
/// faults of a partner never reach it: the effect's activity records them in the outbox with the instant of the next attempt, which depends on the kind of
/// fault, and the orchestrator's timer follows that.
/// </summary>
public static class ActivityRetries
{
    /// <summary>For a turn: about an hour and a half, then the instance fails and the sweeper starts it again.</summary>
    public static readonly TaskOptions Turn = TaskOptions.FromRetryPolicy(new RetryPolicy(20, TimeSpan.FromSeconds(5), 2.0, TimeSpan.FromMinutes(5)));

    /// <summary>For an effect: a few quick attempts; its id lets the other side drop a repeat.</summary>
    public static readonly TaskOptions Effect = TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(2), 2.0, TimeSpan.FromMinutes(1)));
}
