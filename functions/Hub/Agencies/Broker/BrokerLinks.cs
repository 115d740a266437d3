using System.Threading.Channels;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>A queue over AMQP. The broker sends only as many messages as the receiver has granted credit for.</summary>
internal sealed class BrokerQueueLink : IBusLink
{
    private readonly BusEntity queue;
    private readonly Session session;
    private readonly ReceiverLink link;
    private readonly CreditBatch batch;
    private readonly Channel<Message> here = Channel.CreateUnbounded<Message>();

    internal BrokerQueueLink(BusEntity queue, Session session, ReceiverLink link, int most)
    {
        (this.queue, this.session, this.link) = (queue, session, link);
        link.AddClosedCallback((_, error) => here.Writer.TryComplete(new AmqpException(error ?? new Error(ErrorCode.DetachForced))));
        batch = new CreditBatch(link, most);
        batch.Start(message => here.Writer.TryWrite(message));
    }

    public async ValueTask<IBusDelivery?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new BrokerDelivery(queue, link, await here.Reader.ReadAsync(cancellationToken), batch);
        }
        catch (ChannelClosedException closed)
        {
            throw BrokerFaults.Interrupted(closed.InnerException ?? closed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Messages that arrived but were not handled are released unchanged.
            while (!link.IsClosed && here.Reader.TryRead(out var message))
            {
                link.Release(message);
                message.Dispose();
            }

            await session.CloseAsync(BrokerOptions.Farewell, null);
        }
        catch (Exception fault) when (BrokerFaults.Is(fault))
        {
            // The session was already closed together with the connection.
        }
    }
}

/// <summary>A message that arrived over AMQP.</summary>
internal sealed class BrokerDelivery(BusEntity queue, ReceiverLink link, Message message, CreditBatch batch) : IBusDelivery
{
    public ReceivedBusMessage Arrival { get; } = BrokerMessages.Read(queue.Name, message);

    public ValueTask SettleAsync(BusDecision verdict, CancellationToken cancellationToken)
    {
        try
        {
            Settle(verdict);
            batch.Settled();
            return ValueTask.CompletedTask;
        }
        catch (Exception fault) when (BrokerFaults.Is(fault))
        {
            throw BrokerFaults.Interrupted(fault);
        }
        finally
        {
            message.Dispose();
        }
    }

    private void Settle(BusDecision verdict)
    {
        switch (verdict.Settlement)
        {
            case Settlement.Complete:
                link.Accept(message);
                break;
            case Settlement.Abandon:
                link.Release(message);
                break;
            default:
                link.Reject(message, new Error("com.microsoft:dead-letter")
                {
                    Description = verdict.Description,
                    Info = new Fields
                    {
                        [new Symbol("DeadLetterReason")] = verdict.Reason,
                        [new Symbol("DeadLetterErrorDescription")] = verdict.Description,
                    },
                });
                break;
        }
    }
}
