using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies;

/// <summary>A message as a bus delivered it, independent of the kind of bus.</summary>
/// <param name="Entity">The queue: one of <see cref="BusEntities"/>.</param>
/// <param name="MessageId">The sender's message id.</param>
/// <param name="SessionId">The session; the assessment's id where the queue asks for one.</param>
/// <param name="CorrelationId">The sender's correlation id.</param>
/// <param name="Parts">Content type, application properties and body, as <see cref="CloudEventBinding"/> reads them.</param>
/// <param name="DeliveryCount">1 at the first delivery.</param>
/// <param name="SentBy">Name of the key it was sent with, where the bus says so (the embedded one does, Azure does not): the agency's subscription name.</param>
public sealed record BusArrival(string Entity, string? MessageId, string? SessionId, string? CorrelationId, AmqpParts Parts, int DeliveryCount, string? SentBy = null);

/// <summary>How a delivered message is settled.</summary>
public enum Settlement
{
    /// <summary>It took effect, now or at an earlier delivery: the bus may remove it.</summary>
    Complete,

    /// <summary>It could not be accepted now: the bus delivers it again.</summary>
    Abandon,

    /// <summary>It can never be accepted: it waits for a person, with the reason.</summary>
    DeadLetter,
}

/// <summary>The decision on one message.</summary>
/// <param name="Settlement">What happens to it.</param>
/// <param name="Reason">For a dead letter: one word that an integrator can search for. Never personal data.</param>
/// <param name="Description">For a dead letter: what to correct. Never personal data.</param>
public sealed record BusVerdict(Settlement Settlement, string? Reason = null, string? Description = null);

/// <summary>Takes in what agencies send. Nothing is acknowledged before it is in the inbox.</summary>
public interface IBusReceiver
{
    /// <summary>Takes in one message.</summary>
    ValueTask<BusVerdict> ReceiveAsync(BusArrival arrival, CancellationToken cancellationToken = default);

    /// <summary>Gives up a message that could not be accepted at its last delivery either, and tells its sender.</summary>
    ValueTask<BusVerdict> GiveUpAsync(BusArrival arrival, CancellationToken cancellationToken = default) => new(new BusVerdict(Settlement.Abandon));
}

/// <summary>Sends to the hub's topics.</summary>
public interface IBusSender
{
    /// <summary>Sends one event. Its id becomes the MessageId, so that the bus drops a repeat.</summary>
    /// <param name="entity">The topic: one of <see cref="BusEntities"/>.</param>
    /// <param name="cloudEvent">The event.</param>
    /// <param name="sessionId">The session, where the entity asks for one.</param>
    /// <param name="correlationId">Correlation id to carry through.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    ValueTask<Orchestrations.Turns.EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default);
}
