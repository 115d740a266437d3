using System.Net;
using System.Text.RegularExpressions;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>The monitor over HTTP: who may look, who may act, what an action leaves behind, and that nobody reads of a child.</summary>
public sealed partial class MonitorPagesTests
{
    /// <summary>Each filter with the planted cases that it must show; every other planted case it must not.</summary>
    private static readonly (string Query, string Names)[] Filters =
    [
        ("", "closing failing late missed overdue young"),
        ("?ended=yes", "closing failing late missed overdue withdrawn young"),
        ("?standing=waiting", "closing young"),
        ("?standing=overdue", "missed overdue"),
        ("?standing=stalled", "late"),
        ("?standing=failed", "failing"),
        ("?standing=ended", "withdrawn"),
        ("?outlook=ontrack", "overdue young"),
        ("?outlook=atrisk", "closing failing late"),
        ("?outlook=willmiss", "missed"),
        ("?stage=considering", "closing missed young"),
        ("?stage=assessing", "failing late overdue"),
        ("?stage=withdrawn", "withdrawn"),
        ("?week=1", "young"),
        ("?week=6", "closing"),
        ("?agency=ods:RX1", "failing late overdue"),
        ("?agency=ods:RX9", ""),
        ("?attention=yes", "failing late overdue"),
        ("?council=330", "closing failing late missed overdue young"),
        ("?council=331", ""),
        ("?standing=overdue&stage=considering", "missed"),
        ("?outlook=atrisk&standing=stalled&agency=ods:RX1", "late"),
        ("?week=soon", ""),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_gets_in_without_signing_in_and_a_viewer_cannot_act()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var stranger = hub.Client();
        foreach (var page in new[] { "/monitor", "/monitor/cases", "/monitor/cases.csv", $"/monitor/cases/{hub.Late}", "/monitor/notices", "/monitor/dead-letters", "/monitor/pushed-assessments" })
        {
            using var answer = await stranger.GetAsync(page, Stop);
            Assert.Equal((HttpStatusCode.Redirect, "/monitor/sign-in"), (answer.StatusCode, answer.Headers.Location?.AbsolutePath));
        }

        // Every address of the monitor, so that a new one is tried too; what is open to strangers is named here.
        string[] open = ["/monitor/sign-in", "/monitor/sign-out", "/monitor/not-allowed", "/monitor/style.css", "/monitor/refresh.js"];
        var pages = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("monitor", StringComparison.Ordinal) == true && !open.Contains($"/{endpoint.RoutePattern.RawText.Trim('/')}")).ToList();
        Assert.True(pages.Count > 10, $"{pages.Count} addresses");
        foreach (var endpoint in pages)
        {
            var address = Variable().Replace($"/{endpoint.RoutePattern.RawText!.Trim('/')}", "x");
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                using var answer = await stranger.SendAsync(request, Stop);
                Assert.Equal((method, address, HttpStatusCode.Redirect, "/monitor/sign-in"), (method, address, answer.StatusCode, answer.Headers.Location?.AbsolutePath));
            }
        }

        using var viewer = await hub.SignedInAsync("viewer");
        Assert.DoesNotContain("/actions/", await viewer.GetStringAsync($"/monitor/cases/{hub.Late}", Stop), StringComparison.Ordinal);
        using var refused = await viewer.GetAsync($"/monitor/cases/{hub.Late}/actions/remind-now?about=medical-1", Stop);
        Assert.Equal("/monitor/not-allowed", refused.Headers.Location?.AbsolutePath);
        using var posted = await viewer.PostAsync($"/monitor/cases/{hub.Late}/actions/remind-now", new FormUrlEncodedContent([new("about", "medical-1"), new("reason", "x"), new("once", "1")]), Stop);
        Assert.Equal("/monitor/not-allowed", posted.Headers.Location?.AbsolutePath);

        // Whatever changes something is for operators alone, each of them tried.
        var acts = pages.Where(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Contains("POST")).Select(endpoint => $"/{endpoint.RoutePattern.RawText!.Trim('/')}").ToList();
        Assert.True(acts.Count >= 5, string.Join(' ', acts));
        foreach (var act in acts)
        {
            using var answer = await viewer.PostAsync(Variable().Replace(act, "x"), new FormUrlEncodedContent([new("reason", "x")]), Stop);
            Assert.Equal((act, HttpStatusCode.Redirect, "/monitor/not-allowed"), (act, answer.StatusCode, answer.Headers.Location?.AbsolutePath));
        }
    }

    [Fact]
    public async Task An_action_says_who_and_why_and_acts_once_however_often_the_form_is_sent()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var op = await hub.SignedInAsync("operator");
        var page = $"/monitor/cases/{hub.Late}/actions/remind-now?about=medical-1";
        var action = $"/monitor/cases/{hub.Late}/actions/remind-now";
        var once = new Dictionary<string, string> { ["about"] = "medical-1", ["once"] = "abc123", ["reason"] = "They asked by telephone." };

        using var forged = await op.PostAsync(action, new FormUrlEncodedContent(once), Stop);
        using var empty = await MonitoredHub.PostFormAsync(op, page, action, new() { ["about"] = "medical-1", ["reason"] = " " });
        using var first = await MonitoredHub.PostFormAsync(op, page, action, new(once));
        using var second = await MonitoredHub.PostFormAsync(op, page, action, new(once));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.StatusCode);
        Assert.Contains("Nothing was done", await forged.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Contains("<title>Error: Remind now", await empty.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal($"/monitor/cases/{hub.Late}?done=remind-now", first.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        var events = await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop);
        var reminded = Assert.Single(events, e => e.What is RemindedByHand);
        Assert.Equal((ActorRole.Operator, "development-operator", "They asked by telephone."), (reminded.By.Role, reminded.By.Id, ((RemindedByHand)reminded.What).Reason));
    }

    [Fact]
    public async Task Every_filter_shows_exactly_the_cases_it_should_and_the_CSV_the_same()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var viewer = await hub.SignedInAsync("viewer");
        foreach (var (query, names) in Filters)
        {
            var csv = (await viewer.GetStringAsync($"/monitor/cases.csv{query}", Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            var html = await viewer.GetStringAsync($"/monitor/cases{query}", Stop);

            Assert.Equal((query, names), (query, Named(Reference().Matches(html).Select(m => m.Groups[1].Value))));
            Assert.Equal((query, names), (query, Named(csv.Skip(1).Select(line => line.Split(',')[0].Trim('"')))));
            Assert.Equal("reference,council,stage,standing,outlook,waitingFor,waitingDue,receivedOn,finalPlanDue,attention,reason", csv[0]);
            Assert.Contains($"<strong>{csv.Length - 1}</strong>", html, StringComparison.Ordinal);
        }

        string Named(IEnumerable<string> ids) => string.Join(' ', ids.Select(id => hub.Planted.Single(p => p.Value.Value == id).Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_case_page_tells_the_whole_ladder()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var viewer = await hub.SignedInAsync("viewer");

        var html = await viewer.GetStringAsync($"/monitor/cases/{hub.Late}", Stop);

        foreach (var said in new[]
        {
            "29 days late: the last day was 22 July 2026.", "Development sign-in.", "20 weeks: final plan", "19 October 2026",
        })
        {
            Assert.Contains(said, html, StringComparison.Ordinal);
        }

        using var unknown = await viewer.GetAsync("/monitor/cases/330-AAAAAAAAAAAA", Stop);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_dead_letter_goes_back_to_its_queue_with_a_reason_and_a_record()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var op = await hub.SignedInAsync("operator");
        var bus = hub.Services.GetRequiredService<IDeadLetters>();
        var letter = Assert.Single(await bus.ReadAsync("school-closures", 10, Stop));
        var page = $"/monitor/dead-letters/return?path=school-closures&number={letter.SequenceNumber}";

        var shown = await op.GetStringAsync("/monitor/dead-letters", Stop);
        using var empty = await MonitoredHub.PostFormAsync(op, page, "/monitor/dead-letters/return", new() { ["reason"] = " " });
        using var done = await MonitoredHub.PostFormAsync(op, page, "/monitor/dead-letters/return", new() { ["reason"] = "The school was told." });
        using var unknown = await op.GetAsync("/monitor/dead-letters/return?path=school-closures&number=4711", Stop);

        Assert.Contains(letter.Reason!, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("snow", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Equal("/monitor/dead-letters?done=returned", done.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var about = $"school-closures #{letter.SequenceNumber}";
        Assert.Equal(
            [("development-operator", about, "The school was told.", "returned"), ("development-operator", about, "The school was told.", null)],
            (await hub.Services.GetRequiredService<IOperatorJournal>().NewestAsync(10, Stop)).Select(e => (e.By, e.About, e.Reason, e.Result)));
    }

    [Fact]
    public async Task A_pushed_assessment_is_attached_or_dismissed_with_a_reason_on_the_record_of_every_case_it_concerns()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var key = await hub.PushAsync();
        using var op = await hub.SignedInAsync("operator");
        using var viewer = await hub.SignedInAsync("viewer");
        var page = $"/monitor/pushed-assessments/{key}";

        var shown = await viewer.GetStringAsync(page, Stop);
        using var refused = await viewer.GetAsync($"{page}/dismiss", Stop);
        using var forged = await op.PostAsync($"{page}/dismiss", new FormUrlEncodedContent([new("reason", "x")]), Stop);
        using var empty = await MonitoredHub.PostFormAsync(op, $"{page}/attach?assessment={hub.Young}", $"{page}/attach", new() { ["reason"] = " " });
        using var elsewhere = await op.GetAsync($"{page}/attach?assessment=330-AAAAAAAAAAAA", Stop);
        using var done = await MonitoredHub.PostFormAsync(op, $"{page}/dismiss", $"{page}/dismiss", new() { ["reason"] = "The school meant a brother." });
        using var gone = await op.GetAsync(page, Stop);

        Assert.DoesNotContain("/dismiss", shown, StringComparison.Ordinal);
        Assert.All(MonitoredHub.OfTheChild, of => Assert.DoesNotContain(of, shown, StringComparison.Ordinal));
        Assert.Equal("/monitor/not-allowed", refused.Headers.Location?.AbsolutePath);
        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (forged.StatusCode, empty.StatusCode, elsewhere.StatusCode, gone.StatusCode));
        Assert.Equal("/monitor/pushed-assessments?done=dismissed", done.Headers.Location?.OriginalString);
        foreach (var id in new[] { hub.Late, hub.Failing, hub.Young })
        {
            var settled = Assert.Single((await hub.Store.EventsAsync(id, cancellationToken: Stop)).Select(e => e.What).OfType<PushedAssessmentSettled>());
            Assert.Equal((UnsolicitedOutcome.Dismissed, "The school meant a brother.", "development-operator"), (settled.Outcome, settled.Reason, settled.By.Id));
        }
    }

    [Fact]
    public async Task No_log_line_notice_or_page_of_the_monitor_speaks_of_the_child()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var op = await hub.SignedInAsync("operator");
        var said = new List<string>();
        foreach (var page in new[] { "/monitor", "/monitor/cases?ended=yes", "/monitor/cases.csv", $"/monitor/cases/{hub.Late}", $"/monitor/cases/{hub.Failing}", $"/monitor/cases/{hub.Young}", "/monitor/notices", hub.FamilyAddress })
        {
            // Without the token against forgery: its letters are drawn by lot, and some day they spell a name.
            said.Add(Drawn().Replace(await op.GetStringAsync(page, Stop), ""));
        }

        said.AddRange(hub.Log.Lines);
        said.AddRange(hub.Services.GetRequiredService<INoticeStore>().Newest(10_000).Select(n => n.Subject + n.Text + n.To));
        said.AddRange(Directory.GetFiles(Path.Combine(hub.DataDirectory, "notices")).Select(File.ReadAllText));

        Assert.True(hub.Log.Lines.Count > 10 && said.Sum(s => s.Length) > 20_000, "Nothing was captured.");
        Assert.All(MonitoredHub.OfTheChild, personal => Assert.DoesNotContain(said.Select(s => Around(s, personal)), around => around is not null));
        Assert.DoesNotContain(hub.Log.Lines, line => line.Contains(hub.FamilyAddress[(hub.FamilyAddress.LastIndexOf('/') + 1)..], StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex("""<th scope="row"><a href="/monitor/cases/([^"]+)">""")]
    private static partial Regex Reference();

    /// <summary>The words around a find; null where there is none.</summary>
    private static string? Around(string text, string personal) =>
        text.IndexOf(personal, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)] : null;

    [GeneratedRegex("""<input type="hidden" name="__RequestVerificationToken" value="[^"]*" ?/?>""")]
    private static partial Regex Drawn();
}
