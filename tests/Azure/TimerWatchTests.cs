using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using IntegrationHub.Azure.Clock;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Azure.Tests;

/// <summary>Timers that stop, as they may after a deployment, are told by name in readiness and measured.</summary>
public sealed class TimerWatchTests(Azurite azurite)
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Timers => [.. TimerWatch.Timers.Keys];

    [Fact]
    public void Every_timer_of_the_app_is_watched()
    {
        var declared = Source.All(Source.Of("functions", "Azure"), @"\[Function\((\w+)\)\]\s+public Task \w+\(\[TimerTrigger");
        var names = Source.All(Source.Of("functions", "Azure", "Clock"), @"const string \w+ = ""(\w+)""");

        Assert.NotEmpty(declared);
        Assert.Equal(declared, TimerWatch.Timers.Keys.Order(StringComparer.Ordinal));
        Assert.Superset(declared, names);
    }

    [Theory]
    [MemberData(nameof(Timers))]
    public async Task One_that_runs_says_nothing_and_one_that_stops_is_told(string timer)
    {
        var record = new Record();
        using var watch = await StartAsync(record);
        var gap = TimerWatch.Timers[timer];
        await RunAllAsync(record);
        var reads = record.Reads;
        await ReadAsync(watch, () => record.Reads > reads + (2 * TimerWatch.Timers.Count));
        Assert.Empty(watch.Lines);

        clock.Advance(gap + TimeSpan.FromMinutes(1));
        foreach (var other in TimerWatch.Timers.Keys.Where(other => other != timer))
        {
            await record.WriteAsync(ClockFunctions.LastRunName(other), clock.GetUtcNow(), Stop);
        }

        await ReadAsync(watch, () => watch.Lines.Count == 1);
        Assert.StartsWith($"degraded: the timer {timer} has not run since 2026-01-05 09:", Assert.Single(watch.Lines), StringComparison.Ordinal);

        await RunAllAsync(record);
        await ReadAsync(watch, () => watch.Lines.Count == 0);
    }

    [Fact]
    public async Task One_that_has_never_run_is_counted_from_the_start_and_measured()
    {
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var watch = await StartAsync(new Record(), meters.GetRequiredService<IMeterFactory>());
        Assert.Empty(watch.Lines);
        clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(["degraded: the timer Sweep has never run"], watch.Lines);
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "hub.timer.overdue" && instrument.Meter.Scope == meters.GetRequiredService<IMeterFactory>())
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => seen[(string)tags[0].Value!] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Equal(new Dictionary<string, double> { ["Sweep"] = 300, ["CheckHeldMessages"] = 0, ["PurgeHistories"] = 0 }, seen);
    }

    [Fact]
    public async Task The_record_of_many_hosts_keeps_instants_by_name()
    {
        azurite.Need();
        var table = azurite.Tables().GetTableClient($"d{Guid.NewGuid():N}");
        await table.CreateAsync(Stop);
        var (one, other) = (new TableDriverRecord(table), new TableDriverRecord(table));
        Assert.Null(await one.ReadAsync("ran-Sweep", Stop));

        await one.WriteAsync("ran-Sweep", clock.GetUtcNow(), Stop);
        await one.WriteAsync("ran-Sweep", clock.GetUtcNow().AddTicks(1), Stop);

        Assert.Equal(clock.GetUtcNow().AddTicks(1), await other.ReadAsync("ran-Sweep", Stop));
    }

    private async Task<TimerWatch> StartAsync(IDriverRecord record, IMeterFactory? meters = null)
    {
        var watch = new TimerWatch(
            record,
            new BackgroundWork(clock, NullLogger<BackgroundWork>.Instance),
            clock,
            meters ?? new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        await watch.StartAsync(Stop);
        return watch;
    }

    private async Task RunAllAsync(Record record)
    {
        foreach (var timer in TimerWatch.Timers.Keys)
        {
            await record.WriteAsync(ClockFunctions.LastRunName(timer), clock.GetUtcNow(), Stop);
        }
    }

    /// <summary>Lets rounds go by, each a second of the clock further, until it says so.</summary>
    private async Task ReadAsync(TimerWatch watch, Func<bool> said)
    {
        for (var n = 0; !said(); n++)
        {
            Assert.True(n < 500, string.Join('\n', watch.Lines));
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Stop);
        }
    }

    private sealed class Record : IDriverRecord
    {
        private readonly ConcurrentDictionary<string, DateTimeOffset> kept = new(StringComparer.Ordinal);

        internal int Reads { get; private set; }

        public ValueTask<DateTimeOffset?> ReadAsync(string name, CancellationToken cancellationToken = default)
        {
            Reads++;
            return new(kept.TryGetValue(name, out var at) ? at : null);
        }

        public ValueTask WriteAsync(string name, DateTimeOffset instant, CancellationToken cancellationToken = default)
        {
            kept[name] = instant;
            return default;
        }
    }
}
