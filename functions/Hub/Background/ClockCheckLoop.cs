using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Background;

/// <summary>Records the clock's time every minute, and logs once if the clock has jumped.</summary>
/// <param name="watch">Compares the wall clock with the elapsed time.</param>
/// <param name="work">The record of background work.</param>
/// <param name="log">The log for jumps of the clock and their confirmations.</param>
/// <param name="left">Source of confirmations that an operator has given at the command line, or null if there is no command line.</param>
public sealed partial class ClockCheckLoop(ClockMonitor watch, BackgroundWork work, ILogger<ClockCheckLoop> log, IClockConfirmations? left = null)
    : BackgroundLoop("clock check", work, TimeProvider.System)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private bool told;

    /// <inheritdoc/>
    protected override Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        TakeConfirmation();
        if (watch.Jump is { } leap && !told)
        {
            Leapt(log, leap.By, leap.AtStart);
        }

        told = watch.Jump is not null;
        watch.RecordTime();
        return Task.FromResult(Every);
    }

    /// <summary>
    /// Applies a confirmation given with the command <c>clock confirm</c>, or discards it if there is no jump to confirm.
    /// </summary>
    internal void TakeConfirmation()
    {
        if (left?.Said() is not { } word)
        {
            return;
        }

        if (watch.Jump is not null)
        {
            watch.Confirm(word.By, word.Reason);
            Confirmed(log, word.By);
        }

        left.Forget();
    }

    [LoggerMessage(2, LogLevel.Warning, "The clock was confirmed by {By} at the command line; the hub takes decisions that depend on the time again.")]
    private static partial void Confirmed(ILogger log, string by);

    [LoggerMessage(1, LogLevel.Error, "The clock jumped by {By} (found when the hub started: {AtStart}). Nothing is decided by time alone until an operator confirms the clock at /monitor/clock or with the command clock confirm.")]
    private static partial void Leapt(ILogger log, TimeSpan by, bool atStart);
}

/// <summary>An operator's statement that the clock is right.</summary>
/// <param name="By">The operator.</param>
/// <param name="Reason">How the operator knows that the clock is right.</param>
public sealed record ClockConfirmation(string By, string Reason);

/// <summary>Lets an operator who cannot sign in confirm that the clock is right.</summary>
public interface IClockConfirmations
{
    /// <summary>The operator's confirmation, or null if there is none. The confirmation is stored until <see cref="Forget"/> is
    /// called.</summary>
    /// <exception cref="InvalidDataException">The confirmation is damaged.</exception>
    ClockConfirmation? Said();

    /// <summary>Removes the confirmation once it has been used.</summary>
    void Forget();
}
