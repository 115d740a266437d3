using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>A queue or a session of Service Bus. Messages are not prefetched, so only requested messages are unsettled.</summary>
/// <param name="queue">The queue.</param>
/// <param name="receiver">The receiver, which is closed with the link.</param>
/// <param name="wait">How long to wait for a message, or null to wait until a message arrives.</param>
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
        // The client drains the link before it closes, which on a broken connection would take as long as a call's timeout.
        using var farewell = new CancellationTokenSource(BrokerOptions.Farewell);
        try
        {
            await receiver.CloseAsync(farewell.Token);
        }
        catch (Exception fault) when (ServiceBusFaults.Is(fault) || (fault is OperationCanceledException && farewell.IsCancellationRequested))
        {
            // The link was already closed with the connection, or Service Bus did not answer. Unsettled messages become available when
            // their lock ends.
        }
    }
}

/// <summary>One Service Bus message while the hub processes it.</summary>
internal sealed class ServiceBusDelivery(BusEntity queue, ServiceBusReceiver receiver, ServiceBusReceivedMessage message) : IBusDelivery
{
    public ReceivedBusMessage Arrival { get; } = ServiceBusArrivals.Read(queue, message);

    public async ValueTask SettleAsync(BusDecision verdict, CancellationToken cancellationToken)
    {
        try
        {
            // The message is settled even if the host is stopping; the client's own timeout limits the wait.
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
