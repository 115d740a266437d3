using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.TaskLife;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Orchestrations.Turns;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>
/// The channel to bodies that fetch their messages from the hub. Messages to such bodies are stored at the hub's own FHIR endpoint, and
/// subscribers are notified.
/// </summary>
public sealed class FhirPullChannel(FhirPublisher publisher, IFhirResourceStore store) : IAgencyChannel
{
    /// <inheritdoc/>
    public Reach Reach => Reach.FhirPull;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellationToken)
    {
        var first = RequestNames.Of(message.Assessment, message.Request.Id);
        switch (message.Kind)
        {
            case AgencyMessageKind.Request:
                return await PublishAsync(message, first, cancellationToken);
            case AgencyMessageKind.Return:
                return await PublishAsync(message, RequestNames.NameOfRepeatedRequest(message.Assessment, message.Request.Id, message.EffectId), cancellationToken);
            case AgencyMessageKind.Withdrawal:
                foreach (var name in await OpenNamesAsync(store, message, cancellationToken))
                {
                    await publisher.WithdrawAsync(name, message.Request.StatusReason ?? "The council has withdrawn this request for advice.", cancellationToken);
                }

                return EffectResult.Done();
            case AgencyMessageKind.Correction:
                foreach (var name in await NamesAsync(store, message, cancellationToken))
                {
                    await publisher.CorrectAsync(AskWriting.Of(message, name), cancellationToken);
                }

                return EffectResult.Done();
            default:
                foreach (var name in await OpenNamesAsync(store, message, cancellationToken))
                {
                    await publisher.PublishAsync(AskWriting.Of(message, name), cancellationToken);
                }

                return EffectResult.Done();
        }
    }

    /// <summary>
    /// Names of the request's open Tasks: the original Task, and a further Task for each time that the request was repeated.
    /// </summary>
    internal static ValueTask<IReadOnlyList<string>> OpenNamesAsync(IFhirResourceStore store, AgencyMessage message, CancellationToken cancellationToken) =>
        NamesAsync(store, message, task => !TaskTransitions.IsFinal(task.Status), cancellationToken);

    /// <summary>Names of all the request's Tasks, including closed ones.</summary>
    internal static ValueTask<IReadOnlyList<string>> NamesAsync(IFhirResourceStore store, AgencyMessage message, CancellationToken cancellationToken) => NamesAsync(store, message, _ => true, cancellationToken);

    private static async ValueTask<IReadOnlyList<string>> NamesAsync(IFhirResourceStore store, AgencyMessage message, Func<FhirTask, bool> which, CancellationToken cancellationToken)
    {
        var page = await store.SearchAsync(
            new ResourceQuery
            {
                Type = "Task",
                Count = 200,
                All = [new Criterion("group-identifier", [new Alternative(Match.Same, message.Assessment.Value, FhirUris.AssessmentId)])],
            },
            cancellationToken);
        return [.. from stored in page.Items
                   let task = stored.Parse<FhirTask>()
                   where which(task)
                   from identifier in task.Identifier
                   where identifier.System == FhirUris.AdviceRequestId && RequestNames.Names(identifier.Value!, message.Assessment, message.Request.Id)
                   select identifier.Value!];
    }

    private async ValueTask<EffectResult> PublishAsync(AgencyMessage message, string name, CancellationToken cancellationToken)
    {
        await publisher.PublishAsync(AskWriting.Of(message, name), cancellationToken);
        return EffectResult.Done($"Task/{RequestResources.TaskId(name)}");
    }
}
