using Amqp;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>
/// Grants credit in whole batches. The next batch is granted when all messages of the last batch have arrived and are settled. AMQPNetLite
/// by default tops up credit while some is left, and RabbitMQ's AMQP 1.0 plugin then stops sending.
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
