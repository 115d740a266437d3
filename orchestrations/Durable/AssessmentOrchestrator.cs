using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Drives one assessment: takes a turn, carries out what it asked for, waits for a poke or the next due instant, and starts again. The instance id is
/// the assessment's id. It decides nothing and branches on nothing that a new rule could change, so an instance that waits for months
/// survives every deployment; the activity reads the current data each time, and the history holds none of it.
/// </summary>
public static class AssessmentOrchestrator
{
    /// <summary>Name under which it is registered.</summary>
    public const string Name = "Assessment";

    /// <summary>
    /// The external event that says "look again". It carries nothing. A lost one (this can happen around ContinueAsNew:
    /// microsoft/durabletask-dotnet issue 387) costs only time, because every turn reads the inbox first.
    /// </summary>
    public const string Poke = "poke";

    /// <summary>Turns after which a new history is begun, because each turn is replayed on every wake-up.</summary>
    public const int TurnsPerGeneration = 50;

    /// <summary>The orchestrator's body.</summary>
    /// <param name="context">The context, the only permitted source of time, ids and outside facts.</param>
    public static async Task RunAsync(TaskOrchestrationContext context)
    {
        using var alarm = new Alarm(context);
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

            await alarm.WaitAsync(report.NextAt);
        }

        context.ContinueAsNew();
    }
}
