using System.Diagnostics.Metrics;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Telemetry;

/// <summary>
/// Publishes the board's figures as metrics. The values are published unchanged, so that alert rules decide when to alert. If the board is
/// old, only its age is published, because old figures would look current. If there are several processes, only the leading process
/// publishes the figures, because otherwise each process would count the same cases.
/// </summary>
public sealed class BoardMeter
{
    private const int StaleAfterReadings = 5;

    private readonly CaseBoard board;
    private readonly MonitorOptions options;
    private readonly BoardUsage usage;
    private readonly TimeProvider time;

    /// <summary>Starts to publish the metrics.</summary>
    public BoardMeter(CaseBoard board, QueueMonitor queues, WorkMonitor work, MonitorOptions options, BoardUsage usage, TimeProvider time, IMeterFactory meters, ClockMonitor? clock = null)
    {
        this.board = board;
        this.options = options;
        this.usage = usage;
        this.time = time;
        var meter = meters.Create(TurnTelemetry.Name);
        meter.CreateObservableGauge("hub.board.age", Age, "s", "Age of the data behind the other hub gauges.");
        meter.CreateObservableGauge("hub.clock.stopped", () => clock is { IsTrusted: false } ? 1 : 0, description: "1 while the clock is not trusted: it has jumped, nobody has confirmed that it is right, and no action is taken merely because time has passed.");
        meter.CreateObservableGauge("hub.cases.open", () => Cases((c, _) => c.Summary.Stage.ToString(), "stage"), "{case}", "Open cases by stage.");
        meter.CreateObservableGauge("hub.cases.standing", () => Cases((c, today) => c.StandingOn(today).ToString(), "standing"), "{case}", "Open cases by standing.");
        meter.CreateObservableGauge("hub.cases.outlook", () => Cases((c, today) => c.OutlookOn(today)?.ToString() ?? "", "outlook"), "{case}", "Open cases by outlook.");
        meter.CreateObservableGauge("hub.cases.attention", () => Single(cases => cases.Count(c => c.Summary.Attention > 0)), "{case}", "Open cases in which an officer must act.");
        meter.CreateObservableGauge("hub.effects.failed", () => Single(cases => cases.Sum(c => c.Failed)), "{effect}", "Effects that failed permanently and wait for an operator.");
        meter.CreateObservableGauge("hub.advice.outstanding", () => Advice((_, _) => true), "{request}", "Requests for advice that have not been answered.");
        meter.CreateObservableGauge("hub.advice.overdue", () => Advice((a, today) => a.Due < today), "{request}", "Unanswered requests for advice whose last day has passed.");
        meter.CreateObservableGauge("hub.bus.waiting", () => Bus(queues, q => q.Waiting), "{message}", "Messages that wait on the bus.");
        meter.CreateObservableGauge("hub.bus.dead_letters", () => Bus(queues, q => q.Dead), "{message}", "Messages that could not be used or delivered, and wait for an operator.");
        meter.CreateObservableGauge("hub.queue.oldest_age", () => Waiting(queues, work), "s", "How long the oldest due work has waited.");
        meter.CreateObservableGauge("hub.advice.oldest_overdue", Oldest, "s", "How long the most overdue advice has been overdue.");
    }

    private IEnumerable<Measurement<double>> Age() =>
        usage.IsLeader && board.Current.AsOf is { } at ? [new((time.GetUtcNow() - at).TotalSeconds)] : [];

    private IEnumerable<Measurement<long>> Cases(Func<CaseRow, DateOnly, string> by, string tag) =>
        Fresh() is var (cases, today) ? cases.CountBy(c => by(c, today)).Select(c => new Measurement<long>(c.Value, new KeyValuePair<string, object?>(tag, Snake(c.Key)))) : [];

    private IEnumerable<Measurement<long>> Single(Func<IEnumerable<CaseRow>, int> count) => Fresh() is var (cases, _) ? [new(count(cases))] : [];

    private IEnumerable<Measurement<long>> Advice(Func<AwaitedAnswer, DateOnly, bool> which) => Fresh(withPlans: true) is var (cases, today)
        ? cases.SelectMany(c => c.Awaited).Where(a => which(a, today)).CountBy(Kind).Select(k => new Measurement<long>(k.Value, new KeyValuePair<string, object?>("agency", k.Key)))
        : [];

    /// <summary>The number of messages by queue or topic. The subscriptions of a topic are added together, because each subscription
    /// belongs to a single agency.</summary>
    private IEnumerable<Measurement<long>> Bus(QueueMonitor queues, Func<QueueCount, long?> count) => Fresh() is null ? [] : queues.Counts
        .Where(q => count(q) is not null)
        .GroupBy(q => q.Path.Split('/')[0])
        .Select(e => new Measurement<long>(e.Sum(q => count(q) ?? 0), new KeyValuePair<string, object?>("entity", e.Key)));

    /// <summary>How long work and messages have been waiting, which is zero if nothing is waiting. A missing value therefore always
    /// means that nothing was read.</summary>
    private IEnumerable<Measurement<double>> Waiting(QueueMonitor queues, WorkMonitor work)
    {
        if (Fresh() is null)
        {
            return [];
        }

        var now = time.GetUtcNow();
        return
        [
            new(work.Turns.TotalSeconds, new KeyValuePair<string, object?>("queue", "turns")),
            new(work.Effects.TotalSeconds, new KeyValuePair<string, object?>("queue", "effects")),
            .. queues.Counts.Where(q => q.Waiting is not null).GroupBy(q => q.Path.Split('/')[0]).Select(e => new Measurement<double>(
                Math.Max(0, e.Max(q => q.Oldest is { } since ? (now - since).TotalSeconds : 0)), new KeyValuePair<string, object?>("queue", e.Key))),
        ];
    }

    private IEnumerable<Measurement<double>> Oldest() => Fresh(withPlans: true) is var (cases, today)
        ? [new(cases.SelectMany(c => c.Awaited).Select(a => Math.Max(0, today.DayNumber - a.Due.DayNumber)).DefaultIfEmpty().Max() * 86400.0)]
        : [];

    /// <param name="withPlans">Whether to include cases that are not open, because some of them wait for advice for a review or a
    /// re-assessment.</param>
    private (IEnumerable<CaseRow> Cases, DateOnly Today)? Fresh(bool withPlans = false)
    {
        var now = time.GetUtcNow();
        return usage.IsLeader && board.Current is { AsOf: { } at } current && now - at < options.RefreshEvery * StaleAfterReadings
            ? (withPlans ? current.Cases : current.Cases.Where(c => c.IsOpen), LondonDate.Of(now))
            : null;
    }

    /// <summary>The kind of agency, as the attribute of a metric. The agency itself is left out, because a metric must have few attribute
    /// values.</summary>
    private static string Kind(AwaitedAnswer awaited) => awaited.Agency?.Scheme switch
    {
        null => "family",
        AgencyScheme.Ods => "nhs",
        AgencyScheme.La => "council",
        AgencyScheme.Person => "person",
        _ => "setting",
    };

    private static string Snake(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
