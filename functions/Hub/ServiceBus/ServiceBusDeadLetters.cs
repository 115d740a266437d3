using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Monitoring.DeadLetters;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>
/// The dead letters of the hub's own queues. Dead letters of an agency's subscription are for the agency to read. Service Bus has no call
/// that returns a dead letter to its queue, so a copy is sent to the queue and then the dead letter is completed. If a fault prevents the
/// dead letter from being completed, both messages remain, and the hub treats the second message as a repeat.
/// </summary>
public sealed class ServiceBusDeadLetters(ServiceBusClient client, TimeProvider time) : IDeadLetters
{
    private const int MaxCounted = 100;
    private const int MaxHeld = 200;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);
    private static readonly ServiceBusReceiverOptions Dead = new() { SubQueue = SubQueue.DeadLetter };

    private static IEnumerable<BusEntity> Queues => BusEntities.All.Where(e => e.Kind == BusEntityKind.Queue);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<QueueCount>> CountAsync(CancellationToken cancellationToken = default)
    {
        var counts = new List<QueueCount>();
        foreach (var queue in Queues)
        {
            // Exact counts need the permission to manage the namespace, which the hub does not have.
            var dead = (await ReadAsync(queue.Name, MaxCounted, cancellationToken)).Count;
            counts.Add(new QueueCount(queue.Name, null, dead, dead == MaxCounted));
        }

        return counts;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<DeadLetter>> ReadAsync(string path, int most, CancellationToken cancellationToken = default)
    {
        if (Queues.All(q => q.Name != path))
        {
            return [];
        }

        await using var receiver = client.CreateReceiver(path, Dead);
        var letters = new List<DeadLetter>();
        for (long? from = 0; letters.Count < most;)
        {
            // A call can return fewer messages than requested although there are more; only an empty answer marks the end.
            var page = await receiver.PeekMessagesAsync(most - letters.Count, from, cancellationToken);
            if (page.Count == 0)
            {
                break;
            }

            letters.AddRange(page.Select(m => new DeadLetter(path, m.SequenceNumber, m.SessionId, m.DeadLetterReason, m.DeadLetterErrorDescription, m.EnqueuedTime, m.DeliveryCount)));
            from = page[^1].SequenceNumber + 1;
        }

        return letters;
    }

    /// <inheritdoc/>
    public async ValueTask<ReturnResult> ReturnAsync(string path, long sequenceNumber, CancellationToken cancellationToken = default)
    {
        if (Queues.FirstOrDefault(q => q.Name == path) is not { } queue)
        {
            return ReturnResult.Gone;
        }

        await using var receiver = client.CreateReceiver(path, Dead);
        var held = new List<ServiceBusReceivedMessage>();
        try
        {
            while (held.Count < MaxHeld)
            {
                var page = await receiver.ReceiveMessagesAsync(MaxHeld - held.Count, MaxWait, cancellationToken);
                if (page.Count == 0)
                {
                    return ReturnResult.Gone;
                }

                held.AddRange(page);
                if (held.FirstOrDefault(m => m.SequenceNumber == sequenceNumber) is not { } letter)
                {
                    continue;
                }

                if (letter.EnqueuedTime + (queue.DuplicateDetectionWindow ?? TimeSpan.Zero) > time.GetUtcNow())
                {
                    return ReturnResult.TooEarly;
                }

                await using var sender = client.CreateSender(path);
                await sender.SendMessageAsync(Copy(letter), cancellationToken);
                await receiver.CompleteMessageAsync(letter, CancellationToken.None);
                held.Remove(letter);
                return ReturnResult.Returned;
            }

            return ReturnResult.Gone;
        }
        finally
        {
            foreach (var other in held)
            {
                await receiver.AbandonMessageAsync(other, null, CancellationToken.None);
            }
        }
    }

    private static ServiceBusMessage Copy(ServiceBusReceivedMessage letter)
    {
        var copy = new ServiceBusMessage(letter);
        copy.ApplicationProperties.Remove("DeadLetterReason");
        copy.ApplicationProperties.Remove("DeadLetterErrorDescription");
        return copy;
    }
}
