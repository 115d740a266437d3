using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IntegrationHub.Azure.Clock;

/// <summary>The functions that run on a timer, in UTC. The Functions host ensures that only one instance runs each timer, and each
/// successful run is recorded.</summary>
public sealed class ClockFunctions(Sweeper sweeper, HistoryPurge purge, HeldSweep held, IDriverRecord record, TimeProvider time, CurrentDurableClient currentClient)
{
    /// <summary>Name of the timer that handles assessments whose due work was missed.</summary>
    public const string Sweep = "Sweep";

    /// <summary>Name of the timer that checks the unsolicited assessments that the hub holds.</summary>
    public const string CheckHeldMessages = "CheckHeldMessages";

    /// <summary>Name of the timer that deletes the histories of ended instances.</summary>
    public const string PurgeHistories = "PurgeHistories";

    /// <summary>Every five minutes, handles the assessments that are due but have not been handled.</summary>
    [Function(Sweep)]
    public Task SweepAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync(Sweep, client, sweeper.SweepAsync, cancellationToken);

    /// <summary>Every hour, checks whether the messages that the hub holds, such as unsolicited assessments, can now be used or have
    /// expired.</summary>
    [Function(CheckHeldMessages)]
    public Task CheckHeldMessagesAsync([TimerTrigger("0 15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync(CheckHeldMessages, client, held.RunAsync, cancellationToken);

    /// <summary>Deletes the histories of instances that have ended, every night.</summary>
    [Function(PurgeHistories)]
    public Task PurgeAsync([TimerTrigger("0 30 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync(PurgeHistories, client, purge.PurgeAsync, cancellationToken);

    /// <summary>Name under which the drivers' record stores the time of a timer's last run.</summary>
    internal static string LastRunName(string timer) => $"ran-{timer}";

    private async Task RunAsync(string timer, DurableTaskClient client, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        currentClient.Use(client);
        await run(cancellationToken);
        await record.WriteAsync(LastRunName(timer), time.GetUtcNow(), cancellationToken);
    }
}
