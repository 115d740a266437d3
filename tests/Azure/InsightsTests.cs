using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationHub.Azure.Clock;
using IntegrationHub.Azure.Hosting;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Monitoring.Routes;
using IntegrationHub.Functions.Monitoring.Telemetry;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Durable;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;

namespace IntegrationHub.Azure.Tests;

/// <summary>
/// What Application Insights is sent, by the real exporter to a listener on this machine: every alert asks for a metric that arrives, with
/// the properties that it groups by, and no address of a request is among it.
/// </summary>
public sealed partial class InsightsTests
{
    private const string Secret = "a-familys-link";

    private readonly ConcurrentDictionary<string, HashSet<string>> metrics = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> categories = [];
    private readonly ConcurrentQueue<string> raw = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_alert_asks_for_what_is_really_sent()
    {
        await SendAsync();

        Assert.NotEmpty(metrics);
        var queries = Query().Matches(Source.Read("infra", "alerts.yaml")).Select(match => (Alert: match.Groups[1].Value, Text: match.Groups[2].Value)).ToList();
        Assert.Equal(Regex.Count(Source.Read("infra", "alerts.yaml"), "- alert: "), queries.Count);
        foreach (var (alert, text) in queries)
        {
            var asked = Named().Matches(text).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(asked);
            Assert.All(asked, name => Assert.True(metrics.ContainsKey(name), $"{alert} asks for {name}, which is not sent. Sent: {string.Join(' ', metrics.Keys)}"));
            var properties = Property().Matches(text).Select(match => match.Groups[1].Length > 0 ? match.Groups[1].Value : match.Groups[2].Value);
            Assert.All(properties, property => Assert.Contains(property, asked.SelectMany(name => metrics[name])));
        }
    }

    [Fact]
    public async Task Logs_carry_the_category_that_alerts_ask_for_and_nothing_tells_an_address()
    {
        await SendAsync();

        foreach (var category in Source.All(Source.Read("infra", "modules", "alerts.bicep"), @"CategoryName startswith ""([\w.]+)"""))
        {
            Assert.Contains(category, categories);
        }

        Assert.NotEmpty(raw);
        Assert.All(raw, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
    }

    private async Task SendAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        using var listener = Listen(out var port);
        var services = builder.Services;
        var store = new MemoryAssessmentStore();
        services.AddSingleton<IAssessmentStore>(store);
        services.AddSingleton(Council.Rules);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IDeadLetters, OneLetter>();
        services.AddMonitoring(new MonitorOptions { WarmUp = false }).AddHubTelemetry(builder.Configuration);
        services.AddSingleton<IDriverRecord, NoRecord>();
        services.AddHostedService<TimerWatch>();
        InsightsExport.Add(services, $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint=http://127.0.0.1:{port}/", null);
        await using var app = builder.Build();
        app.UseRouting();
        app.MapGet("/family/{link}", () => Results.StatusCode(500));
        await app.StartAsync(Stop);

        await LiveAsync(store);
        using (var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) })
        {
            await http.GetAsync($"/family/{Secret}", Stop);
        }

        foreach (var type in new[] { typeof(Sweeper), typeof(EffectActivity) })
        {
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(type).LogError("Something {What}", "happened");
        }

        await app.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        await app.Services.GetRequiredService<QueueMonitor>().RefreshAsync(Stop);
        app.Services.GetRequiredService<MeterProvider>().ForceFlush();
        app.Services.GetRequiredService<LoggerProvider>().ForceFlush();
        await app.StopAsync(Stop);
    }

    /// <summary>A turn, and an attempt at each of its effects.</summary>
    private static async Task LiveAsync(MemoryAssessmentStore store)
    {
        var taker = new TurnTaker(store, Council.Rules, TimeProvider.System);
        await taker.SubmitAsync(Council.Says(Council.Id(1), "open", new OpenAssessment(Council.Facts), Council.Start), Stop);
        var runner = new EffectRunner(store, [new Outside()], TimeProvider.System);
        foreach (var effect in await store.DueEffectsAsync(DateTimeOffset.UtcNow, 100, Stop))
        {
            await runner.RunAsync(effect, Stop);
        }
    }

    private HttpListener Listen(out int port)
    {
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = AnswerAsync(listener);
        return listener;
    }

    private async Task AnswerAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var body = context.Request.Headers["Content-Encoding"] == "gzip" ? new GZipStream(context.Request.InputStream, CompressionMode.Decompress) : context.Request.InputStream;
            var lines = (await new StreamReader(body).ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var line in lines.Where(line => context.Request.Url!.AbsolutePath.Contains("track", StringComparison.Ordinal)))
            {
                Take(line);
            }

            context.Response.ContentType = "application/json";
            context.Response.Close(System.Text.Encoding.UTF8.GetBytes($$"""{"itemsReceived":{{lines.Length}},"itemsAccepted":{{lines.Length}},"errors":[]}"""), willBlock: false);
        }
    }

    private void Take(string line)
    {
        raw.Enqueue(line);
        var data = JsonDocument.Parse(line).RootElement.GetProperty("data").GetProperty("baseData");
        var properties = data.TryGetProperty("properties", out var given) ? given.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()) : [];
        if (data.TryGetProperty("metrics", out var sent))
        {
            foreach (var metric in sent.EnumerateArray())
            {
                metrics.GetOrAdd(metric.GetProperty("name").GetString()!, _ => []).UnionWith(properties.Keys);
            }
        }
        else if (properties.TryGetValue("CategoryName", out var category))
        {
            categories.Add(category!);
        }
    }

    [GeneratedRegex(@"- alert: (\w+)\s+expr: .+\s+azure: '(.+)'")]
    private static partial Regex Query();

    [GeneratedRegex(@"Name == ""([\w.]+)""")]
    private static partial Regex Named();

    [GeneratedRegex(@"Properties(?:\.(\w+)|\[""([\w.]+)""\])")]
    private static partial Regex Property();

    private sealed class OneLetter : IDeadLetters
    {
        public ValueTask<IReadOnlyList<QueueCount>> CountAsync(CancellationToken cancellationToken = default) => new([new QueueCount("advice-responses", 1, 1, false)]);

        public ValueTask<IReadOnlyList<DeadLetter>> ReadAsync(string path, int most, CancellationToken cancellationToken = default) => new([]);

        public ValueTask<ReturnResult> ReturnAsync(string path, long sequenceNumber, CancellationToken cancellationToken = default) => new(ReturnResult.Gone);
    }

    private sealed class NoRecord : IDriverRecord
    {
        public ValueTask<DateTimeOffset?> ReadAsync(string name, CancellationToken cancellationToken = default) => default;

        public ValueTask WriteAsync(string name, DateTimeOffset instant, CancellationToken cancellationToken = default) => default;
    }
}
