namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>
/// Tells subscribers what has become free or was lost. Whatever one of them throws (its link may be gone at that moment) is reported, and
/// affects neither the other subscribers nor the thread that tells them.
/// </summary>
internal sealed class BusEvents(Action<Exception>? onFault)
{
    internal event Action<WaitingRoom>? MessagesFreed;

    internal event Action<WaitingRoom, string>? SessionFreed;

    internal event Action<Guid>? SessionLost;

    internal void Raise(Notices notices)
    {
        foreach (var room in notices.Rooms)
        {
            Each(MessagesFreed, subscriber => subscriber(room));
        }

        foreach (var (room, session) in notices.Sessions)
        {
            Each(SessionFreed, subscriber => subscriber(room, session));
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
                // The outermost handler of a loop that serves everybody: one subscriber's fault must not affect the others.
                Fault(fault);
            }
        }
    }
}
