namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>Rings when something is due. Setting it costs nothing unless something is due earlier than before.</summary>
internal sealed class Alarm : IDisposable
{
    // A timer takes at most 49 days; a longer wait wakes early and finds nothing due.
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

    /// <summary>Rings at the earliest time at which something is due, if that is before the time it is set to.</summary>
    internal void Set()
    {
        lock (gate)
        {
            var (next, now) = (earliest(), clock.GetUtcNow());
            // A timer counts on when the clock leaps forward: the time it is set to has passed then, but it would go off as late as before.
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
