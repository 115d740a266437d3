using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Drives one assessment: takes a turn, carries out the effects of the turn, waits for a wake event or the next due time, and starts again.
/// The instance id is the assessment's id. The orchestrator makes no decisions and has no branch that a new rule could change, so an
/// instance can wait for months and survive every deployment. The activity reads the current data in each turn, and none of these data are
/// stored in the history.
/// </summary>
public static class AssessmentOrchestrator
{
    /// <summary>Name under which the orchestrator is registered.</summary>
    public const string Name = "Assessment";

    /// <summary>
    /// The name of the wake event, an external event that makes an instance check again for work. The wake event contains no data. If a
    /// wake event is lost (which can happen around ContinueAsNew: microsoft/durabletask-dotnet issue 387), only time is lost, because every
    /// turn begins by reading the inbox.
    /// </summary>
    public const string WakeEvent = "poke";

    /// <summary>The number of turns after which a new history begins, because each turn is replayed on every wake-up.</summary>
    public const int TurnsPerGeneration = 50;

    /// <summary>Runs the orchestrator.</summary>
    /// <param name="context">The context of the orchestration, which is the only source from which the orchestrator may get the time, new
    /// ids and outside data.</param>
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
