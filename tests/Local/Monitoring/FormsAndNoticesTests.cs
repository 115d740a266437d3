using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationHub.Functions.Monitoring.Actions;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>A form that was refused keeps what was typed and can succeed after all; a notice is found however old it is.</summary>
public sealed partial class FormsAndNoticesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Actions => [.. OperatorAction.All.Select(action => action.Key)];

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Every_form_that_is_refused_keeps_what_was_typed_and_draws_another_id(string action)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var op = await hub.SignedInAsync("operator");
        var address = $"/monitor/cases/{hub.Late}/actions/{action}";
        var first = Fields(await op.GetStringAsync($"{address}?about=no-such-thing", Stop));

        // Refused by the form: no reason. Then refused by the case: there is nothing of that name, or no day that it takes.
        using var blank = await SendAsync(op, address, first, ("reason", " "), ("day", "7"), ("month", "13"), ("year", "2026"));
        var second = Fields(await blank.Content.ReadAsStringAsync(Stop));
        using var refused = await SendAsync(op, address, second, ("reason", "They <asked> & we said \"yes\"."), ("day", "31"), ("month", "8"), ("year", "2031"));
        var third = Fields(await refused.Content.ReadAsStringAsync(Stop));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (blank.StatusCode, refused.StatusCode));
        Assert.Equal(3, new[] { first["once"], second["once"], third["once"] }.Distinct().Count());
        Assert.Equal("They <asked> & we said \"yes\".", third["reason"]);
        if (OperatorAction.Find(action)!.NeedsDay)
        {
            Assert.Equal(("7", "13", "2026"), (second["day"], second["month"], second["year"]));
            Assert.Equal(("31", "8", "2031"), (third["day"], third["month"], third["year"]));
        }

        Assert.Equal("no-such-thing", third["about"]);
    }

    [Fact]
    public async Task A_form_that_the_case_refused_succeeds_once_it_is_put_right()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var op = await hub.SignedInAsync("operator");
        var pause = $"/monitor/cases/{hub.Late}/actions/pause-chasing";
        var shown = Fields(await op.GetStringAsync(pause, Stop));

        using var tooLong = await SendAsync(op, pause, shown, ("reason", "They are away."), ("day", "31"), ("month", "8"), ("year", "2027"));
        using var right = await SendAsync(op, pause, Fields(await tooLong.Content.ReadAsStringAsync(Stop)), ("day", "31"), ("month", "8"), ("year", "2026"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong.StatusCode);
        Assert.Equal($"/monitor/cases/{hub.Late}?done=pause-chasing", right.Headers.Location?.OriginalString);
        var paused = Assert.Single((await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop)).Select(e => e.What).OfType<ChasingPaused>());
        Assert.Equal((new DateOnly(2026, 8, 31), "They are away."), (paused.Until, paused.Reason));
    }

    [Fact]
    public async Task An_action_that_was_not_possible_then_is_taken_from_the_same_form_once_it_is()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var op = await hub.SignedInAsync("operator");
        var resume = $"/monitor/cases/{hub.Late}/actions/resume-chasing";

        using var early = await SendAsync(op, resume, Fields(await op.GetStringAsync(resume, Stop)), ("reason", "They are back."));
        await hub.SubmitAsync(hub.Late, new PauseChasing(new DateOnly(2026, 8, 31), "They are away."), new Actor { Role = ActorRole.Operator, Id = "op" });
        using var later = await SendAsync(op, resume, Fields(await early.Content.ReadAsStringAsync(Stop)));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect), (early.StatusCode, later.StatusCode));
        Assert.Single((await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop)).Select(e => e.What).OfType<ChasingResumed>());
    }

    [Fact]
    public async Task The_reasons_of_the_other_forms_stay_too()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var key = await hub.PushAsync();
        using var op = await hub.SignedInAsync("operator");
        var dismiss = $"/monitor/pushed-assessments/{key}/dismiss";

        using var blank = await SendAsync(op, dismiss, Fields(await op.GetStringAsync(dismiss, Stop)), ("reason", " "));
        using var right = await SendAsync(op, dismiss, Fields(await blank.Content.ReadAsStringAsync(Stop)), ("reason", "A brother."));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect), (blank.StatusCode, right.StatusCode));
    }

    [Theory]
    [InlineData("/monitor/notices")]
    [InlineData("/monitor/cases/{id}")]
    public async Task Every_notice_of_any_age_is_found_by_going_to_older_pages(string page)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var viewer = await hub.SignedInAsync("viewer");
        for (var month = 1; month <= 4; month++)
        {
            // As a hub of years ago wrote them: far beyond the two months that are held in memory.
            await File.WriteAllLinesAsync(
                Path.Combine(hub.DataDirectory, "notices", string.Create(CultureInfo.InvariantCulture, $"notices-2019-{month:00}.jsonl")),
                Enumerable.Range(0, 40).Select(n => JsonSerializer.Serialize(new
                {
                    at = new DateTimeOffset(2019, month, 1, 0, n, 0, TimeSpan.Zero),
                    kept = new
                    {
                        id = $"old-{month}-{n}",
                        to = "case officer",
                        subject = $"Old notice {month}-{n}.",
                        text = "Text.",
                        sentAt = new DateTimeOffset(2019, month, 1, 0, n, 0, TimeSpan.Zero),
                        channel = "kept here",
                        wordings = new[] { "reminder" },
                        effects = Array.Empty<string>(),
                        assessments = new[] { hub.Late.Value },
                    },
                })),
                Stop);
        }

        var seen = new List<string>();
        var pages = 0;
        for (var next = (string?)page.Replace("{id}", hub.Late.Value, StringComparison.Ordinal); next is not null; pages++)
        {
            var html = await viewer.GetStringAsync(next, Stop);
            seen.AddRange(Old().Matches(html).Select(match => match.Value));
            next = Older().Match(html) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;
            Assert.True(pages < 50, "The pages do not end.");
        }

        Assert.Equal(160, seen.Distinct().Count());
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal("Old notice 4-39.", seen[0]);
        Assert.Equal("Old notice 1-0.", seen[^1]);
        var other = await viewer.GetStringAsync($"/monitor/cases/{hub.Young}", Stop);
        Assert.DoesNotContain("Old notice", other, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Fields(string html)
    {
        // The page has more forms than one, and each carries the token against forgery.
        var fields = new Dictionary<string, string>();
        foreach (Match input in Input().Matches(html))
        {
            fields[input.Groups["name"].Value] = WebUtility.HtmlDecode(input.Groups["value"].Value);
        }

        foreach (Match text in Text().Matches(html))
        {
            fields[text.Groups["name"].Value] = WebUtility.HtmlDecode(text.Groups["value"].Value);
        }

        return fields;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string address, Dictionary<string, string> fields, params (string Name, string Value)[] typed)
    {
        var sent = new Dictionary<string, string>(fields);
        foreach (var (name, value) in typed)
        {
            sent[name] = value;
        }

        using var form = new FormUrlEncodedContent(sent);
        return await client.PostAsync(address, form, Stop);
    }

    [GeneratedRegex("""<input[^>]*? name="(?<name>[^"]+)"[^>]*? value="(?<value>[^"]*)"[^>]*>""")]
    private static partial Regex Input();

    [GeneratedRegex("""<textarea[^>]*? name="(?<name>[^"]+)"[^>]*>(?<value>[^<]*)</textarea>""")]
    private static partial Regex Text();

    [GeneratedRegex("""<a href="([^"]+)" rel="next">""")]
    private static partial Regex Older();

    [GeneratedRegex(@"Old notice \d+-\d+\.")]
    private static partial Regex Old();
}
