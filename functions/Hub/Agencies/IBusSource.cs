using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies;

/// <summary>
/// Where the hub's messages come from: its own embedded bus in process, Azure Service Bus, or another AMQP 1.0 broker. What a message has
/// been through is the broker's to count: only a delivery that is settled as abandoned has failed. A link that closes, a line that breaks
/// and a process that dies give back what was not settled.
/// </summary>
public interface IBusSource
{
    /// <summary>Whether its queues give out messages session by session, where <see cref="BusEntity.RequiresSession"/> asks for that.</summary>
    bool HasSessions { get; }

    /// <summary>Messages of one queue that may be here unsettled at once.</summary>
    int Messages { get; }

    /// <summary>Sessions that may be taken at once.</summary>
    int Sessions { get; }

    /// <summary>Opens a queue that takes no sessions, or whose sessions the broker does not know.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="most">Messages that may be here unsettled at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BusInterruptedException">The broker is not there, or refuses.</exception>
    ValueTask<IBusLink> OpenAsync(BusEntity queue, int most, CancellationToken cancellationToken);

    /// <summary>Takes the next session that has a message and that nobody else holds; null when none came in the broker's time.</summary>
    /// <exception cref="BusInterruptedException">The broker is not there, or refuses.</exception>
    ValueTask<IBusLink?> NextSessionAsync(BusEntity queue, CancellationToken cancellationToken);
}

/// <summary>A queue or a session that is open. Disposing it gives back what was not settled.</summary>
public interface IBusLink : IAsyncDisposable
{
    /// <summary>The next message. A queue's link waits for it; a session's answers null when there is none now, or when the session is lost.</summary>
    /// <exception cref="BusInterruptedException">The link has ended.</exception>
    ValueTask<IBusDelivery?> NextAsync(CancellationToken cancellationToken);
}

/// <summary>One message on its way through the hub.</summary>
public interface IBusDelivery
{
    /// <summary>The message.</summary>
    BusArrival Arrival { get; }

    /// <summary>Settles it.</summary>
    /// <exception cref="BusInterruptedException">It could not be settled: it comes again, and the inbox knows it.</exception>
    ValueTask SettleAsync(BusVerdict verdict, CancellationToken cancellationToken);
}

/// <summary>The line to a broker has ended, or the broker refuses. Begin again.</summary>
/// <param name="fault">What happened, in a word that may be logged: it names no address and no content.</param>
/// <param name="cause">The cause.</param>
public sealed class BusInterruptedException(string fault, Exception? cause = null) : Exception(fault, cause);
