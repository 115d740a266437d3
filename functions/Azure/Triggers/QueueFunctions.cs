using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.ServiceBus;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IntegrationHub.Azure.Triggers;

/// <summary>One trigger for each queue of <see cref="BusEntities"/>. The topics need no
/// triggers, because agencies read them and the hub only sends to them.</summary>
public sealed class QueueFunctions(IBusReceiver receiver, CurrentDurableClient currentClient)
{
    /// <summary>Prefix of the settings for the Service Bus namespace: <c>ServiceBus__fullyQualifiedNamespace</c>,
    /// <c>ServiceBus__credential</c>, <c>ServiceBus__clientId</c>.</summary>
    private const string Connection = "ServiceBus";

    /// <summary>Receives the answers of agencies, session by session, so that the answers for one assessment are processed in
    /// order.</summary>
    [Function("AdviceResponses")]
    public Task AdviceResponsesAsync(
        [ServiceBusTrigger("advice-responses", Connection = Connection, IsSessionsEnabled = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => TakeAsync(BusEntities.AdviceResponses, message, actions, client, cancellationToken);

    /// <summary>Receives assessments that agencies send without a request.</summary>
    [Function("AssessmentsPushed")]
    public Task AssessmentsPushedAsync(
        [ServiceBusTrigger("assessments-pushed", Connection = Connection, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => TakeAsync(BusEntities.AssessmentsPushed, message, actions, client, cancellationToken);

    /// <summary>Receives school closures that schools publish.</summary>
    [Function("SchoolClosures")]
    public Task SchoolClosuresAsync(
        [ServiceBusTrigger("school-closures", Connection = Connection, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => TakeAsync(BusEntities.SchoolClosures, message, actions, client, cancellationToken);

    private async Task<BusDecision> VerdictAsync(BusEntity queue, ReceivedBusMessage arrival, CancellationToken cancellationToken)
    {
        try
        {
            return await receiver.ReceiveAsync(arrival, cancellationToken);
        }
        catch (Exception) when (arrival.DeliveryCount >= queue.MaxDeliveryCount && !cancellationToken.IsCancellationRequested)
        {
            // If the handling throws before the last delivery, the message is not settled: its lock ends and the message is delivered
            // again. If the last delivery fails too, the sender is notified; the worker has logged each earlier fault.
            return await receiver.GiveUpAsync(arrival, cancellationToken);
        }
    }

    private async Task TakeAsync(BusEntity queue, ServiceBusReceivedMessage message, ServiceBusMessageActions actions, DurableTaskClient client, CancellationToken cancellationToken)
    {
        currentClient.Use(client);
        var verdict = await VerdictAsync(queue, ServiceBusArrivals.Read(queue, message), cancellationToken);
        await (verdict.Settlement switch
        {
            Settlement.Complete => actions.CompleteMessageAsync(message, cancellationToken),
            Settlement.Abandon => actions.AbandonMessageAsync(message, null, cancellationToken),
            _ => actions.DeadLetterMessageAsync(message, null, ServiceBusArrivals.Cut(verdict.Reason), ServiceBusArrivals.Cut(verdict.Description), cancellationToken),
        });
    }
}
