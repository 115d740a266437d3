using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>The metrics are those of docs/metrics.md, the alert rules speak of no others, and an old board falls silent.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Metrics_are_as_documented_and_silent_when_the_board_is_old()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var published = new ConcurrentDictionary<string, byte>();
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == "IntegrationHub" && (instrument.Meter.Scope is null || instrument.Meter.Scope == hub.Services.GetRequiredService<IMeterFactory>()))
            {
                published.TryAdd(instrument.Name, 0);

                // What is observed is told on this thread when it is asked for; turns and effects of other tests' hubs report whenever they end.
                if (instrument.IsObservable)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => seen[Key(i, tags)] = value);
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => seen[Key(i, tags)] = value);
        listener.Start();
        listener.RecordObservableInstruments();

        var text = await File.ReadAllTextAsync(Path.Combine(PeerBrowser.Root(), "docs", "metrics.md"), TestContext.Current.CancellationToken);
        Assert.Equal(Documented().Matches(text).Select(m => m.Groups[1].Value).Except(OnAzureOnly).Distinct().Order(), published.Keys.Order());
        Assert.Equal(3, seen["hub.cases.open stage=assessing"]);
        Assert.Equal(1, seen["hub.cases.standing standing=stalled"]);
        Assert.Equal(3, seen["hub.advice.overdue agency=nhs"]);
        Assert.Equal(2, seen["hub.effects.failed"]);
        Assert.Equal(29 * 86400, seen["hub.advice.oldest_overdue"]);

        seen.Clear();
        hub.Time.Advance(TimeSpan.FromHours(1));
        listener.RecordObservableInstruments();

        // What is not read from the board goes on: the background and the disk.
        Assert.Equal(["hub.board.age"], seen.Keys.Where(key => key.Split('.')[1] is not ("background" or "room")));
        Assert.Equal(3600, seen["hub.board.age"], 60.0);
    }

    [Fact]
    public async Task The_oldest_work_that_waits_is_told_in_seconds()
    {
        await using var hub = await MonitoredHub.StartAsync();
        Assert.Equal((0.0, 0.0), (await AgeAsync("turns"), await AgeAsync("effects")));

        // Ten minutes ago news came and was decided, but nobody carries out the effect; five minutes ago news came that nobody decides.
        await hub.Engine.SubmitAsync(Says("m-1", new RemindNow("medical-1", "By telephone.")), TestContext.Current.CancellationToken);
        hub.Time.Advance(TimeSpan.FromMinutes(5));
        await hub.Store.PutAsync(Says("m-2", new RemindNow("medical-1", "By telephone.")), TestContext.Current.CancellationToken);
        hub.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal((300.0, 600.0), (await AgeAsync("turns"), await AgeAsync("effects")));
        await hub.Engine.RunDueAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0.0, 0.0), (await AgeAsync("turns"), await AgeAsync("effects")));

        Delivery Says(string id, AssessmentInput input) => new()
        {
            Assessment = hub.Late,
            MessageId = id,
            By = new Actor { Role = ActorRole.Operator, Id = "op" },
            ReceivedAt = hub.Time.GetUtcNow(),
            Input = input,
        };

        async Task<double> AgeAsync(string queue)
        {
            await hub.Services.GetRequiredService<WorkMonitor>().RefreshAsync(TestContext.Current.CancellationToken);
            await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(TestContext.Current.CancellationToken);
            var seen = new Dictionary<string, double>();
            using var listener = new MeterListener();
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "hub.queue.oldest_age" && instrument.Meter.Scope == hub.Services.GetRequiredService<IMeterFactory>())
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>((i, value, tags, _) => seen[Key(i, tags)] = value);
            listener.Start();
            listener.RecordObservableInstruments();
            return seen[$"hub.queue.oldest_age queue={queue}"];
        }
    }

    /// <summary>Metrics of what a hub on one machine does not have.</summary>
    private static readonly string[] OnAzureOnly = ["hub.timer.overdue"];

    /// <summary>The conditions of infra/alerts.yaml, each by the alert that watches it.</summary>
    private static readonly string[] Conditions =
    [
        "AdviceOverdueForLong", "CasesBeyondHelp", "CasesStalled", "ClockStopped", "DeadLetters", "EffectsFailed", "EffectsKeepFailing", "HubIsSilent", "QueueIsOld", "RequestsFail",
        "RoundsKeepFailing", "TimersStopped", "TurnsAreSlow", "WorkSetAside",
    ];

    [Fact]
    public async Task Every_alert_rule_speaks_of_a_metric_that_there_is()
    {
        var root = PeerBrowser.Root();
        var alerts = await File.ReadAllTextAsync(Path.Combine(root, "infra", "alerts.yaml"), TestContext.Current.CancellationToken);
        var metrics = Documented().Matches(await File.ReadAllTextAsync(Path.Combine(root, "docs", "metrics.md"), TestContext.Current.CancellationToken)).Select(m => m.Groups[1].Value.Replace('.', '_')).ToHashSet();

        Assert.Equal(Conditions, Rule().Matches(alerts).Select(r => r.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.All(Expression().Matches(alerts), e => Assert.Matches("hub_|http_server_request_duration", e.Value));
        Assert.Equal(Conditions.Length, Expression().Count(alerts));
        Assert.All(Used().Matches(alerts), used => Assert.Contains(UnitSuffix().Replace(used.Value, ""), metrics));
    }

    private static string Key(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.Name;
        foreach (var (name, value) in tags)
        {
            key += $" {name}={value}";
        }

        return key;
    }

    [GeneratedRegex(@"(?m)^\| `(hub\.[a-z_.]+)`")]
    private static partial Regex Documented();

    [GeneratedRegex(@"(?m)^\s+expr: .+$")]
    private static partial Regex Expression();

    [GeneratedRegex(@"(?m)^\s+- alert: (\w+)$")]
    private static partial Regex Rule();

    [GeneratedRegex("hub_[a-z_]+")]
    private static partial Regex Used();

    [GeneratedRegex("(_seconds)?(_count|_bucket)?$")]
    private static partial Regex UnitSuffix();
}
