using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Embedded;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// Every plan of a country in one store (<see cref="PlansInForceSeed"/>): what fell due in a day is decided; then the program itself
/// (<c>serve</c>) is started over it, and an officer of the largest council and an operator ask for their pages.
/// </summary>
internal static class PlansInForceBenchmark
{
    private const int Pages = 400;
    private const int FewPages = 100;

    /// <param name="cases">How many cases.</param>
    /// <param name="kept">A folder in which the filled store is kept for another run; null for one that is deleted.</param>
    internal static async Task RunAsync(int cases, string? kept)
    {
        var folder = kept is null ? Directory.CreateTempSubdirectory("hub-benchmark-") : Directory.CreateDirectory(kept);
        try
        {
            var watch = Stopwatch.StartNew();
            var until = LastWorkingDay(DateTimeOffset.UtcNow);
            await PlansInForceSeed.FillAsync(folder.FullName, cases, until);
            var file = Path.Combine(folder.FullName, "assessments.db");
            Tell(FormattableString.Invariant($"{cases:N0} cases in {new FileInfo(file).Length / 1e9:F1} GB, filled in {watch.Elapsed.TotalSeconds:F0} s; load of the machine {Load()}"));
            GC.Collect();

            var day = JsonSerializer.Deserialize<ColdStart>(await ColdStartBenchmark.StartAsync(file, until.AddDays(1)))!;
            Tell(FormattableString.Invariant(
                $"store open after {day.Ready:F1} s; {day.Due:N0} timers of a day decided after {day.Fired:F1} s in {day.Steps:N0} durable steps, {day.PeakMemory / 1e6:F0} MB at most"));
            await KeepAsync(folder.FullName, file);
            await PagesAsync(folder.FullName, cases);
        }
        finally
        {
            if (kept is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    /// <summary>The last morning from which a working day has passed: fewer timers fall due at a weekend.</summary>
    private static DateTimeOffset LastWorkingDay(DateTimeOffset now)
    {
        var morning = new DateTimeOffset(now.UtcDateTime.Date.AddHours(7), TimeSpan.Zero);
        while (morning.AddDays(1) > now || morning.DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            morning = morning.AddDays(-1);
        }

        return morning;
    }

    /// <summary>Runs the program until it has kept what the next start needs, as it does once over a store that was filled without it.</summary>
    private static async Task KeepAsync(string folder, string file)
    {
        if (IsKept(file))
        {
            return;
        }

        using var doing = Doing.Now($"the program keeps what its next start needs");
        var watch = Stopwatch.StartNew();
        using var hub = MonitorBenchmark.Start(folder);
        try
        {
            _ = await MonitorBenchmark.AddressAsync(hub);
            while (!IsKept(file))
            {
                await Task.Delay(TimeSpan.FromSeconds(5));
            }

            Tell(FormattableString.Invariant($"kept for the next start after {watch.Elapsed.TotalSeconds:F0} s; {new FileInfo(file).Length / 1e9:F1} GB, {MonitorBenchmark.Memory(hub, "VmHWM")} MB at most"));
        }
        finally
        {
            hub.Kill(entireProcessTree: true);
            await hub.WaitForExitAsync();
        }
    }

    /// <summary>Whether the store has the child and the row of every case.</summary>
    private static bool IsKept(string file)
    {
        using var connection = SqliteFile.Open(file, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM extract_through) = 1 AND (SELECT count(*) FROM extract WHERE kind = 2) >= (SELECT count(*) FROM summary)";
        return command.ExecuteScalar() is 1L;
    }

    private static async Task PagesAsync(string folder, int cases)
    {
        var own = Enumerable.Range(0, cases).Where(n => EnglandsCouncils.Of(n) == EnglandsCouncils.Largest).ToArray();
        var watch = Stopwatch.StartNew();
        using var hub = MonitorBenchmark.Start(folder);
        try
        {
            var address = await MonitorBenchmark.AddressAsync(hub);
            Tell(FormattableString.Invariant($"listens after {watch.Elapsed.TotalSeconds:F1} s, {MonitorBenchmark.Memory(hub, "VmRSS")} MB"));
            using var officer = Browser(address);
            using (var ready = await officer.GetAsync(new Uri("/health/ready", UriKind.Relative)))
            {
                Tell(FormattableString.Invariant($"ready after {watch.Elapsed.TotalSeconds:F1} s ({ready.StatusCode})"));
            }

            using var monitor = Browser(address);
            await MonitorBenchmark.SignInAsync(monitor);
            await WorkspaceBenchmark.SignInAsync(officer, "case-officer", EnglandsCouncils.Largest.Value);
            await TimesAsync(officer, monitor, own, "while the cases are read for the first time", FewPages / 4);
            await CompleteAsync(officer, watch);
            while ((await monitor.GetStringAsync(new Uri("/monitor", UriKind.Relative))).Contains("for the first time", StringComparison.Ordinal))
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }

            Tell(FormattableString.Invariant($"every case was read {watch.Elapsed.TotalSeconds:F0} s after the start, {MonitorBenchmark.Memory(hub, "VmRSS")} MB"));
            await TimesAsync(officer, monitor, own, "afterwards", Pages);
            Tell(FormattableString.Invariant(
                $"memory {MonitorBenchmark.Memory(hub, "VmRSS")} MB now, {MonitorBenchmark.Memory(hub, "VmHWM")} MB at most; processor time {hub.TotalProcessorTime.TotalSeconds:F0} s; load of the machine {Load()}"));

            // What the hub does while nobody asks: the lists must be kept up to date without reading everything again.
            var before = hub.TotalProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(30));
            hub.Refresh();
            Tell(FormattableString.Invariant($"nobody asks for 30 s: {(hub.TotalProcessorTime - before).TotalSeconds:F1} s of processor time"));
        }
        finally
        {
            hub.Kill(entireProcessTree: true);
            await hub.WaitForExitAsync();
        }
    }

    /// <summary>Waits until a list says no longer that it is not complete.</summary>
    private static async Task CompleteAsync(HttpClient officer, Stopwatch watch)
    {
        while ((await officer.GetStringAsync(new Uri("/workspace/transfers", UriKind.Relative))).Contains("still reading the cases", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        Tell(FormattableString.Invariant($"lists of the council are complete {watch.Elapsed.TotalSeconds:F1} s after the start"));
    }

    private static async Task TimesAsync(HttpClient officer, HttpClient monitor, int[] own, string when, int pages)
    {
        using var doing = Doing.Now($"{pages} pages of each kind are asked for, {when}");
        var (random, times) = (new Random(7), new List<(string Kind, double Milliseconds)>());
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        for (var n = 0; n < pages; n++)
        {
            var one = own[random.Next(own.Length)];
            var child = PlansInForceSeed.ChildOf(one, today);
            AssessmentId id = PlansInForceSeed.Id(one);
            times.Add(await MonitorBenchmark.TimeAsync(officer, "my work", "/workspace"));
            times.Add(await MonitorBenchmark.TimeAsync(officer, "all cases", "/workspace/council"));
            times.Add(await WorkspaceBenchmark.SearchAsync(officer, $"{child.GivenName} {child.FamilyName}"));
            times.Add(await MonitorBenchmark.TimeAsync(officer, "case page", $"/workspace/cases/{id}"));
            times.Add(await MonitorBenchmark.TimeAsync(officer, "plan page", $"/workspace/cases/{id}/plan"));
            times.Add(await MonitorBenchmark.TimeAsync(officer, "phase transfers", FormattableString.Invariant($"/workspace/transfers?year={today.Year + 1}&page={1 + (n % 20)}")));
            times.Add(await MonitorBenchmark.TimeAsync(officer, "one phase transfer", FormattableString.Invariant($"/workspace/transfers?year={today.Year + 1}&phase=PrimaryToSecondary&page={1 + (n % 5)}")));
            times.Add(await MonitorBenchmark.TimeAsync(monitor, "monitor, overview", "/monitor"));
            times.Add(await MonitorBenchmark.TimeAsync(monitor, "monitor, list of a council", FormattableString.Invariant($"/monitor/cases?council={EnglandsCouncils.Of(n)}")));
            times.Add(await MonitorBenchmark.TimeAsync(monitor, "monitor, plans of a council", FormattableString.Invariant($"/monitor/cases?council={EnglandsCouncils.Largest}&stage=planissued&page={1 + (n % 100)}")));
            times.Add(await MonitorBenchmark.TimeAsync(monitor, "monitor, plans of all councils", FormattableString.Invariant($"/monitor/cases?stage=planissued&page={1 + (n * 17)}")));
        }

        Console.WriteLine(FormattableString.Invariant($"| page, {when} | pages | median ms | p99 ms | slowest ms |"));
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var kind in times.GroupBy(time => time.Kind))
        {
            var sorted = kind.Select(time => time.Milliseconds).Order().ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {kind.Key} | {sorted.Length:N0} | {WorkspaceBenchmark.At(sorted, 0.5):F1} | {WorkspaceBenchmark.At(sorted, 0.99):F1} | {sorted[^1]:F1} |"));
        }
    }

    private static HttpClient Browser(Uri address) => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "not known";

    private static void Tell(string line) => Console.WriteLine(line);
}
