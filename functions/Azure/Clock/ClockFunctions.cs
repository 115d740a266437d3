using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IntegrationHub.Azure.Clock;

/// <summary>What runs by the clock. Times are UTC; the host sees to it that one instance runs each.</summary>
public sealed class ClockFunctions(Sweeper sweeper, HistoryPurge purge, HeldSweep held, ClientAtHand hand)
{
    /// <summary>Every five minutes: assessments that are due and were not looked at.</summary>
    [Function("Sweep")]
    public Task SweepAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        hand.Use(client);
        return sweeper.SweepAsync(cancellation);
    }

    /// <summary>Every hour: what agencies sent unasked and is held.</summary>
    [Function("LookAtHeld")]
    public Task LookAtHeldAsync([TimerTrigger("0 15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        hand.Use(client);
        return held.RunAsync(cancellation);
    }

    /// <summary>Every night: histories of instances that are over.</summary>
    [Function("PurgeHistories")]
    public Task PurgeAsync([TimerTrigger("0 30 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        hand.Use(client);
        return purge.PurgeAsync(cancellation);
    }
}
