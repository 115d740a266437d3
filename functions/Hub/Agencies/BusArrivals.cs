using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies;

/// <summary>A message as delivered, in the same form for every kind of bus.</summary>
/// <param name="Entity">The queue, which is one of <see cref="BusEntities"/>.</param>
/// <param name="MessageId">The sender's message id.</param>
/// <param name="SessionId">The session, which is the assessment's id if the queue requires sessions.</param>
/// <param name="CorrelationId">The sender's correlation id.</param>
/// <param name="Parts">The content type, application properties and body, in the form that <see cref="CloudEventBinding"/> reads.</param>
/// <param name="DeliveryCount">The number of times that the message has been delivered, including this delivery.</param>
/// <param name="SentBy">Name of the key with which the message was sent, which is the agency's subscription name. The name of the key is
/// known only if the bus states it (the embedded bus does, Azure does not).</param>
public sealed record ReceivedBusMessage(string Entity, string? MessageId, string? SessionId, string? CorrelationId, AmqpParts Parts, int DeliveryCount, string? SentBy = null);

/// <summary>How a delivered message is settled.</summary>
public enum Settlement
{
    /// <summary>The message took effect, now or at an earlier delivery, so the bus can remove it.</summary>
    Complete,

    /// <summary>The message could not be accepted now, so the bus delivers it again.</summary>
    Abandon,

    /// <summary>The message can never be accepted, so it becomes a dead letter, and the reason is stored with it for an operator.</summary>
    DeadLetter,
}

/// <summary>The hub's decision on one message.</summary>
/// <param name="Settlement">What happens to the message.</param>
/// <param name="Reason">One word that an integrator can search for, if the message is a dead letter. This text never contains personal
/// data.</param>
/// <param name="Description">What the sender must correct, if the message is a dead letter. The description never contains personal data.</param>
public sealed record BusDecision(Settlement Settlement, string? Reason = null, string? Description = null);

/// <summary>Receives the messages that agencies send. No message is acknowledged before it is in the inbox.</summary>
public interface IBusReceiver
{
    /// <summary>Receives one message.</summary>
    ValueTask<BusDecision> ReceiveAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default);

    /// <summary>Gives up on a message that could not be accepted even at its last delivery, and notifies the sender.</summary>
    ValueTask<BusDecision> GiveUpAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default) => new(new BusDecision(Settlement.Abandon));
}

/// <summary>Sends to the hub's topics.</summary>
public interface IBusSender
{
    /// <summary>Sends one event. The event's id is used as the MessageId, so that the bus drops a repeated message.</summary>
    /// <param name="entity">Name of the topic, which is one of <see cref="BusEntities"/>.</param>
    /// <param name="cloudEvent">The event to send.</param>
    /// <param name="sessionId">The session, if the entity requires one.</param>
    /// <param name="correlationId">The correlation id to send with the event.</param>
    /// <param name="cancellationToken">Stops the attempt to send.</param>
    ValueTask<Orchestrations.Turns.EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default);
}
