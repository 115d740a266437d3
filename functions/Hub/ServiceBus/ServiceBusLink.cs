using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>A queue or a session of Service Bus. Nothing is prefetched: only messages that were asked for are unsettled.</summary>
/// <param name="queue">The queue.</param>
/// <param name="receiver">Its receiver; closed with the link.</param>
/// <param name="wait">How long to wait when there is no message; null waits until one comes.</param>
internal sealed class ServiceBusLink(BusEntity queue, ServiceBusReceiver receiver, TimeSpan? wait) : IBusLink
{
    private static readonly TimeSpan OneWait = TimeSpan.FromMinutes(1);

    public async ValueTask<IBusDelivery?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (await receiver.ReceiveMessageAsync(wait ?? OneWait, cancellationToken) is { } message)
                {
                    return new ServiceBusDelivery(queue, receiver, message);
                }

                if (wait is not null)
                {
                    return null;
                }
            }
        }
        catch (ServiceBusException lost) when (lost.Reason == ServiceBusFailureReason.SessionLockLost)
        {
            return null;
        }
        catch (ObjectDisposedException) when (receiver is ServiceBusSessionReceiver { IsClosed: true })
        {
            // The client itself closes a session's receiver when its lock is lost.
            return null;
        }
        catch (Exception fault) when (ServiceBusFaults.Is(fault))
        {
            throw ServiceBusFaults.Interrupted(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The client drains the link first, which on a broken connection would take as long as a call's timeout.
        using var farewell = new CancellationTokenSource(BrokerOptions.Farewell);
        try
        {
            await receiver.CloseAsync(farewell.Token);
        }
        catch (Exception fault) when (ServiceBusFaults.Is(fault) || (fault is OperationCanceledException && farewell.IsCancellationRequested))
        {
            // Already closed with the connection, or not answered: unsettled messages become free when their lock ends.
        }
    }
}

/// <summary>One message of Service Bus on its way through the hub.</summary>
internal sealed class ServiceBusDelivery(BusEntity queue, ServiceBusReceiver receiver, ServiceBusReceivedMessage message) : IBusDelivery
{
    public BusArrival Arrival { get; } = ServiceBusArrivals.Read(queue, message);

    public async ValueTask SettleAsync(BusVerdict verdict, CancellationToken cancellationToken)
    {
        try
        {
            // A decision is settled even if the host stops in the meantime; the client's own timeout limits the wait.
            await (verdict.Settlement switch
            {
                Settlement.Complete => receiver.CompleteMessageAsync(message, CancellationToken.None),
                Settlement.Abandon => receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None),
                _ => receiver.DeadLetterMessageAsync(message, ServiceBusArrivals.Cut(verdict.Reason), ServiceBusArrivals.Cut(verdict.Description), CancellationToken.None),
            });
        }
        catch (Exception fault) when (ServiceBusFaults.Is(fault))
        {
            throw ServiceBusFaults.Interrupted(fault);
        }
    }
}
