using System.Globalization;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>
/// A time in the index of due work, with the change of the assessment that set the time. The pair identifies one row of the index for ever.
/// A row of a past change that the head no longer mentions can therefore be removed without further checks.
/// </summary>
/// <param name="At">The time, UTC.</param>
/// <param name="Change">Number of the change.</param>
internal readonly record struct Hint(DateTimeOffset At, long Change)
{
    public override string ToString() => FormattableString.Invariant($"{At.UtcTicks}:{Change}");

    internal static Hint? Parse(string? text) =>
        text?.Split(':') is [var ticks, var change]
            ? new Hint(new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), long.Parse(change, CultureInfo.InvariantCulture))
            : null;

    /// <summary>The hint after a change. The old hint is kept while its time is the same, so that the index is written only if the time
    /// changes.</summary>
    internal static Hint? Next(Hint? before, DateTimeOffset? at, long change) =>
        at is not { } instant ? null : before is { } old && old.At == instant ? old : new Hint(instant.ToUniversalTime(), change);
}
