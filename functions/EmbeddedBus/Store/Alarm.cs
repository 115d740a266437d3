namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>An alarm that goes off when work is due. Setting the alarm costs nothing unless work is due earlier than before.</summary>
internal sealed class Alarm : IDisposable
{
    // A timer can wait for at most 49 days. After a longer wait the alarm goes off early and finds nothing due.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly TimeProvider clock;
    private readonly Func<DateTimeOffset> earliest;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private DateTimeOffset at = DateTimeOffset.MaxValue;

    internal Alarm(TimeProvider clock, Func<DateTimeOffset> earliest, Action ring)
    {
        (this.clock, this.earliest) = (clock, earliest);
        timer = clock.CreateTimer(
            _ =>
            {
                lock (gate)
                {
                    at = DateTimeOffset.MaxValue;
                }

                ring();
                Set();
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the alarm to the earliest time at which work is due, if this is earlier than the present setting.</summary>
    internal void Set()
    {
        lock (gate)
        {
            var (next, now) = (earliest(), clock.GetUtcNow());
            // If the clock is set forward, the time for which the alarm is set may have passed, but the timer would still wait for its full
            // period.
            if (next >= at && at > now)
            {
                return;
            }

            at = next;
            var wait = next - now;
            timer.Change(wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait < Longest ? wait : Longest, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => timer.Dispose();
}
