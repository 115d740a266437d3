using Amqp;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>Receives the hub's messages over AMQP 1.0 from a broker without the semantics of Azure Service Bus.</summary>
public sealed class BrokerSource(BrokerConnection connection) : IBusSource
{
    /// <inheritdoc/>
    public bool HasSessions => false;

    /// <inheritdoc/>
    public int Messages => connection.Options.Credit;

    /// <inheritdoc/>
    public int Sessions => connection.Options.Sessions;

    /// <inheritdoc/>
    public async ValueTask<IBusLink> OpenAsync(BusEntity queue, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        try
        {
            var address = connection.Options.QueueAddressOf(queue.Name);
            var session = await connection.SessionAsync(cancellationToken);
            return new BrokerQueueLink(queue, session, new ReceiverLink(session, Name(), address), most);
        }
        catch (Exception fault) when (BrokerFaults.Is(fault))
        {
            throw BrokerFaults.Interrupted(fault);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always thrown, because these brokers do not support sessions.</exception>
    public ValueTask<IBusLink?> NextSessionAsync(BusEntity queue, CancellationToken cancellationToken) => throw new NotSupportedException("This broker does not support sessions.");

    private static string Name() => $"hub-{Guid.NewGuid():N}";
}
