using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>Receives the hub's messages from Azure Service Bus with Microsoft's own client, which logs in, renews tokens and reconnects
/// automatically.</summary>
public sealed class ServiceBusSource(ServiceBusClient client, BrokerOptions options) : IBusSource
{
    /// <inheritdoc/>
    public bool HasSessions => true;

    /// <inheritdoc/>
    public int Messages => options.Credit;

    /// <inheritdoc/>
    public int Sessions => options.Sessions;

    /// <inheritdoc/>
    public ValueTask<IBusLink> OpenAsync(BusEntity queue, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return new(new ServiceBusLink(queue, client.CreateReceiver(queue.Name), wait: null));
    }

    /// <inheritdoc/>
    public async ValueTask<IBusLink?> NextSessionAsync(BusEntity queue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        try
        {
            return new ServiceBusLink(queue, await client.AcceptNextSessionAsync(queue.Name, cancellationToken: cancellationToken), options.SessionIdle);
        }
        catch (ServiceBusException none) when (none.Reason == ServiceBusFailureReason.ServiceTimeout)
        {
            return null;
        }
        catch (Exception fault) when (ServiceBusFaults.Is(fault))
        {
            throw ServiceBusFaults.Interrupted(fault);
        }
    }
}
