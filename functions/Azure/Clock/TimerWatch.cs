using System.Diagnostics.Metrics;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Durable;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Azure.Clock;

/// <summary>
/// Detects timers that have stopped running. After a deployment, a timer's function may stay disabled while everything else works, and
/// missed work is then never found. The drivers' record stores each run; this watch reads the record, reports late timers in
/// <c>/health/ready</c>, and measures the delay.
/// </summary>
internal sealed class TimerWatch : BackgroundLoop, IReadinessNote
{
    /// <summary>Each timer, with the longest time allowed between two of its runs, which is three intervals.</summary>
    internal static readonly IReadOnlyDictionary<string, TimeSpan> Timers = new Dictionary<string, TimeSpan>
    {
        [ClockFunctions.Sweep] = TimeSpan.FromMinutes(15),
        [ClockFunctions.CheckHeldMessages] = TimeSpan.FromHours(3),
        [ClockFunctions.PurgeHistories] = TimeSpan.FromDays(3),
    };

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly IDriverRecord record;
    private readonly DateTimeOffset began;
    private volatile IReadOnlyDictionary<string, DateTimeOffset> ran = new Dictionary<string, DateTimeOffset>();

    /// <summary>Creates the watch, which starts with the host.</summary>
    public TimerWatch(IDriverRecord record, BackgroundWork work, TimeProvider time, IMeterFactory meters, IFleetRole? fleet = null)
        : base("check of the timers", work, time)
    {
        (this.record, began) = (record, time.GetUtcNow());
        meters.Create(TurnTelemetry.Name).CreateObservableGauge(
            "hub.timer.overdue",
            () => fleet is { IsLeader: false } ? [] : Timers.Keys.Select(timer => new Measurement<double>(Overdue(timer).TotalSeconds, new KeyValuePair<string, object?>("timer", timer))),
            "s",
            "How long a timer has been overdue.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Lines =>
        [.. Timers.Keys.Where(timer => Overdue(timer) > TimeSpan.Zero).Select(timer => $"degraded: the timer {timer} {Last(timer)}")];

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        var read = new Dictionary<string, DateTimeOffset>();
        foreach (var timer in Timers.Keys)
        {
            if (await record.ReadAsync(ClockFunctions.LastRunName(timer), cancellationToken) is { } at)
            {
                read[timer] = at;
            }
        }

        ran = read;
        return Every;
    }

    /// <summary>How long a timer has been overdue. A timer that has never run is measured from the start of this host.</summary>
    private TimeSpan Overdue(string timer) =>
        Time.GetUtcNow() - ran.GetValueOrDefault(timer, began) - Timers[timer] is { Ticks: > 0 } late ? late : TimeSpan.Zero;

    private string Last(string timer) => ran.TryGetValue(timer, out var at) ? FormattableString.Invariant($"has not run since {at:u}") : "has never run";
}
