using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.Functions.Agencies;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.InProcess;

/// <summary>The messages that expired in the hub's queues on its own bus.</summary>
internal sealed class InProcessExpiredMessages(BusStore store) : IExpiredMessages
{
    private const int Page = 200;

    public async ValueTask<IReadOnlyList<ExpiredMessage>> ListAsync(CancellationToken cancellationToken)
    {
        var lapsed = new List<ExpiredMessage>();
        try
        {
            foreach (var queue in BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Queue))
            {
                if (store.Topology.FindQueue(queue.Name) is not { DeadLetters: { } letters } messageQueue)
                {
                    continue;
                }

                IReadOnlyList<StoredMessage> page;
                for (long from = 0; (page = await store.PeekAsync(letters, from, null, Page)).Count > 0; from = page[^1].SequenceNumber + 1)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    lapsed.AddRange(page.Where(letter => letter.DeadLetterReason == DeadLetterReasons.Expired && !letter.IsDamaged).Select(letter => new ExpiredMessage(letter.SequenceNumber, InProcessDelivery.Read(messageQueue, letter))));
                }
            }
        }
        catch (Exception fault) when (fault is ObjectDisposedException or SqliteException)
        {
            throw new BusInterruptedException(fault.GetType().Name, fault);
        }

        return lapsed;
    }
}
