using System.Globalization;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>
/// A time in the index of due work, with the number of the change to the assessment that set the time. The time and the change together
/// always identify the same row of the index. A row of the index that the assessment's head row no longer mentions can therefore be removed
/// without further checks.
/// </summary>
/// <param name="At">The time, UTC.</param>
/// <param name="Change">Number of the change that set the time.</param>
internal readonly record struct Hint(DateTimeOffset At, long Change)
{
    public override string ToString() => FormattableString.Invariant($"{At.UtcTicks}:{Change}");

    internal static Hint? Parse(string? text) =>
        text?.Split(':') is [var ticks, var change]
            ? new Hint(new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), long.Parse(change, CultureInfo.InvariantCulture))
            : null;

    /// <summary>The hint that applies after a change to the assessment. If the time has not changed, the old hint is returned, so that the
    /// index need not be written.</summary>
    internal static Hint? Next(Hint? before, DateTimeOffset? at, long change) =>
        at is not { } instant ? null : before is { } old && old.At == instant ? old : new Hint(instant.ToUniversalTime(), change);
}
