using System.Text;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>Converts messages received from Service Bus into the hub's own form, and shortens the reasons that are sent to Service Bus for
/// dead letters.</summary>
public static class ServiceBusArrivals
{
    /// <summary>The key with which a message was sent, if the bus reports it. The embedded bus reports the key; Azure does not.</summary>
    private const string SentBy = "x-opt-hub-sent-by";

    /// <summary>
    /// Longest reason and description of a dead letter, in characters; the client refuses longer ones. The limit is one of the published
    /// quotas of Azure Service Bus.
    /// </summary>
    private const int MaxReasonLength = 4096;

    /// <summary>Reads a message from any sender. A body that is neither a data section nor text is read as empty and refused
    /// later.</summary>
    /// <param name="queue">The queue from which the message came.</param>
    /// <param name="message">The message.</param>
    public static ReceivedBusMessage Read(BusEntity queue, ServiceBusReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(message);
        var properties = message.ApplicationProperties.ToDictionary(property => property.Key, property => (object?)property.Value, StringComparer.Ordinal);
        return new ReceivedBusMessage(
            queue.Name, message.MessageId, message.SessionId, message.CorrelationId,
            new AmqpParts(message.ContentType, properties, BodyOf(message)), Math.Max(message.DeliveryCount, 1),
            message.GetRawAmqpMessage().MessageAnnotations.TryGetValue(SentBy, out var key) ? key as string : null);
    }

    /// <summary>
    /// Shortens a reason or description to the length that the client accepts. The sender receives the full text in
    /// <c>message.rejected</c>.
    /// </summary>
    public static string? Cut(string? text) => text is { Length: > MaxReasonLength } ? text[..MaxReasonLength] : text;

    // ServiceBusReceivedMessage.Body throws an exception unless the body is a data section.
    private static ReadOnlyMemory<byte> BodyOf(ServiceBusReceivedMessage message)
    {
        var body = message.GetRawAmqpMessage().Body;
        if (body.TryGetData(out var sections))
        {
            return sections!.SelectMany(section => section.ToArray()).ToArray();
        }

        // JMS text messages and similar messages carry their text as an AMQP value.
        return body.TryGetValue(out var value)
            ? value switch { string text => Encoding.UTF8.GetBytes(text), byte[] bytes => bytes, _ => default(ReadOnlyMemory<byte>) }
            : default;
    }
}
