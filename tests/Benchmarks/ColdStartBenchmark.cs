using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>What a cold start came to.</summary>
/// <param name="Open">Open assessments.</param>
/// <param name="Due">Of these, how many had a timer that had fallen due.</param>
/// <param name="Ready">Seconds from the start of the process to a store that answers.</param>
/// <param name="Fired">Seconds from the start of the process to nothing being due any more: turns taken, effects carried out, what they reported decided.</param>
/// <param name="Steps">Durable steps that this took.</param>
/// <param name="PeakMemory">Bytes.</param>
internal sealed record ColdStart(int Open, int Due, double Ready, double Fired, long Steps, long PeakMemory);

/// <summary>
/// The start of a hub that was off for a day, over cases that were each lived up to then: as many opened in each of the last twenty
/// weeks, a third of the advice late (<see cref="MonitorSeed"/>). What fell due in that day is as real as the lives. The start is a
/// process of its own; the file has just been written, so the system still has much of it in memory.
/// </summary>
internal static class ColdStartBenchmark
{
    private static readonly DateTimeOffset Stopped = new(2026, 6, 8, 7, 0, 0, TimeSpan.Zero);

    internal static async Task RunAsync(int open)
    {
        var start = await MeasureAsync(open);
        Console.WriteLine(FormattableString.Invariant($"{start.Open:N0} open assessments, off for a day (write-ahead log, synchronous FULL): ready after {start.Ready:F1} s; {start.Due:N0} due timers fired after {start.Fired:F1} s in {start.Steps:N0} durable steps; {start.PeakMemory / 1e6:F0} MB memory at most"));
    }

    internal static async Task<ColdStart> MeasureAsync(int open)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            var path = Path.Combine(folder.FullName, "hub.db");
            await MonitorSeed.FillAsync(path, open, Stopped);
            return JsonSerializer.Deserialize<ColdStart>(await StartAsync(path, Stopped.AddDays(1)))! with { Open = open };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Starts a process over a store, and answers what it said: a <see cref="ColdStart"/> as JSON.</summary>
    internal static async Task<string> StartAsync(string path, DateTimeOffset now)
    {
        using var started = Process.Start(new ProcessStartInfo("dotnet", [typeof(ColdStartBenchmark).Assembly.Location, "started", path, now.ToString("O", CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The hub was not started.");
        var said = await started.StandardOutput.ReadToEndAsync();
        await started.WaitForExitAsync();
        return said;
    }

    /// <summary>The process that starts, at an instant.</summary>
    internal static async Task StartedAsync(string path, DateTimeOffset now)
    {
        var began = Process.GetCurrentProcess().StartTime;
        var clock = new Ehc1Benchmark.SetClock { Now = now };
        var rules = new RuleBook(CouncilsFile.Read(Path.GetDirectoryName(path)!), RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        await using var sqlite = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = path });
        var store = new Counting(sqlite);
        var due = (await store.DueAsync(clock.Now, int.MaxValue)).Count;
        await store.ListAsync(new SummaryQuery { Open = true });
        var ready = DateTime.Now - began;
        await using var engine = new EmbeddedEngine(store, rules, [new Ehc1Benchmark.AtOnce()], clock, new EngineOptions { MaxTurns = Ehc1Benchmark.Window, Deciders = Environment.ProcessorCount });
        await engine.RunDueAsync();
        Console.WriteLine(JsonSerializer.Serialize(new ColdStart(0, due, ready.TotalSeconds, (DateTime.Now - began).TotalSeconds, store.Steps, Measured.PeakMemory)));
    }
}
