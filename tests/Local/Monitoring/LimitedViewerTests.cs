using System.Diagnostics.Metrics;
using System.Security.Claims;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Actions;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>Who is limited to one council sees of another council's cases nothing, on no page, in no count; and counts are of the day.</summary>
public sealed class LimitedViewerTests
{
    private static readonly string[] Pages = ["/monitor/cases?ended=yes", "/monitor/cases.csv?ended=yes", "/monitor/notices"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("operations-reader")]
    [InlineData("operator")]
    public async Task Every_page_shows_the_cases_of_their_council_and_of_no_other(string role)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var own = await SignInAsync(hub, role, "330");
        using var other = await SignInAsync(hub, role, "331");
        string[] cases = [.. hub.Planted.Values.Append(hub.Late).Append(hub.Young).Select(id => id.Value).Distinct()];
        foreach (var page in Pages)
        {
            Assert.Contains(cases, (await own.GetStringAsync(page, Stop)).Contains);
            var shown = await other.GetStringAsync(page, Stop);
            Assert.All(cases, id => Assert.DoesNotContain(id, shown, StringComparison.Ordinal));
        }

        foreach (var id in cases)
        {
            using var theirs = await own.GetAsync($"/monitor/cases/{id}", Stop);
            Assert.Equal(StatusCodes.Status200OK, (int)theirs.StatusCode);
            using var hidden = await other.GetAsync($"/monitor/cases/{id}", Stop);
            Assert.Equal(StatusCodes.Status404NotFound, (int)hidden.StatusCode);
        }

        // The overview of a council without cases is that of an empty board.
        var nothing = hub.Services.GetRequiredService<CaseBoard>().Current.OverviewOf(LocalAuthorityCode.TryParse("331", out var code, out _) ? code : default);
        Assert.All(nothing.Stages, stage => Assert.Equal(0, stage.Cases));
        Assert.DoesNotContain(hub.Late.Value, await other.GetStringAsync("/monitor", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_of_another_council_acts_on_no_case_and_on_nothing_that_was_pushed()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var key = await hub.PushAsync();
        using var own = await SignInAsync(hub, "operator", "330");
        using var other = await SignInAsync(hub, "operator", "331");
        Assert.Contains(key, await own.GetStringAsync("/monitor/pushed-assessments", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(key, await other.GetStringAsync("/monitor/pushed-assessments", Stop), StringComparison.Ordinal);
        var before = (await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop)).Count;
        var sent = 0;
        foreach (var (address, fields) in OperatorAction.All.Select(action => ($"/monitor/cases/{hub.Late}/actions/{action.Key}", new Dictionary<string, string> { ["about"] = "medical-1", ["reason"] = "x", ["day"] = "31", ["month"] = "8", ["year"] = "2026" }))
            .Append(($"/monitor/pushed-assessments/{key}/dismiss", new() { ["reason"] = "x" }))
            .Append(($"/monitor/pushed-assessments/{key}/attach", new() { ["reason"] = "x", ["assessment"] = hub.Late.Value })))
        {
            using var asked = await other.GetAsync(address, Stop);
            Assert.Equal((address, 404), (address, (int)asked.StatusCode));

            // With a token that holds: it is refused for the council and for nothing else.
            using var refused = await MonitoredHub.PostFormAsync(other, "/monitor", address, new(fields) { ["once"] = $"other-{sent++}" });
            Assert.Equal((address, 404), (address, (int)refused.StatusCode));
        }

        Assert.Equal(before, (await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop)).Count);
        using var taken = await MonitoredHub.PostFormAsync(
            own, "/monitor", $"/monitor/cases/{hub.Late}/actions/remind-now", new() { ["about"] = "medical-1", ["reason"] = "x", ["once"] = "own" });
        Assert.Equal(StatusCodes.Status302Found, (int)taken.StatusCode);
        Assert.True((await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop)).Count > before);
    }

    [Fact]
    public async Task Advice_is_overdue_from_the_day_after_its_last_day_in_the_metrics_too()
    {
        await using var hub = await MonitoredHub.StartAsync();
        await hub.SubmitAsync(hub.Young, new RecordConsultation(new DateOnly(2026, 8, 20), "They wish for it."));
        await hub.SubmitAsync(hub.Young, new DecideWhetherToAssess(true, "It may be necessary."));
        var differences = new HashSet<double>();
        for (var day = new DateOnly(2026, 9, 29); day < new DateOnly(2026, 10, 4); day = day.AddDays(1))
        {
            hub.Time.SetUtcNow(new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero));
            var expected = 0.0;
            foreach (var id in hub.Planted.Values.Append(hub.Young).Append(hub.Late).Append(hub.Failing).Distinct())
            {
                var state = (await hub.Store.LoadAsync(id, Stop)).State;
                expected += state.Stage.HasEnded() ? 0 : state.Requests.Count(r => r.IsOpen && (r.ReceivedByBodyOn ?? r.RequestedOn).AddDays(42) < day);
            }

            Assert.Equal((day, expected), (day, await OverdueAsync(hub)));
            differences.Add(expected);
        }

        Assert.Equal(2, differences.Count);
    }

    /// <summary>A client with the cookie that the monitor gives after a sign-in at the issuer.</summary>
    private static async Task<HttpClient> SignInAsync(MonitoredHub hub, string role, string council)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (http.Request.Scheme, http.Request.Host) = ("http", new HostString("127.0.0.1"));
        var who = new ClaimsIdentity([new Claim("monitor.subject", "somebody"), new Claim("monitor.role", role), new Claim("monitor.council", council)], "monitor");
        await http.SignInAsync("monitor", new ClaimsPrincipal(who));
        var client = hub.Client();
        client.DefaultRequestHeaders.Add("Cookie", http.Response.Headers.SetCookie.ToString().Split(';')[0]);
        return client;
    }

    private static async Task<double> OverdueAsync(MonitoredHub hub)
    {
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        var overdue = 0.0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "hub.advice.overdue" && instrument.Meter.Scope == hub.Services.GetRequiredService<IMeterFactory>())
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => overdue += value);
        listener.Start();
        listener.RecordObservableInstruments();
        return overdue;
    }
}
