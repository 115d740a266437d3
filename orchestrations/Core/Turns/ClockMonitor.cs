using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Says whether the clock is trusted for decisions that depend only on the passing of time: chasing, missed limits, wake-ups.</summary>
public interface IClockTrust
{
    /// <summary>
    /// Whether decisions that depend on time can be made: false after a jump until an operator has confirmed the clock. Steps that people
    /// send are still decided in the meantime.
    /// </summary>
    bool IsTrusted { get; }
}

/// <summary>How far a clock can deviate before an operator must confirm it.</summary>
public sealed record ClockOptions
{
    /// <summary>The name of the section of the settings.</summary>
    public const string Section = "Clock";

    /// <summary>
    /// The largest permitted difference between the wall clock and the time elapsed since the start. The value must exceed corrections by time
    /// servers and pauses of a virtual machine, and be less than a day, because time limits are counted in days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "23:59:59")]
    public TimeSpan MaxClockJump { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long the hub can have been off and still start normally, for instance over a weekend or a month with a bank holiday. Everything
    /// that fell due while the hub was off is done immediately after the start. If the hub was off for longer, it cannot tell this from a
    /// wrong clock, so an operator must confirm the clock.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "366.00:00:00")]
    public TimeSpan MaxStop { get; set; } = TimeSpan.FromDays(45);
}

/// <summary>A jump of the clock.</summary>
/// <param name="NoticedAt">The time that the clock showed when the jump was noticed, UTC.</param>
/// <param name="By">How far the clock jumped; negative for a jump backwards.</param>
/// <param name="AtStart">Whether the jump was found when the hub started, by comparing the clock with the last known time.</param>
public sealed record ClockJump(DateTimeOffset NoticedAt, TimeSpan By, bool AtStart);

/// <summary>The part of the clock monitor's state that survives a restart.</summary>
/// <param name="LastSeen">The last time at which the clock was trusted, UTC.</param>
/// <param name="Leap">The jump after which nobody has confirmed the clock yet.</param>
/// <param name="Confirmed">Who last confirmed the clock, when and why.</param>
public sealed record ClockState(DateTimeOffset LastSeen, ClockJump? Leap = null, string? Confirmed = null);

/// <summary>The store of the clock monitor's state.</summary>
public interface IClockRecord
{
    /// <summary>Reads the stored state; null if there is none.</summary>
    ClockState? Read();

    /// <summary>Stores the state.</summary>
    /// <exception cref="IOException">The state cannot be written.</exception>
    void Write(ClockState state);
}

/// <summary>
/// Compares the wall clock with the elapsed time (<see cref="TimeProvider.GetTimestamp"/>), and at a start with the last known instant.
/// After a jump that a working clock would not make, decisions that depend on time stop until an operator confirms the clock, even across
/// restarts. Without this check, a clock that was 60 days ahead for half a minute would cause reminders and permanently record time limits
/// as missed. Safe for concurrent use.
/// </summary>
public sealed class ClockMonitor : IClockTrust
{
    private readonly TimeProvider time;
    private readonly ClockOptions options;
    private readonly IClockRecord record;
    private readonly Lock gate = new();
    private DateTimeOffset wall;
    private long passing;
    private DateTimeOffset lastSeen;
    private ClockJump? leap;
    private string? confirmed;

    /// <summary>Starts to watch the clock.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="options">The limits beyond which a deviation is a jump.</param>
    /// <param name="record">The store of the clock monitor's state.</param>
    /// <param name="lastCommit">The time of the last commit, or null if the store does not know it.</param>
    public ClockMonitor(TimeProvider time, ClockOptions options, IClockRecord record, DateTimeOffset? lastCommit = null)
    {
        (this.time, this.options, this.record) = (time, options, record);
        Begin();
        var before = record.Read();
        (leap, confirmed) = (before?.Leap, before?.Confirmed);
        var known = before?.LastSeen is { } seen && !(lastCommit > seen) ? seen : lastCommit;
        lastSeen = known ?? wall;
        if (leap is null && known is { } last && (wall < last - options.MaxClockJump || wall > last + options.MaxStop))
        {
            Stop(new ClockJump(wall, wall - last, AtStart: true));
        }
    }

    /// <summary>The jump that waits for an operator's confirmation; null while the clock is trusted.</summary>
    public ClockJump? Jump
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
    public bool IsTrusted => Jump is null;

    /// <summary>
    /// Records the current time, so that the next start can tell whether the hub was off or the clock jumped. Call this method about once a
    /// minute.
    /// </summary>
    /// <exception cref="IOException">The state cannot be stored.</exception>
    public void RecordTime()
    {
        lock (gate)
        {
            TakeIn(record.Read());
            Look();
            record.Write(new ClockState(lastSeen, leap, confirmed));
        }
    }

    /// <summary>An operator confirms that the clock is right, so decisions that depend on time are made again from now on.</summary>
    /// <param name="by">The operator who confirms.</param>
    /// <param name="reason">Why the operator considers the clock right.</param>
    /// <exception cref="IOException">The state cannot be stored.</exception>
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
    /// If several processes share the record, a jump noticed by another process also stops decisions in this process, and one confirmation
    /// is enough for all.
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
        if (by.Duration() > options.MaxClockJump)
        {
            Stop(new ClockJump(now, by, AtStart: false));
        }
        else
        {
            lastSeen = now;
        }
    }

    private void Stop(ClockJump found)
    {
        leap = found;
        try
        {
            record.Write(new ClockState(lastSeen, leap, confirmed));
        }
        catch (IOException)
        {
            // A jump that was noticed still stops the decisions that depend on time. The next call, a minute later, tries to store the
            // state again, and the log records the failure.
        }
    }
}
