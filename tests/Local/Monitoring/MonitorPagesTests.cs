using System.Net;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>The monitor over HTTP: who may look, who may act, what an action leaves behind, and that nobody reads of a child.</summary>
public sealed class MonitorPagesTests
{
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

        using var viewer = await hub.SignedInAsync("viewer");
        Assert.DoesNotContain("/actions/", await viewer.GetStringAsync($"/monitor/cases/{hub.Late}", Stop), StringComparison.Ordinal);
        using var refused = await viewer.GetAsync($"/monitor/cases/{hub.Late}/actions/remind-now?about=medical-1", Stop);
        Assert.Equal("/monitor/not-allowed", refused.Headers.Location?.AbsolutePath);
        using var posted = await viewer.PostAsync($"/monitor/cases/{hub.Late}/actions/remind-now", new FormUrlEncodedContent([new("about", "medical-1"), new("reason", "x"), new("once", "1")]), Stop);
        Assert.Equal("/monitor/not-allowed", posted.Headers.Location?.AbsolutePath);
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

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Contains("<title>Error: Remind now", await empty.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal($"/monitor/cases/{hub.Late}?done=remind-now", first.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        var events = await hub.Store.EventsAsync(hub.Late, cancellation: Stop);
        var reminded = Assert.Single(events, e => e.What is RemindedByHand);
        Assert.Equal((ActorRole.Operator, "development-operator", "They asked by telephone."), (reminded.By.Role, reminded.By.Id, ((RemindedByHand)reminded.What).Reason));
    }

    [Theory]
    [InlineData("?standing=stalled", "late,failing", 0)]
    [InlineData("?standing=failed", "failing", 1)]
    [InlineData("?standing=waiting", "young", 1)]
    [InlineData("?outlook=ontrack", "young", 1)]
    [InlineData("?stage=considering", "young", 1)]
    [InlineData("?week=1", "young", 1)]
    [InlineData("?agency=ods:RX1", "late,failing", 2)]
    [InlineData("?attention=yes", "failing", -1)]
    [InlineData("?council=330&ended=yes", "late,failing,young", 3)]
    public async Task Every_filter_shows_what_it_says(string query, string names, int count)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var viewer = await hub.SignedInAsync("viewer");

        var csv = (await viewer.GetStringAsync($"/monitor/cases.csv{query}", Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        var html = await viewer.GetStringAsync($"/monitor/cases{query}", Stop);

        if (count > 0)
        {
            Assert.Equal(count, csv.Count);
            foreach (var name in names.Split(','))
            {
                var id = name switch { "late" => hub.Late, "failing" => hub.Failing, _ => hub.Young };
                Assert.Contains(csv, line => line.Contains(id.Value, StringComparison.Ordinal));
                Assert.Contains(id.Value, html, StringComparison.Ordinal);
            }
        }

        Assert.Contains($"<strong>{csv.Count}</strong>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_case_page_tells_the_whole_ladder()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var viewer = await hub.SignedInAsync("viewer");

        var html = await viewer.GetStringAsync($"/monitor/cases/{hub.Late}", Stop);

        foreach (var said in new[]
        {
            "14 days before its last day: contributor", "1 day after its last day: contributor&#x27;s manager", "3 working days after its last day: designated medical or clinical officer",
            "8 working days after its last day: commissioner", "13 working days after its last day: council&#x27;s SEND lead", "Development sign-in.", "20 weeks: final plan", "19 October 2026",
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
            var settled = Assert.Single((await hub.Store.EventsAsync(id, cancellation: Stop)).Select(e => e.What).OfType<PushedAssessmentSettled>());
            Assert.Equal((PushedOutcome.Dismissed, "The school meant a brother.", "development-operator"), (settled.Outcome, settled.Reason, settled.By.Id));
        }
    }

    [Fact]
    public async Task The_familys_link_opens_one_page_until_it_is_revoked_or_expires()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var family = hub.Client();

        var html = await family.GetStringAsync(hub.FamilyAddress, Stop);
        Assert.Contains("advice is being gathered", html, StringComparison.Ordinal);
        using (var tampered = await family.GetAsync(hub.FamilyAddress[..^2] + "AA", Stop))
        {
            Assert.Equal(HttpStatusCode.NotFound, tampered.StatusCode);
        }

        hub.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using (var expired = await family.GetAsync(hub.FamilyAddress, Stop))
        {
            Assert.Equal(HttpStatusCode.NotFound, expired.StatusCode);
        }

        hub.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 1, TimeSpan.Zero));
        await hub.SubmitAsync(hub.Young, new IssueFamilyLink("other", new DateOnly(2027, 6, 1)));
        await hub.SubmitAsync(hub.Young, new RevokeFamilyLink("other", "Lost."), new Actor { Role = ActorRole.Operator, Id = "op" });
        using var revoked = await family.GetAsync(hub.FamilyAddress, Stop);
        Assert.Equal(HttpStatusCode.NotFound, revoked.StatusCode);
    }

    [Fact]
    public async Task No_log_line_notice_or_page_of_the_monitor_speaks_of_the_child()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var op = await hub.SignedInAsync("operator");
        var said = new List<string>();
        foreach (var page in new[] { "/monitor", "/monitor/cases?ended=yes", "/monitor/cases.csv", $"/monitor/cases/{hub.Late}", $"/monitor/cases/{hub.Failing}", $"/monitor/cases/{hub.Young}", "/monitor/notices", hub.FamilyAddress })
        {
            said.Add(await op.GetStringAsync(page, Stop));
        }

        said.AddRange(hub.Log.Lines);
        said.AddRange(hub.Services.GetRequiredService<INoticeBook>().Newest(10_000).Select(n => n.Subject + n.Text + n.To));
        said.AddRange(Directory.GetFiles(Path.Combine(hub.DataDirectory, "notices")).Select(File.ReadAllText));

        Assert.True(hub.Log.Lines.Count > 10 && said.Sum(s => s.Length) > 20_000, "Nothing was captured.");
        Assert.All(MonitoredHub.OfTheChild, personal => Assert.DoesNotContain(said, s => s.Contains(personal, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(hub.Log.Lines, line => line.Contains(hub.FamilyAddress[(hub.FamilyAddress.LastIndexOf('/') + 1)..], StringComparison.Ordinal));
    }
}
