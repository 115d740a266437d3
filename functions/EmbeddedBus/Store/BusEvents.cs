namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>
/// Notifies subscribers when messages become available and when locks are lost. An exception thrown by one subscriber (for example because
/// its link has just closed) is reported, and affects neither the other subscribers nor the thread that notifies them.
/// </summary>
internal sealed class BusEvents(Action<Exception>? onFault)
{
    internal event Action<MessageQueue>? MessagesAvailable;

    internal event Action<MessageQueue, string>? SessionAvailable;

    internal event Action<Guid>? SessionLost;

    internal void Raise(Notices notices)
    {
        foreach (var messageQueue in notices.Queues)
        {
            Each(MessagesAvailable, subscriber => subscriber(messageQueue));
        }

        foreach (var (messageQueue, session) in notices.Sessions)
        {
            Each(SessionAvailable, subscriber => subscriber(messageQueue, session));
        }

        foreach (var session in notices.Lost)
        {
            Each(SessionLost, subscriber => subscriber(session));
        }
    }

    internal void Fault(Exception fault) => onFault?.Invoke(fault);

    private void Each<T>(T? subscribers, Action<T> tell)
        where T : Delegate
    {
        if (subscribers is null)
        {
            return;
        }

        foreach (var subscriber in Delegate.EnumerateInvocationList(subscribers))
        {
            try
            {
                tell(subscriber);
            }
            catch (Exception fault)
            {
                // Every exception is caught here, because one subscriber's fault must not affect the others.
                Fault(fault);
            }
        }
    }
}
