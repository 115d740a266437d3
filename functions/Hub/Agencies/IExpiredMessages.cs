namespace IntegrationHub.Functions.Agencies;

/// <summary>
/// A message to the hub that the bus made a dead letter, because the message's time to live ended before the hub received it.
/// </summary>
/// <param name="SequenceNumber">The number that the bus gave the message in its queue.</param>
/// <param name="Arrival">The expired message.</param>
public sealed record ExpiredMessage(long SequenceNumber, ReceivedBusMessage Arrival);

/// <summary>Lists messages that expired in the hub's queues, for buses that can list them.</summary>
public interface IExpiredMessages
{
    /// <summary>The expired messages that are still among the dead letters.</summary>
    /// <exception cref="BusInterruptedException">The bus cannot be reached.</exception>
    ValueTask<IReadOnlyList<ExpiredMessage>> ListAsync(CancellationToken cancellationToken);
}
