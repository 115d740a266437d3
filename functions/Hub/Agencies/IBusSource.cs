using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies;

/// <summary>
/// Where the hub's messages come from: the embedded bus in its own process, Azure Service Bus, or another AMQP 1.0 broker. The broker
/// counts deliveries: only one that is settled as abandoned counts as failed. Messages that were not settled return to the queue when a
/// link
/// closes, a connection breaks or the process dies.
/// </summary>
public interface IBusSource
{
    /// <summary>Whether its queues deliver messages session by session, where <see cref="BusEntity.RequiresSession"/> asks for that.</summary>
    bool HasSessions { get; }

    /// <summary>Messages of one queue that may be unsettled at the same time.</summary>
    int Messages { get; }

    /// <summary>Sessions that may be open at the same time.</summary>
    int Sessions { get; }

    /// <summary>Opens a queue that takes no sessions, or whose sessions the broker does not support.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="most">Messages that may be unsettled at the same time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BusInterruptedException">The broker cannot be reached, or refuses.</exception>
    ValueTask<IBusLink> OpenAsync(BusEntity queue, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the next session that has a message and that nobody else has locked; null when there was none within the broker's timeout.
    /// </summary>
    /// <exception cref="BusInterruptedException">The broker cannot be reached, or refuses.</exception>
    ValueTask<IBusLink?> NextSessionAsync(BusEntity queue, CancellationToken cancellationToken);
}

/// <summary>An open queue or session. Disposing of it returns messages that were not settled.</summary>
public interface IBusLink : IAsyncDisposable
{
    /// <summary>
    /// The next message. A queue's link waits for one; a session's link returns null when there is none now, or when the session is lost.
    /// </summary>
    /// <exception cref="BusInterruptedException">The link has ended.</exception>
    ValueTask<IBusDelivery?> NextAsync(CancellationToken cancellationToken);
}

/// <summary>One message while the hub handles it.</summary>
public interface IBusDelivery
{
    /// <summary>The message.</summary>
    BusArrival Arrival { get; }

    /// <summary>Settles it.</summary>
    /// <exception cref="BusInterruptedException">It could not be settled: it is delivered again, and the inbox recognises it.</exception>
    ValueTask SettleAsync(BusVerdict verdict, CancellationToken cancellationToken);
}

/// <summary>The connection to a broker has ended, or the broker refuses. Start again.</summary>
/// <param name="fault">What happened, in a word that may be logged: no address and no content.</param>
/// <param name="cause">The cause.</param>
public sealed class BusInterruptedException(string fault, Exception? cause = null) : Exception(fault, cause);
