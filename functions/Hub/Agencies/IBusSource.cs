using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies;

/// <summary>
/// The source of the hub's messages: the embedded bus in the hub's own process, Azure Service Bus, or another AMQP 1.0 broker. The broker
/// counts failed deliveries; only a delivery that is settled as abandoned counts as failed. Messages that were not settled return to the
/// queue when a link closes, a connection breaks or the process dies.
/// </summary>
public interface IBusSource
{
    /// <summary>Whether queues deliver messages session by session if <see cref="BusEntity.RequiresSession"/> is true.</summary>
    bool HasSessions { get; }

    /// <summary>The number of messages in a queue that may be unsettled at the same time.</summary>
    int Messages { get; }

    /// <summary>The number of sessions that may be open at the same time.</summary>
    int Sessions { get; }

    /// <summary>Opens a queue that has no sessions, or whose sessions the broker does not support.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="most">The number of messages that may be unsettled at the same time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BusInterruptedException">The broker cannot be reached, or refuses the request.</exception>
    ValueTask<IBusLink> OpenAsync(BusEntity queue, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Accepts the next session that has a message and is not locked by another receiver, or returns null if there was none within the
    /// broker's timeout.
    /// </summary>
    /// <exception cref="BusInterruptedException">The broker cannot be reached, or refuses the request.</exception>
    ValueTask<IBusLink?> NextSessionAsync(BusEntity queue, CancellationToken cancellationToken);
}

/// <summary>An open link to a queue or to a session. Disposing of the link returns messages that were not settled.</summary>
public interface IBusLink : IAsyncDisposable
{
    /// <summary>
    /// Receives the next message. A queue's link waits for a message; a session's link returns null if there is no message at the moment,
    /// or if the session is lost.
    /// </summary>
    /// <exception cref="BusInterruptedException">The link to the queue or session has ended.</exception>
    ValueTask<IBusDelivery?> NextAsync(CancellationToken cancellationToken);
}

/// <summary>A message that the hub is handling.</summary>
public interface IBusDelivery
{
    /// <summary>The message as it arrived.</summary>
    ReceivedBusMessage Arrival { get; }

    /// <summary>Settles the message.</summary>
    /// <exception cref="BusInterruptedException">The message could not be settled, so it is delivered again and the inbox recognises the
    /// repeat.</exception>
    ValueTask SettleAsync(BusDecision verdict, CancellationToken cancellationToken);
}

/// <summary>The connection to a broker has ended, or the broker refuses a request. The caller must open the connection again.</summary>
/// <param name="fault">What happened, in one word that is safe to log because it contains no address and no content.</param>
/// <param name="cause">The exception that caused this exception.</param>
public sealed class BusInterruptedException(string fault, Exception? cause = null) : Exception(fault, cause);
