using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Azure.Bus;

/// <summary>Sends to Azure Service Bus. One sender an entity, kept: each holds a link.</summary>
internal sealed class ServiceBusSending(ServiceBusClient client) : IBusSender
{
    private readonly ConcurrentDictionary<string, ServiceBusSender> senders = new(StringComparer.Ordinal);

    public async ValueTask<EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellation = default)
    {
        try
        {
            await senders.GetOrAdd(entity, client.CreateSender).SendMessageAsync(Message(cloudEvent, sessionId, correlationId), cancellation);
            return EffectResult.Done(cloudEvent.Id);
        }
        catch (ServiceBusException fault)
        {
            // The reason only: the message may quote addresses.
            return fault.Reason switch
            {
                ServiceBusFailureReason.MessageSizeExceeded => EffectResult.Permanent("The message is larger than the bus takes."),
                ServiceBusFailureReason.MessagingEntityNotFound or ServiceBusFailureReason.MessagingEntityDisabled => EffectResult.NeedsHuman($"{entity}: {fault.Reason}."),
                _ => EffectResult.Transient($"{entity}: {fault.Reason}."),
            };
        }
        catch (UnauthorizedAccessException)
        {
            return EffectResult.NeedsHuman($"The hub's identity may not send to {entity}.");
        }
    }

    private static ServiceBusMessage Message(CloudEvent cloudEvent, string? sessionId, string? correlationId)
    {
        var parts = CloudEventBinding.Write(cloudEvent);
        var message = new ServiceBusMessage(parts.Body) { MessageId = cloudEvent.Id };
        if (parts.ContentType is { } contentType)
        {
            message.ContentType = contentType;
        }

        foreach (var (name, value) in parts.ApplicationProperties.Where(p => p.Value is not null))
        {
            message.ApplicationProperties[name] = value!;
        }

        if (sessionId is not null)
        {
            message.SessionId = sessionId;
        }

        if (correlationId is not null)
        {
            message.CorrelationId = correlationId;
        }

        return message;
    }
}
