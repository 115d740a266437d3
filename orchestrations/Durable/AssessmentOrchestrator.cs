using Microsoft.DurableTask;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Drives one assessment: take a turn, carry out what it asked for, wait for a poke or the next due instant, again. The instance id is
/// the assessment's id. It decides nothing and branches on nothing that a new rule could change, so an instance that waits for months
/// survives every deployment; what it goes by is read again by the activity each time, never kept in its history.
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

    /// <summary>Turns after which the history is begun again: each is replayed on every wake-up.</summary>
    public const int TurnsPerGeneration = 50;

    /// <summary>The orchestrator's body.</summary>
    /// <param name="context">The context; nothing else may be asked for time, ids or outside facts.</param>
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
