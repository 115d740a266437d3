using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>Sends events to Azure Service Bus. One sender is created for each entity and reused, because each sender holds a
/// link.</summary>
public sealed class ServiceBusSending(ServiceBusClient client) : IBusSender
{
    private readonly ConcurrentDictionary<string, ServiceBusSender> senders = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        try
        {
            await senders.GetOrAdd(entity, client.CreateSender).SendMessageAsync(Message(cloudEvent, sessionId, correlationId), cancellationToken);
            return EffectResult.Done(cloudEvent.Id);
        }
        catch (Exception fault) when (ServiceBusFaults.Is(fault))
        {
            return ServiceBusFaults.Sending(entity, fault);
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
