using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace IntegrationHub.Benchmarks;

/// <summary>Times of one kind of page, milliseconds.</summary>
internal sealed record PageTimes(string Kind, int Pages, double Median, double P99, double Slowest);

/// <summary>Results of the workspace benchmark.</summary>
/// <param name="Ready">Seconds from the start until lists and the search answered.</param>
/// <param name="Pages">Each kind of page.</param>
/// <param name="Writes">Writes a second beside them.</param>
/// <param name="Late">How many of these came more than a second late.</param>
/// <param name="MemoryNow">MB of the hub's process at the end.</param>
/// <param name="MemoryMost">MB of it at most.</param>
internal sealed record WorkspaceResult(double Ready, IReadOnlyList<PageTimes> Pages, double Writes, int Late, long MemoryNow, long MemoryMost);

/// <summary>
/// The pages that an officer opens all day, with many open cases: the program itself (<c>serve</c>) is started over a filled store, and beside a
/// running load of writes through the API one browser asks for my work, searches by name and opens cases. It prints one table.
/// </summary>
internal static class WorkspaceBenchmark
{
    private const int Pages = 1000;
    private const int Mine = 150;
    private const int WritesASecond = 50;
    internal const string Officer = "development-case-officer";

    /// <param name="cases">How many cases are open.</param>
    /// <param name="kept">A folder in which the filled store is kept for another run of the same day; null for one that is deleted.</param>
    internal static async Task RunAsync(int cases, string? kept)
    {
        var r = await MeasureAsync(cases, kept);
        Console.WriteLine(FormattableString.Invariant($"{cases:N0} open cases; lists and search answer {r.Ready:F0} s after the start"));
        Console.WriteLine("| page | pages | median ms | p99 ms | slowest ms |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var page in r.Pages)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {page.Kind} | {page.Pages:N0} | {page.Median:F1} | {page.P99:F1} | {page.Slowest:F1} |"));
        }

        Console.WriteLine(FormattableString.Invariant(
            $"beside {r.Writes:F0} writes a second ({r.Late} more than a second late); memory {r.MemoryNow} MB now, {r.MemoryMost} MB at most; load of the machine {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
    }

    internal static async Task<WorkspaceResult> MeasureAsync(int cases, string? kept)
    {
        using var doing = Doing.Now($"workspace: {cases:N0} cases are lived up to today, then a hub is started over them");
        var folder = kept is null ? Directory.CreateTempSubdirectory("hub-benchmark-") : Directory.CreateDirectory(kept);
        try
        {
            var file = Path.Combine(folder.FullName, "assessments.db");
            var ids = await MonitorSeed.FillAsync(file, cases, new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(7), TimeSpan.Zero));
            GC.Collect();
            using var hub = MonitorBenchmark.Start(folder.FullName);
            try
            {
                return await MeasureAsync(hub, folder.FullName, ids);
            }
            finally
            {
                hub.Kill(entireProcessTree: true);
                await hub.WaitForExitAsync();
            }
        }
        finally
        {
            if (kept is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task<WorkspaceResult> MeasureAsync(Process hub, string data, Contracts.Identifiers.AssessmentId[] ids)
    {
        var watch = Stopwatch.StartNew();
        var address = await MonitorBenchmark.AddressAsync(hub);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
        await SignInAsync(http, "case-officer", "330");
        using var api = new HttpClient { BaseAddress = address };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(data));
        var own = ids.Where(id => id.Council.Value == "330").ToArray();
        var numbers = ids.Select((id, n) => (id, n)).ToDictionary(one => one.id, one => one.n);
        foreach (var id in own.Take(Mine))
        {
            await WriteAsync(api, id.Value, Officer, $"mine-{id}");
        }

        // The board is read once after a start; until then a list says so.
        while (!(await http.GetStringAsync(new Uri("/workspace/council", UriKind.Relative))).Contains("open cases", StringComparison.Ordinal)
            || (await SearchAsync(http, NameOf(numbers[own[^1]]))).Milliseconds > 2_000)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        var ready = watch.Elapsed.TotalSeconds;
        using var asking = Doing.Now($"workspace: {Pages:N0} pages of each kind are asked for, beside {WritesASecond} writes a second");
        using var stop = new CancellationTokenSource();
        var (written, late) = (0, 0);
        var writes = Task.Run(async () =>
        {
            var began = Stopwatch.GetTimestamp();
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var ahead = (n / (double)WritesASecond) - Stopwatch.GetElapsedTime(began).TotalSeconds;
                if (ahead > 0)
                {
                    await Task.Delay(TimeSpan.FromSeconds(ahead));
                }
                else
                {
                    late += ahead < -1 ? 1 : 0;
                }

                await WriteAsync(api, own[Mine + (n % (own.Length - Mine))].Value, FormattableString.Invariant($"officer-{n % 50}"), $"load-{Guid.NewGuid():N}");
                written++;
            }
        });
        var random = new Random(7);
        var times = new List<(string Kind, double Milliseconds)>();
        var measured = Stopwatch.StartNew();
        for (var n = 0; n < Pages; n++)
        {
            times.Add(await MonitorBenchmark.TimeAsync(http, "my work", "/workspace"));
            times.Add(await SearchAsync(http, NameOf(numbers[own[random.Next(own.Length)]])));
            times.Add(await MonitorBenchmark.TimeAsync(http, "case page", $"/workspace/cases/{own[random.Next(own.Length)]}"));
            times.Add(await MonitorBenchmark.TimeAsync(http, "all cases", "/workspace/council"));
        }

        var seconds = measured.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await writes;
        return new WorkspaceResult(
            ready,
            [
                .. times.GroupBy(time => time.Kind).Select(kind =>
                {
                    var sorted = kind.Select(time => time.Milliseconds).Order().ToArray();
                    return new PageTimes(kind.Key, sorted.Length, At(sorted, 0.5), At(sorted, 0.99), sorted[^1]);
                }),
            ],
            written / seconds,
            late,
            MonitorBenchmark.Memory(hub, "VmRSS"),
            MonitorBenchmark.Memory(hub, "VmHWM"));
    }

    internal static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * share) - 1)];

    /// <summary>The whole name of the child of one of the cases.</summary>
    private static string NameOf(int number)
    {
        var child = MonitorSeed.ChildOf(Ehc1Benchmark.Facts.Child, number);
        return $"{child.GivenName} {child.FamilyName}";
    }

    internal static async Task<(string Kind, double Milliseconds)> SearchAsync(HttpClient http, string name)
    {
        var fields = HiddenOf(await http.GetStringAsync(new Uri("/workspace/search", UriKind.Relative)));
        fields["q"] = name;
        using var form = new FormUrlEncodedContent(fields);
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync(new Uri("/workspace/search", UriKind.Relative), form);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? ("search by name", Stopwatch.GetElapsedTime(began).TotalMilliseconds) : throw new InvalidOperationException($"The search was answered {answer.StatusCode}.");
    }

    private static async Task WriteAsync(HttpClient api, string id, string officer, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/assessments/{id}/assign-case-officer", UriKind.Relative))
        {
            Content = new StringContent($$"""{"officer":"{{officer}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await api.SendAsync(request);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Conflict))
        {
            throw new InvalidOperationException($"A write was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    internal static async Task SignInAsync(HttpClient http, string role, string council)
    {
        var fields = HiddenOf(await http.GetStringAsync(new Uri("/workspace/sign-in", UriKind.Relative)));
        (fields["role"], fields["council"]) = (role, council);
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri("/workspace/sign-in", UriKind.Relative), form);
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"The sign-in was answered {answer.StatusCode}.");
        }
    }

    private static async Task<string> TokenAsync(string data)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "IntegrationHub.Local.dll"), "token", "council-officer", "--council", "330", "--data", data])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("No token was made.");
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.Trim().Split('\n')[^1].Trim();
    }

    private static Dictionary<string, string> HiddenOf(string page) =>
        MonitorBenchmark.Hidden().Matches(page).DistinctBy(m => m.Groups[1].Value).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
}
