using DurableTask.Core.Exceptions;
using IntegrationHub.Contracts.Identifiers;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Makes sure that an assessment's instance soon checks its inbox, by starting the instance or sending the running instance a wake event.
/// Several hosts can wake one instance simultaneously, because the instance id is the assessment's id and a start is refused while an
/// instance with that id is running.
/// </summary>
public sealed class InstanceWaker(CurrentDurableClient currentClient)
{
    /// <summary>The states in which a start does not replace an existing instance.</summary>
    private static readonly OrchestrationRuntimeStatus[] ActiveStatuses =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Sends the instance a wake event, or starts it. If a wake event is lost, the work is only delayed.</summary>
    public async Task WakeAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        var instance = await currentClient.Client.GetInstanceAsync(assessment.Value, cancellationToken);
        if (instance is null || instance.IsCompleted)
        {
            if (await TryStartAsync(assessment, cancellationToken))
            {
                return;
            }
        }

        await currentClient.Client.RaiseEventAsync(assessment.Value, AssessmentOrchestrator.WakeEvent, null, cancellationToken);
    }

    /// <returns>False if another host has already started the instance.</returns>
    private async Task<bool> TryStartAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        try
        {
            var options = new StartOrchestrationOptions { InstanceId = assessment.Value }.WithDedupeStatuses(ActiveStatuses);
            await currentClient.Client.ScheduleNewOrchestrationInstanceAsync(AssessmentOrchestrator.Name, null, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
