using Amqp;
using Amqp.Framing;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>A receiver that is waiting for the next session. The wait ends exactly once: with a session, with a timeout, or because the
/// receiver is removed.</summary>
/// <param name="link">The receiver's link.</param>
/// <param name="onSession">Gives the session to the receiver.</param>
/// <param name="onRefused">Informs the receiver that there is no session.</param>
internal sealed class SessionWaiter(Link link, Action<HeldSession> onSession, Action<Error> onRefused)
{
    private int over;
    private ITimer? timer;

    internal bool HasEnded => Volatile.Read(ref over) == 1;

    /// <summary>Whether the receiver has disconnected. When a receiver disconnects, its session is released and no failed delivery is
    /// counted.</summary>
    internal bool IsGone => link.IsClosed;

    internal void StartTimer(TimeProvider clock, TimeSpan patience) =>
        timer = clock.CreateTimer(_ => TimeOut(), null, patience, Timeout.InfiniteTimeSpan);

    /// <summary>Tries to give the session to the waiter. The result is false if the waiter has disconnected, in which case another receiver
    /// must get the session.</summary>
    /// <remarks>An exception from the receiver's link is passed to the caller, which gives the session to the next receiver.</remarks>
    internal bool TryGive(HeldSession session)
    {
        if (!End())
        {
            return false;
        }

        onSession(session);
        return true;
    }

    /// <summary>Ends the wait because the receiver has disconnected or has been answered.</summary>
    internal void EndWait() => End();

    private void TimeOut()
    {
        if (End())
        {
            onRefused(new Error(Annotation.Timeout) { Description = "No session became available in the time allowed." });
        }
    }

    private bool End()
    {
        if (Interlocked.Exchange(ref over, 1) == 1)
        {
            return false;
        }

        timer?.Dispose();
        return true;
    }
}
