using DurableTask.Core.Exceptions;
using IntegrationHub.Contracts.Identifiers;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Makes sure that an assessment's instance looks at its inbox soon: starts it, or pokes the running one. Safe from many hosts at once,
/// because the instance id is the assessment's id and a start is refused while an instance with that id is alive.
/// </summary>
public sealed class InstancePoker(CurrentDurableClient hand)
{
    /// <summary>Starting an orchestration does not replace an instance in one of these states.</summary>
    private static readonly OrchestrationRuntimeStatus[] Living =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Pokes or starts. A lost poke costs only time.</summary>
    public async Task PokeAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        var instance = await hand.Client.GetInstanceAsync(assessment.Value, cancellationToken);
        if (instance is null || instance.IsCompleted)
        {
            if (await TryStartAsync(assessment, cancellationToken))
            {
                return;
            }
        }

        await hand.Client.RaiseEventAsync(assessment.Value, AssessmentOrchestrator.Poke, null, cancellationToken);
    }

    /// <returns>False: another host started it in between.</returns>
    private async Task<bool> TryStartAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        try
        {
            var options = new StartOrchestrationOptions { InstanceId = assessment.Value }.WithDedupeStatuses(Living);
            await hand.Client.ScheduleNewOrchestrationInstanceAsync(AssessmentOrchestrator.Name, null, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
