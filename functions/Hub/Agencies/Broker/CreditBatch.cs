using Amqp;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>
/// Grants credit in whole batches: the next when all messages of the last have come and are settled. RabbitMQ's AMQP 1.0 plugin stops
/// sending when credit is topped up while some is left, which AMQPNetLite does by default.
/// </summary>
internal sealed class CreditBatch(ReceiverLink link, int size)
{
    private int left;

    internal void Start(Action<Message> onMessage)
    {
        link.Start(0, (_, message) => onMessage(message));
        Grant();
    }

    internal void Settled()
    {
        if (Interlocked.Decrement(ref left) == 0 && !link.IsClosed)
        {
            Grant();
        }
    }

    private void Grant()
    {
        Volatile.Write(ref left, size);
        link.SetCredit(size, CreditMode.Manual);
    }
}
