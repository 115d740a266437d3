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
    private readonly ConcurrentDictionary<WaitingRoom, Signal> signals = new();

    internal InProcessSource(BusStore store, int messages, int sessions)
    {
        (this.store, Messages, Sessions) = (store, messages, sessions);
        store.MessagesFreed += room => signals.GetValueOrDefault(room)?.Set();
    }

    public bool HasSessions => true;

    public int Messages { get; }

    public int Sessions { get; }

    public ValueTask<IBusLink> OpenAsync(BusEntity queue, int most, CancellationToken cancellationToken)
    {
        var room = Room(queue);
        return new(new InProcessLink(store, room, session: null, SignalOf(room), Math.Min(most, 64)));
    }

    public async ValueTask<IBusLink?> NextSessionAsync(BusEntity queue, CancellationToken cancellationToken)
    {
        var room = Room(queue);
        var signal = SignalOf(room);
        try
        {
            while (true)
            {
                if (await store.AcceptSessionAsync(room, sessionId: null, isOwn: true) is { } session)
                {
                    // Another session may be free, so the next waiter checks.
                    signal.Set();
                    return new InProcessLink(store, room, session, signal, ahead: 16);
                }

                await signal.WaitAsync(cancellationToken);
            }
        }
        catch (ObjectDisposedException closed)
        {
            throw new BusInterruptedException("The bus is closed.", closed);
        }
    }

    private WaitingRoom Room(BusEntity queue) =>
        store.Topology.FindRoom(queue.Name) ?? throw new BusInterruptedException($"The bus has no queue {queue.Name}.");

    private Signal SignalOf(WaitingRoom room) => signals.GetOrAdd(room, _ => new Signal());
}

/// <summary>A signal that releases one waiter each time it is set. If nobody is waiting when the signal is set, the next waiter is
/// released.</summary>
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
