using System.Collections.Concurrent;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.Functions.Agencies;

namespace IntegrationHub.EmbeddedBus.InProcess;

/// <summary>
/// Receives the hub's messages from its own bus without a network connection: the hub's locks do not expire, and a waiting receiver is
/// woken when a message arrives.
/// </summary>
internal sealed class InProcessSource : IBusSource
{
    private readonly BusStore store;
    private readonly ConcurrentDictionary<MessageQueue, Signal> signals = new();

    internal InProcessSource(BusStore store, int messages, int sessions)
    {
        (this.store, Messages, Sessions) = (store, messages, sessions);
        store.MessagesAvailable += messageQueue => signals.GetValueOrDefault(messageQueue)?.Set();
    }

    public bool HasSessions => true;

    public int Messages { get; }

    public int Sessions { get; }

    public ValueTask<IBusLink> OpenAsync(BusEntity queue, int most, CancellationToken cancellationToken)
    {
        var messageQueue = Room(queue);
        return new(new InProcessLink(store, messageQueue, session: null, SignalOf(messageQueue), Math.Min(most, 64)));
    }

    public async ValueTask<IBusLink?> NextSessionAsync(BusEntity queue, CancellationToken cancellationToken)
    {
        var messageQueue = Room(queue);
        var signal = SignalOf(messageQueue);
        try
        {
            while (true)
            {
                if (await store.AcceptSessionAsync(messageQueue, sessionId: null, isOwn: true) is { } session)
                {
                    // Another session may be available, so the next waiter is released and looks for it.
                    signal.Set();
                    return new InProcessLink(store, messageQueue, session, signal, ahead: 16);
                }

                await signal.WaitAsync(cancellationToken);
            }
        }
        catch (ObjectDisposedException closed)
        {
            throw new BusInterruptedException("The bus is closed.", closed);
        }
    }

    private MessageQueue Room(BusEntity queue) =>
        store.Topology.FindQueue(queue.Name) ?? throw new BusInterruptedException($"The bus does not have a queue {queue.Name}.");

    private Signal SignalOf(MessageQueue messageQueue) => signals.GetOrAdd(messageQueue, _ => new Signal());
}

/// <summary>A signal that releases one waiter each time it is set. If nobody is waiting when the signal is set, whoever waits next is
/// released at once.</summary>
internal sealed class Signal
{
    private readonly SemaphoreSlim set = new(0);
    private readonly Lock gate = new();

    internal void Set()
    {
        lock (gate)
        {
            if (set.CurrentCount == 0)
            {
                set.Release();
            }
        }
    }

    internal Task WaitAsync(CancellationToken cancellationToken) => set.WaitAsync(cancellationToken);
}
