using System.Collections.Concurrent;
using Amqp;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.InProcess;

/// <summary>
/// A queue or a session of the hub's own bus. A few messages are fetched together, and any that are not handled are returned to the queue
/// unchanged.
/// </summary>
internal sealed class InProcessLink(BusStore store, MessageQueue messageQueue, HeldSession? session, Signal signal, int ahead) : IBusLink
{
    private readonly Queue<StoredMessage> here = new();
    private readonly ConcurrentDictionary<Guid, bool> unsettled = new();

    public async ValueTask<IBusDelivery?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            StoredMessage? message;
            while (!here.TryDequeue(out message))
            {
                foreach (var taken in await store.ReceiveAsync(messageQueue, session, ahead, keep: true, isOwn: true))
                {
                    here.Enqueue(taken);
                }

                if (here.Count > 0)
                {
                    continue;
                }

                if (session is not null)
                {
                    return null;
                }

                await signal.WaitAsync(cancellationToken);
            }

            unsettled.TryAdd(message.LockToken!.Value, true);
            return new InProcessDelivery(store, messageQueue, message, unsettled);
        }
        catch (Exception fault) when (fault is ObjectDisposedException or SqliteException)
        {
            throw new BusInterruptedException(fault.GetType().Name, fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var token in here.Select(message => message.LockToken!.Value).Concat(unsettled.Keys))
        {
            await store.SettleAsync(messageQueue, token, new Store.Settlement.Released());
        }

        here.Clear();

        if (session is not null)
        {
            await store.ReleaseSessionAsync(messageQueue, session);
        }
    }
}

/// <summary>One message of the hub's own bus.</summary>
internal sealed class InProcessDelivery(BusStore store, MessageQueue messageQueue, StoredMessage message, ConcurrentDictionary<Guid, bool> unsettled) : IBusDelivery
{
    public ReceivedBusMessage Arrival { get; } = Read(messageQueue, message);

    public async ValueTask SettleAsync(BusDecision verdict, CancellationToken cancellationToken)
    {
        var token = message.LockToken!.Value;
        try
        {
            await store.SettleAsync(messageQueue, token, verdict.Settlement switch
            {
                Functions.Agencies.Settlement.Complete => new Store.Settlement.Complete(),
                Functions.Agencies.Settlement.Abandon => new Store.Settlement.Abandon(),
                _ => new Store.Settlement.DeadLetter(verdict.Reason, verdict.Description),
            });
        }
        catch (Exception fault) when (fault is ObjectDisposedException or SqliteException)
        {
            // The bus's file cannot be written to. The message is returned to the queue unchanged, and the inbox recognises it when it is
            // delivered again.
            await store.SettleAsync(messageQueue, token, new Store.Settlement.Released());
            throw new BusInterruptedException(fault.GetType().Name, fault);
        }
        finally
        {
            unsettled.TryRemove(token, out _);
        }
    }

    internal static ReceivedBusMessage Read(MessageQueue messageQueue, StoredMessage message) =>
        BrokerMessages.Read(messageQueue.Path, Message.Decode(new ByteBuffer(message.Bare, 0, message.Bare.Length, message.Bare.Length))) with
        {
            DeliveryCount = message.DeliveryCount + 1,
            SentBy = message.SentBy,
        };
}
