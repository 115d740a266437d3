using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// The monitor's pages with many open cases: the program itself (<c>serve</c>) is started over a filled store and asked as a browser
/// asks, from its first second on (cold: the board is still being read, nothing is compiled, no case is in memory) and afterwards (warm).
/// </summary>
internal static partial class MonitorBenchmark
{
    private const int Pages = 2000;

    private static readonly string[] Lists =
    [
        "/monitor/cases", "/monitor/cases?council=330", "/monitor/cases?agency=ods%3ARX07", "/monitor/cases?stage=assessing", "/monitor/cases?standing=overdue",
        "/monitor/cases?standing=stalled", "/monitor/cases?outlook=atrisk", "/monitor/cases?outlook=willmiss", "/monitor/cases?week=9", "/monitor/cases?attention=yes",
        "/monitor/cases?page=900", "/monitor/cases?council=331&standing=overdue&week=12",
    ];

    /// <param name="cases">How many cases are open.</param>
    /// <param name="kept">A folder in which the filled store is kept for another run of the same day; null for one that is deleted.</param>
    internal static async Task RunAsync(int cases, string? kept)
    {
        var folder = kept is null ? Directory.CreateTempSubdirectory("hub-benchmark-") : Directory.CreateDirectory(kept);
        try
        {
            var watch = Stopwatch.StartNew();
            var ids = await MonitorSeed.FillAsync(Path.Combine(folder.FullName, "assessments.db"), cases, new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(7), TimeSpan.Zero));
            Console.WriteLine(FormattableString.Invariant($"{cases:N0} open cases lived in {watch.Elapsed.TotalSeconds:F0} s, {new FileInfo(Path.Combine(folder.FullName, "assessments.db")).Length / 1e9:F1} GB on disk"));
            GC.Collect();

            watch.Restart();
            using var hub = Start(folder.FullName);
            try
            {
                var address = await AddressAsync(hub);
                Console.WriteLine(FormattableString.Invariant($"listens after {watch.Elapsed.TotalSeconds:F1} s, {Memory(hub, "VmRSS")} MB"));
                using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
                using (var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative)))
                {
                    Console.WriteLine(FormattableString.Invariant($"ready after {watch.Elapsed.TotalSeconds:F1} s ({ready.StatusCode})"));
                }

                await SignInAsync(http);
                var random = new Random(7);

                var cold = new List<(string Kind, double Milliseconds)>();
                string overview;
                do
                {
                    cold.Add(await TimeAsync(http, "overview", "/monitor"));
                    cold.Add(await TimeAsync(http, "list", Lists[random.Next(Lists.Length)]));
                    cold.Add(await TimeAsync(http, "case", $"/monitor/cases/{ids[random.Next(ids.Length)]}"));
                    overview = await http.GetStringAsync(new Uri("/monitor", UriKind.Relative));
                }
                while (overview.Contains("for the first time", StringComparison.Ordinal) || cold.Count < 300);
                Console.WriteLine(FormattableString.Invariant($"the first reading took less than {watch.Elapsed.TotalSeconds:F1} s from the start"));
                Tell("cold", cold);

                var warm = new List<(string Kind, double Milliseconds)>();
                for (var n = 0; n < Pages; n++)
                {
                    warm.Add(await TimeAsync(http, "overview", "/monitor"));
                    warm.Add(await TimeAsync(http, "list", Lists[n % Lists.Length]));
                    warm.Add(await TimeAsync(http, "case", $"/monitor/cases/{ids[random.Next(ids.Length)]}"));
                }

                Tell("warm", warm);
                Console.WriteLine($"memory: {Memory(hub, "VmRSS")} MB now, {Memory(hub, "VmHWM")} MB at most");
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

    internal static Process Start(string data)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "IntegrationHub.Local.dll"), "serve", "--development", "--data", data, "--url", "http://127.0.0.1:0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["Access__RequestsPerMinute"] = "0";
        return Process.Start(start) ?? throw new InvalidOperationException("The hub was not started.");
    }

    internal static async Task<Uri> AddressAsync(Process hub)
    {
        var said = new List<string>();
        while (await hub.StandardError.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
            {
                _ = hub.StandardError.ReadToEndAsync();
                return new Uri(found.Value);
            }

            said.Add(line);
        }

        throw new InvalidOperationException($"The hub did not start: {string.Join('\n', said)}");
    }

    internal static async Task SignInAsync(HttpClient http)
    {
        var page = await http.GetStringAsync(new Uri("/monitor/sign-in", UriKind.Relative));
        var fields = Hidden().Matches(page).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["role"] = "operator";
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri("/monitor/sign-in", UriKind.Relative), form);
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"The sign-in was answered {answer.StatusCode}.");
        }
    }

    internal static async Task<(string Kind, double Milliseconds)> TimeAsync(HttpClient http, string kind, string page)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri(page, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? (kind, Stopwatch.GetElapsedTime(began).TotalMilliseconds) : throw new InvalidOperationException($"{page} was answered {answer.StatusCode}.");
    }

    internal static void Tell(string when, List<(string Kind, double Milliseconds)> times)
    {
        foreach (var kind in times.GroupBy(t => t.Kind))
        {
            var sorted = kind.Select(t => t.Milliseconds).Order().ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{when,-5} {kind.Key,-9} {sorted.Length,6:N0} pages: first {kind.First().Milliseconds,7:F1} ms, median {At(sorted, 0.5),6:F1} ms, p99 {At(sorted, 0.99),6:F1} ms, slowest {sorted[^1],7:F1} ms"));
        }

        static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * share) - 1)];
    }

    internal static long Memory(Process process, string what) =>
        long.Parse(File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(what, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Listening();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/?>""")]
    internal static partial Regex Hidden();
}
