using System.Globalization;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>
/// An instant in the index of what is due, and the change of the assessment that set it. The pair identifies one row of the index for ever,
/// so anybody who finds a row of a past change that the head no longer names may remove it without further checks.
/// </summary>
/// <param name="At">The instant, UTC.</param>
/// <param name="Change">Number of the change.</param>
internal readonly record struct Hint(DateTimeOffset At, long Change)
{
    public override string ToString() => FormattableString.Invariant($"{At.UtcTicks}:{Change}");

    internal static Hint? Parse(string? text) =>
        text?.Split(':') is [var ticks, var change]
            ? new Hint(new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), long.Parse(change, CultureInfo.InvariantCulture))
            : null;

    /// <summary>The hint after a change: the old one while its instant stays, so that the index is written only when something moves.</summary>
    internal static Hint? Next(Hint? before, DateTimeOffset? at, long change) =>
        at is not { } instant ? null : before is { } old && old.At == instant ? old : new Hint(instant.ToUniversalTime(), change);
}
