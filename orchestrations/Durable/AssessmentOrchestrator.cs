using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Drives one assessment: takes a turn, carries out its effects, waits for a poke or the next due time, and starts again. The instance id
/// is the assessment's id. The orchestrator decides nothing and has no branch that a new rule could change, so an instance that waits for
/// months survives every deployment. The activity reads the current data each time, and the history contains none of these data.
/// </summary>
public static class AssessmentOrchestrator
{
    /// <summary>Name under which the orchestrator is registered.</summary>
    public const string Name = "Assessment";

    /// <summary>
    /// The external event that asks an instance to check again. The event carries no data. If a poke is lost (which can happen around
    /// ContinueAsNew: microsoft/durabletask-dotnet issue 387), only time is lost, because every turn reads the inbox first.
    /// </summary>
    public const string WakeEvent = "poke";

    /// <summary>The number of turns after which a new history begins, because each turn is replayed on every wake-up.</summary>
    public const int TurnsPerGeneration = 50;

    /// <summary>Runs the orchestrator.</summary>
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
