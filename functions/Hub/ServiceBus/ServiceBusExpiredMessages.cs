using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>Messages that expired in the hub's Azure Service Bus queues. The messages are read but never removed, because dead letters are
/// evidence.</summary>
public sealed class ServiceBusExpiredMessages(ServiceBusClient client) : IExpiredMessages
{
    private const int Page = 200;
    private const string Expired = "TTLExpiredException";

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ExpiredMessage>> ListAsync(CancellationToken cancellationToken)
    {
        var lapsed = new List<ExpiredMessage>();
        try
        {
            foreach (var queue in BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Queue))
            {
                await using var receiver = client.CreateReceiver(queue.Name, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
                IReadOnlyList<ServiceBusReceivedMessage> page;
                for (long? from = 0; (page = await receiver.PeekMessagesAsync(Page, from, cancellationToken)).Count > 0; from = page[^1].SequenceNumber + 1)
                {
                    lapsed.AddRange(page.Where(letter => letter.DeadLetterReason == Expired).Select(letter => new ExpiredMessage(letter.SequenceNumber, ServiceBusArrivals.Read(queue, letter))));
                }
            }
        }
        catch (Exception fault) when (ServiceBusFaults.Is(fault))
        {
            throw ServiceBusFaults.Interrupted(fault);
        }

        return lapsed;
    }
}
