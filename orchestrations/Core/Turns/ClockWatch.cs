namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Whether the clock is trusted for decisions that depend only on the passing of time: chasing, missed limits, wake-ups.</summary>
public interface IClockTrust
{
    /// <summary>False after a jump until a person has confirmed the clock. Steps of people are still decided in the meantime.</summary>
    bool MayDecideByTime { get; }
}

/// <summary>How far a clock may deviate before a person is asked.</summary>
public sealed record ClockOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Clock";

    /// <summary>
    /// The largest permitted difference between the wall clock and the time elapsed since the start: more than corrections by time servers
    /// and pauses of a virtual machine, and less than the day in which limits are counted.
    /// </summary>
    public TimeSpan MostLeap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long the hub may have been off and still start normally: a weekend, a month with a bank holiday. Everything that fell due
    /// in the meantime is then done immediately. Beyond it, a long stop cannot be distinguished from a wrong clock, and a person is asked.
    /// </summary>
    public TimeSpan LongestStop { get; set; } = TimeSpan.FromDays(45);
}

/// <summary>A jump of the clock.</summary>
/// <param name="NoticedAt">The time shown when it was noticed, UTC.</param>
/// <param name="By">How far it jumped; negative for backwards.</param>
/// <param name="AtStart">Whether it was found at a start, by comparison with the last known time.</param>
public sealed record ClockLeap(DateTimeOffset NoticedAt, TimeSpan By, bool AtStart);

/// <summary>The part of the state that survives a restart.</summary>
/// <param name="LastSeen">The last instant at which the clock was trusted, UTC.</param>
/// <param name="Leap">The jump that nobody has confirmed yet.</param>
/// <param name="Confirmed">Who confirmed the clock last, when and why.</param>
public sealed record ClockState(DateTimeOffset LastSeen, ClockLeap? Leap = null, string? Confirmed = null);

/// <summary>Where that state is stored.</summary>
public interface IClockRecord
{
    /// <summary>The stored state; null when there is none.</summary>
    ClockState? Read();

    /// <summary>Stores it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Write(ClockState state);
}

/// <summary>
/// Compares the wall clock with the elapsed time (<see cref="TimeProvider.GetTimestamp"/>), and at a start with the last known instant. A
/// jump that no working clock makes stops decisions by time until a person confirms the clock, even over restarts. Otherwise a clock that
/// was 60 days ahead for half a minute would chase people and record limits as missed permanently. Safe for concurrent use.
/// </summary>
public sealed class ClockWatch : IClockTrust
{
    private readonly TimeProvider time;
    private readonly ClockOptions options;
    private readonly IClockRecord record;
    private readonly Lock gate = new();
    private DateTimeOffset wall;
    private long passing;
    private DateTimeOffset lastSeen;
    private ClockLeap? leap;
    private string? confirmed;

    /// <summary>Starts watching.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="options">What counts as a jump.</param>
    /// <param name="record">The stored state.</param>
    /// <param name="lastCommit">When something was last written, where the store knows; otherwise null.</param>
    public ClockWatch(TimeProvider time, ClockOptions options, IClockRecord record, DateTimeOffset? lastCommit = null)
    {
        (this.time, this.options, this.record) = (time, options, record);
        Begin();
        var before = record.Read();
        (leap, confirmed) = (before?.Leap, before?.Confirmed);
        var known = before?.LastSeen is { } seen && !(lastCommit > seen) ? seen : lastCommit;
        lastSeen = known ?? wall;
        if (leap is null && known is { } last && (wall < last - options.MostLeap || wall > last + options.LongestStop))
        {
            Stop(new ClockLeap(wall, wall - last, AtStart: true));
        }
    }

    /// <summary>The jump that waits for a person; null while the clock is trusted.</summary>
    public ClockLeap? Leap
    {
        get
        {
            lock (gate)
            {
                Look();
                return leap;
            }
        }
    }

    /// <inheritdoc/>
    public bool MayDecideByTime => Leap is null;

    /// <summary>Records the present time, so that a start can distinguish a stop from a jump. Call it about every minute.</summary>
    /// <exception cref="IOException">It cannot be stored.</exception>
    public void Beat()
    {
        lock (gate)
        {
            TakeIn(record.Read());
            Look();
            record.Write(new ClockState(lastSeen, leap, confirmed));
        }
    }

    /// <summary>A person confirms that the clock is right: due items are decided from now on.</summary>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="IOException">It cannot be stored.</exception>
    public void Confirm(string by, string reason)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var words = FormattableString.Invariant($"{by} at {now:O}: {reason}");
            TakeIn(record.Read());
            record.Write(new ClockState(now, null, words));
            (leap, confirmed, lastSeen) = (null, words, now);
            Begin();
        }
    }

    private void Begin() => (wall, passing) = (time.GetUtcNow(), time.GetTimestamp());

    /// <summary>
    /// Where several processes share the record, a jump noticed by another stops this one too, and one confirmation is enough for all.
    /// </summary>
    private void TakeIn(ClockState? kept)
    {
        if (kept is { Leap: null } && kept.Confirmed != confirmed)
        {
            (leap, confirmed) = (null, kept.Confirmed);
            Begin();
        }
        else
        {
            leap ??= kept?.Leap;
        }
    }

    private void Look()
    {
        if (leap is not null)
        {
            return;
        }

        var now = time.GetUtcNow();
        var by = now - wall - time.GetElapsedTime(passing);
        if (by.Duration() > options.MostLeap)
        {
            Stop(new ClockLeap(now, by, AtStart: false));
        }
        else
        {
            lastSeen = now;
        }
    }

    private void Stop(ClockLeap found)
    {
        leap = found;
        try
        {
            record.Write(new ClockState(lastSeen, leap, confirmed));
        }
        catch (IOException)
        {
            // Decisions are still stopped; the next minute tries to store it again, and the log says that it could not be stored.
        }
    }
}
