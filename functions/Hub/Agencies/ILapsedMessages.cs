namespace IntegrationHub.Functions.Agencies;

/// <summary>A message to the hub that its bus made a dead letter by itself, because its time to live was over before the hub took it.</summary>
/// <param name="SequenceNumber">The bus's number of it in its queue.</param>
/// <param name="Arrival">The message.</param>
public sealed record LapsedMessage(long SequenceNumber, BusArrival Arrival);

/// <summary>What lapsed in the hub's queues, for buses that can be asked.</summary>
public interface ILapsedMessages
{
    /// <summary>Those that still lie among the dead letters.</summary>
    /// <exception cref="BusInterruptedException">The bus is away.</exception>
    ValueTask<IReadOnlyList<LapsedMessage>> ListAsync(CancellationToken cancellationToken);
}
