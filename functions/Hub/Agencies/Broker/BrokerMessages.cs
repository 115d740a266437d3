using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>Turns events into AMQPNetLite messages, and received AMQPNetLite messages into the form that is common to every kind of
/// bus.</summary>
public static class BrokerMessages
{
    /// <summary>
    /// The embedded bus's annotation with the name of the key with which a message was sent. Azure Service Bus does not have this
    /// annotation.
    /// </summary>
    private static readonly Symbol SentBy = "x-opt-hub-sent-by";

    /// <summary>Turns an event into a message.</summary>
    /// <param name="cloudEvent">The event; its id becomes the message id.</param>
    /// <param name="sessionId">The session, if the entity requires one.</param>
    /// <param name="correlationId">The correlation id to send with the event.</param>
    public static Message Write(CloudEvent cloudEvent, string? sessionId, string? correlationId)
    {
        var parts = CloudEventBinding.Write(cloudEvent);
        var message = new Message
        {
            Header = new Header { Durable = true },
            Properties = new Properties { MessageId = cloudEvent.Id, ContentType = parts.ContentType },
            ApplicationProperties = new ApplicationProperties(),
            BodySection = new Data { Binary = parts.Body.ToArray() },
        };
        if (sessionId is not null)
        {
            message.Properties.GroupId = sessionId;
        }

        if (correlationId is not null)
        {
            message.Properties.CorrelationId = correlationId;
        }

        foreach (var (name, value) in parts.ApplicationProperties)
        {
            message.ApplicationProperties[name] = value;
        }

        return message;
    }

    /// <summary>
    /// Reads a message from any sender, in any AMQP form. A body with neither data sections nor a text or binary value is read as empty, so
    /// the message is refused later.
    /// </summary>
    /// <param name="queue">The queue from which the message came.</param>
    /// <param name="message">The message.</param>
    public static ReceivedBusMessage Read(string queue, Message message)
    {
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in message.ApplicationProperties?.Map ?? [])
        {
            // Some clients use symbols as the names of properties.
            if (name is string or Symbol)
            {
                properties[name.ToString()!] = BrokerValues.Plain(value);
            }
        }

        return new ReceivedBusMessage(
            queue,
            Text(message.Properties?.GetMessageId()),
            message.Properties?.GroupId,
            Text(message.Properties?.GetCorrelationId()),
            new AmqpParts(message.Properties?.ContentType?.ToString(), properties, Body(message)),
            (int)Math.Min(int.MaxValue - 1, message.Header?.DeliveryCount ?? 0) + 1,
            message.MessageAnnotations?[SentBy] as string);
    }

    private static ReadOnlyMemory<byte> Body(Message message) => message.BodySection switch
    {
        Data data => data.Binary,
        DataList many => Enumerable.Range(0, many.Count).SelectMany(i => many[i].Binary).ToArray(),
        // JMS text messages and the like carry their text as an AMQP value.
        AmqpValue { Value: string text } => System.Text.Encoding.UTF8.GetBytes(text),
        AmqpValue { Value: byte[] bytes } => bytes,
        _ => default,
    };

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        byte[] bytes => Convert.ToHexString(bytes),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
