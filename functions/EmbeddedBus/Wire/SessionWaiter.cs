using Amqp;
using Amqp.Framing;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>A receiver that has asked for the next session. It ends exactly once: with a session, without one in time, or forgotten.</summary>
/// <param name="link">The receiver's link.</param>
/// <param name="onSession">Gives it the session.</param>
/// <param name="onRefused">Tells it that there is none.</param>
internal sealed class SessionWaiter(Link link, Action<HeldSession> onSession, Action<Error> onRefused)
{
    private int over;
    private ITimer? timer;

    internal bool HasEnded => Volatile.Read(ref over) == 1;

    /// <summary>The receiver has gone, waiting or served: what it was given is returned, and no failed delivery is counted.</summary>
    internal bool IsGone => link.IsClosed;

    internal void StartTimer(TimeProvider clock, TimeSpan patience) =>
        timer = clock.CreateTimer(_ => TimeOut(), null, patience, Timeout.InfiniteTimeSpan);

    /// <summary>False when the waiter has gone: the session has still to be given to another.</summary>
    /// <remarks>Whatever the receiver's link throws goes to the caller, which gives the session to the next.</remarks>
    internal bool TryGive(HeldSession session)
    {
        if (!End())
        {
            return false;
        }

        onSession(session);
        return true;
    }

    /// <summary>The receiver has gone, or is answered.</summary>
    internal void Forget() => End();

    private void TimeOut()
    {
        if (End())
        {
            onRefused(new Error(Annotation.Timeout) { Description = "No session came free in the time given." });
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
