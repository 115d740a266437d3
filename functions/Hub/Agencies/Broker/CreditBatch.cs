using Amqp;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>
/// Grants credit in whole batches. The next batch is granted when all messages of the last batch have arrived and are settled. By default
/// AMQPNetLite tops up credit while some credit is left, which makes RabbitMQ's AMQP 1.0 plugin stop sending.
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
