using System.Collections.Concurrent;
using Amqp;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>The waiting receivers: those that wait for messages, and those that wait for the next available session.</summary>
internal sealed class LinkRegistry(BusStore store, ILogger log)
{
    private readonly ConcurrentDictionary<ReceiverLink, bool> receivers = new();
    private readonly ConcurrentDictionary<SessionAttach, bool> attaches = new();
    private readonly ConcurrentDictionary<MessageQueue, SessionQueue> queues = new();

    internal void Enter(ReceiverLink receiver) => receivers[receiver] = true;

    internal void Leave(ReceiverLink receiver) => receivers.TryRemove(receiver, out _);

    internal void Enter(SessionAttach attach) => attaches[attach] = true;

    internal void Leave(SessionAttach attach) => attaches.TryRemove(attach, out _);

    internal void OnMessagesFreed(MessageQueue messageQueue)
    {
        foreach (var (receiver, _) in receivers)
        {
            if (receiver.Room == messageQueue && receiver.Session is null)
            {
                receiver.OnMessagesFreed();
            }
        }

        if (queues.TryGetValue(messageQueue, out var queue))
        {
            queue.Wake();
        }
    }

    internal void OnSessionFreed(MessageQueue messageQueue, string session)
    {
        foreach (var (receiver, _) in receivers)
        {
            if (receiver.Room == messageQueue && receiver.Session?.SessionId == session)
            {
                receiver.OnMessagesFreed();
            }
        }
    }

    internal void OnSessionLost(Guid sessionLock)
    {
        foreach (var (receiver, _) in receivers)
        {
            if (receiver.Session?.Lock == sessionLock)
            {
                receiver.OnSessionLost();
            }
        }
    }

    /// <summary>Gives the waiting receiver the next available session, at once or as soon as there is one.</summary>
    internal void AddWaiter(MessageQueue messageQueue, SessionWaiter waiter) =>
        queues.GetOrAdd(messageQueue, place => new SessionQueue(place, store, log)).Add(waiter);

    /// <summary>
    /// Called when the peer has detached a link. The receiver gets no more messages: until the peer learns that the link is detached, the
    /// bus must not lock a message for the link. If the receiver is still waiting for a session, the wait ends.
    /// </summary>
    internal void OnRemoteDetach(Link link)
    {
        foreach (var (receiver, _) in receivers)
        {
            receiver.OnRemoteDetach(link);
        }

        foreach (var (attach, _) in attaches)
        {
            attach.OnRemoteDetach(link);
        }
    }
}
