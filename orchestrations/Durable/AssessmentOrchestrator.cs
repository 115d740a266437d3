using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Drives one assessment: take a turn, carry out what it asked for, wait for a poke or the next due instant, again. The instance id is
/// the assessment's id. It decides nothing and branches on nothing that a new rule could change, so an instance that waits for months
/// survives every deployment; what it goes by is read anew by the activity each time, never kept in its history.
/// </summary>
public static class AssessmentOrchestrator
{
    /// <summary>Name under which it is registered.</summary>
    public const string Name = "Assessment";

    /// <summary>
    /// The external event that says "look again". It carries nothing. One that is lost (they can be around ContinueAsNew:
    /// microsoft/durabletask-dotnet issue 387) costs time only, because every turn reads the inbox first.
    /// </summary>
    public const string Poke = "poke";

    /// <summary>Turns after which the history is begun anew: each is replayed on every wake-up.</summary>
    public const int TurnsPerGeneration = 50;

    /// <summary>The orchestrator's body.</summary>
    /// <param name="context">The context; nothing else may be asked for time, ids or outside facts.</param>
    public static async Task RunAsync(TaskOrchestrationContext context)
    {
        for (var turn = 0; turn < TurnsPerGeneration; turn++)
        {
            var report = await context.CallActivityAsync<TurnReport>(TurnActivity.Name, context.InstanceId, ActivityRetries.Turn);
            context.SetCustomStatus(report.Status);
            if (report.Due.Count > 0)
            {
                await Task.WhenAll(report.Due.Select(due => context.CallActivityAsync(due.Activity, due, ActivityRetries.Effect)));
                continue;
            }

            if (report.HasEnded)
            {
                return;
            }

            await WaitAsync(context, report.NextAt);
        }

        context.ContinueAsNew();
    }

    /// <summary>Both the timer and the wait are cancelled when either is over: a timer that is left behind keeps an instance "Running" until it fires.</summary>
    private static async Task WaitAsync(TaskOrchestrationContext context, DateTimeOffset? nextAt)
    {
        using var over = new CancellationTokenSource();
        var poked = context.WaitForExternalEvent<object?>(Poke, over.Token);
        Task woken = nextAt is { } at ? Task.WhenAny(poked, context.CreateTimer(at.UtcDateTime, over.Token)) : poked;
        await woken;

        // Not CancelAsync: its callbacks would leave the orchestrator's thread.
        over.Cancel();
    }
}
