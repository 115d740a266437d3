using System.Net;
using IntegrationHub.Functions.Background;
using IntegrationHub.Local.Commands;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>A leap of the clock is confirmed by an operator of all councils at the page, or at the command line, and by nobody else.</summary>
public sealed class ClockPageTests : IDisposable
{
    private const string Path = "/monitor/clock";
    private readonly string data = Directory.CreateTempSubdirectory("clock-page-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task The_page_says_that_the_clock_is_believed_while_it_is()
    {
        await using var hub = await StartAsync(leaps: false);
        using var operators = await SignedInAsync(hub, "operator");

        var page = await operators.GetStringAsync(Path, Stop);

        Assert.Contains("The clock is trusted", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<textarea", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_confirms_with_a_reason_and_the_hub_decides_by_time_again()
    {
        await using var hub = await StartAsync(leaps: true);
        var watch = hub.Services.GetRequiredService<ClockMonitor>();
        using var operators = await SignedInAsync(hub, "operator");

        Assert.Contains("jumped forward by 1440 hours", await operators.GetStringAsync(Path, Stop), StringComparison.Ordinal);
        Assert.Contains("The clock jumped.", await operators.GetStringAsync("/monitor", Stop), StringComparison.Ordinal);
        using (var unreasoned = await MonitoredHub.PostFormAsync(operators, Path, Path, new() { ["reason"] = " " }))
        {
            Assert.Contains("Explain how you know", await unreasoned.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            Assert.False(watch.IsTrusted);
        }

        using var confirmed = await MonitoredHub.PostFormAsync(operators, Path, Path, new() { ["reason"] = "Held against the time server." });

        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        Assert.True(watch.IsTrusted);
        Assert.Contains("Held against the time server.", new FileClockRecord(data).Read()!.Confirmed, StringComparison.Ordinal);
    }

    /// <summary>Not who is not signed in, not a viewer, and not an operator through a form of another site.</summary>
    [Fact]
    public async Task Nobody_else_confirms()
    {
        await using var hub = await StartAsync(leaps: true);
        var watch = hub.Services.GetRequiredService<ClockMonitor>();
        foreach (var role in new[] { null, "viewer" })
        {
            using var client = role is null ? Client(hub) : await SignedInAsync(hub, role);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["reason"] = "It is right." });
            using var answer = await client.PostAsync(Path, form, Stop);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Forbidden, $"{role}: {answer.StatusCode}");
            Assert.False(watch.IsTrusted, role);
        }

        using var operators = await SignedInAsync(hub, "operator");
        using var forged = new FormUrlEncodedContent(new Dictionary<string, string> { ["reason"] = "It is right." });
        using var refused = await operators.PostAsync(Path, forged, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.False(watch.IsTrusted);
    }

    [Theory]
    [InlineData("clock confirm --data {0} --reason Checked", true, Exit.Done, true)]
    [InlineData("clock confirm --data {0} --reason Checked", false, Exit.Failed, true)]
    [InlineData("clock confirm --data {0}", true, 1, false)]
    [InlineData("clock confirm --data {0}/elsewhere --reason Checked", true, Exit.WrongCall, false)]
    [InlineData("clock --data {0}", true, Exit.Done, false)]
    public async Task The_command_line_confirms_for_the_hub_that_runs(string words, bool leaps, int exit, bool believed)
    {
        await using var hub = await StartAsync(leaps);
        var (watch, record) = (hub.Services.GetRequiredService<ClockMonitor>(), new FileClockRecord(data));
        watch.RecordTime();

        var ended = await ClockCommand.Make().Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, words, data).Split(' ')[1..]).InvokeAsync(cancellationToken: Stop);
        using var beat = new ClockCheckLoop(watch, hub.Services.GetRequiredService<BackgroundWork>(), NullLogger<ClockCheckLoop>.Instance, record);
        beat.TakeConfirmation();

        Assert.Equal((exit, believed), (ended, watch.IsTrusted));
        Assert.Null(record.Said());
    }

    /// <summary>A word that was left while nothing waited confirms no leap that comes later.</summary>
    [Fact]
    public async Task A_word_left_for_nothing_confirms_no_later_leap()
    {
        await using var hub = await StartAsync(leaps: false);
        var (watch, record) = (hub.Services.GetRequiredService<ClockMonitor>(), new FileClockRecord(data));
        using var beat = new ClockCheckLoop(watch, hub.Services.GetRequiredService<BackgroundWork>(), NullLogger<ClockCheckLoop>.Instance, record);
        record.Confirm(new ClockConfirmation("somebody", "In advance."));
        beat.TakeConfirmation();

        Leap();
        beat.TakeConfirmation();

        Assert.False(watch.IsTrusted);
    }

    private async Task<WebApplication> StartAsync(bool leaps)
    {
        var hub = LocalHub.Build(new LocalHubOptions
        {
            Development = true,
            DataDirectory = data,
            Url = "http://127.0.0.1:0",
            Time = time,
            StartEngine = false,
            RequestsPerMinute = 0,
            Councils = [Cast.Council],
            Agencies = [],
            Add = builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(new ClockMonitor(new LeapingClock(time), new ClockOptions(), new FileClockRecord(data)));
            },
        });
        await hub.StartAsync(Stop);
        if (leaps)
        {
            Leap();
        }

        return hub;
    }

    private void Leap() => time.SetUtcNow(time.GetUtcNow().AddDays(60));

    private static HttpClient Client(WebApplication hub) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = LocalHub.AddressOf(hub) };

    private static async Task<HttpClient> SignedInAsync(WebApplication hub, string role)
    {
        var client = Client(hub);
        using var answer = await MonitoredHub.PostFormAsync(client, "/monitor/sign-in", "/monitor/sign-in", new() { ["role"] = role, ["to"] = "/monitor" });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>The wall clock is moved by the test, while hardly any time passes.</summary>
    private sealed class LeapingClock(TimeProvider wall) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => wall.GetUtcNow();
    }
}
