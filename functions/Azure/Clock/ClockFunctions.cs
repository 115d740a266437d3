using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IntegrationHub.Azure.Clock;

/// <summary>What runs on a timer. Times are UTC; the host makes sure that only one instance runs each. Each successful run is recorded.</summary>
public sealed class ClockFunctions(Sweeper sweeper, HistoryPurge purge, HeldSweep held, IDriverRecord record, TimeProvider time, CurrentDurableClient hand)
{
    /// <summary>Name of the sweeper's timer.</summary>
    public const string Sweep = "Sweep";

    /// <summary>Name of the timer that looks at what is held.</summary>
    public const string LookAtHeld = "LookAtHeld";

    /// <summary>Name of the purge's timer.</summary>
    public const string PurgeHistories = "PurgeHistories";

    /// <summary>Every five minutes: assessments that are due and were not handled.</summary>
    [Function(Sweep)]
    public Task SweepAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync(Sweep, client, sweeper.SweepAsync, cancellationToken);

    /// <summary>Every hour: what agencies sent unasked and the hub holds.</summary>
    [Function(LookAtHeld)]
    public Task LookAtHeldAsync([TimerTrigger("0 15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync(LookAtHeld, client, held.RunAsync, cancellationToken);

    /// <summary>Every night: histories of instances that have ended.</summary>
    [Function(PurgeHistories)]
    public Task PurgeAsync([TimerTrigger("0 30 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync(PurgeHistories, client, purge.PurgeAsync, cancellationToken);

    /// <summary>Name under which the last run of a timer is kept in the drivers' record.</summary>
    internal static string RunOf(string timer) => $"ran-{timer}";

    private async Task RunAsync(string timer, DurableTaskClient client, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        hand.Use(client);
        await run(cancellationToken);
        await record.WriteAsync(RunOf(timer), time.GetUtcNow(), cancellationToken);
    }
}
