namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Whether the clock may be believed where the passing of time alone decides: chasing, missed limits, wake-ups.</summary>
public interface IClockTrust
{
    /// <summary>False from a leap on until a person has confirmed the clock. What people say is decided meanwhile.</summary>
    bool MayDecideByTime { get; }
}

/// <summary>How far a clock may go astray before a person is asked.</summary>
public sealed record ClockSettings
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Clock";

    /// <summary>
    /// The most by which the wall clock may differ from what has passed since the start: more than corrections by time servers and pauses
    /// of a virtual machine come to, less than the day by which limits count.
    /// </summary>
    public TimeSpan MostLeap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long the hub may have been off and still start as if nothing had been: a weekend, a month with a bank holiday. What fell due
    /// meanwhile is then done at once. Beyond it, a stop cannot be told from a clock that is wrong, and a person is asked.
    /// </summary>
    public TimeSpan LongestStop { get; set; } = TimeSpan.FromDays(45);
}

/// <summary>A leap of the clock.</summary>
/// <param name="NoticedAt">What the clock said when it was noticed, UTC.</param>
/// <param name="By">How far it leapt; negative: back.</param>
/// <param name="AtStart">It was found at a start, against what was known from before.</param>
public sealed record ClockLeap(DateTimeOffset NoticedAt, TimeSpan By, bool AtStart);

/// <summary>What outlives the process.</summary>
/// <param name="LastSeen">The last instant at which the clock was believed, UTC.</param>
/// <param name="Leap">The leap that nobody has confirmed yet.</param>
/// <param name="Confirmed">Who confirmed the clock last, when and why.</param>
public sealed record ClockState(DateTimeOffset LastSeen, ClockLeap? Leap = null, string? Confirmed = null);

/// <summary>Where that is kept.</summary>
public interface IClockRecord
{
    /// <summary>What was kept; null when nothing was.</summary>
    ClockState? Read();

    /// <summary>Keeps it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Write(ClockState state);
}

/// <summary>
/// Compares the wall clock with the time that has truly passed (<see cref="TimeProvider.GetTimestamp"/>), and at a start with the last
/// instant known. A leap beyond what a running clock can make stops decisions by time until a person confirms the clock, over restarts
/// too: a clock that was 60 days ahead for half a minute would otherwise chase and miss limits for ever. Safe for concurrent use.
/// </summary>
public sealed class ClockWatch : IClockTrust
{
    private readonly TimeProvider time;
    private readonly ClockSettings settings;
    private readonly IClockRecord record;
    private readonly Lock gate = new();
    private DateTimeOffset wall;
    private long passing;
    private DateTimeOffset lastSeen;
    private ClockLeap? leap;
    private string? confirmed;

    /// <summary>Begins to watch.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="settings">What is a leap.</param>
    /// <param name="record">What is known from before.</param>
    /// <param name="lastCommit">When something was last written, where the store tells; null when it does not.</param>
    public ClockWatch(TimeProvider time, ClockSettings settings, IClockRecord record, DateTimeOffset? lastCommit = null)
    {
        (this.time, this.settings, this.record) = (time, settings, record);
        Begin();
        var before = record.Read();
        (leap, confirmed) = (before?.Leap, before?.Confirmed);
        var known = before?.LastSeen is { } seen && !(lastCommit > seen) ? seen : lastCommit;
        lastSeen = known ?? wall;
        if (leap is null && known is { } last && (wall < last - settings.MostLeap || wall > last + settings.LongestStop))
        {
            Stop(new ClockLeap(wall, wall - last, AtStart: true));
        }
    }

    /// <summary>The leap that waits for a person; null while the clock is believed.</summary>
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

    /// <summary>Keeps that the clock was seen, so that a start can tell a stop from a leap. To be called every minute or so.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Beat()
    {
        lock (gate)
        {
            TakeIn(record.Read());
            Look();
            record.Write(new ClockState(lastSeen, leap, confirmed));
        }
    }

    /// <summary>A person has looked at the clock and says that it is right: due items are decided from now on.</summary>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="IOException">It cannot be kept.</exception>
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

    /// <summary>Where several processes share the record: a leap that another noticed stops this one too, and one confirmation serves all.</summary>
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
        if (by.Duration() > settings.MostLeap)
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
            // The stop holds all the same; the next beat keeps it, and tells whoever reads the log that it could not be kept.
        }
    }
}
