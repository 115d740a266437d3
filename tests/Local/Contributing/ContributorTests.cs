using System.Net;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Contributing;

/// <summary>Somebody without an account is asked for advice by e-mail, and answers in the browser.</summary>
public sealed class ContributorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_school_reads_what_it_is_asked_acknowledges_answers_and_is_chased_no_more()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("asked", assess: true);
        var asked = await School.RequestAsync(hub, id);
        var message = Assert.Single(hub.Post.Sent, m => m.Address?.Mail == School.Mail);
        Assert.Equal(RequestStatus.Delivered, asked.Status);
        Assert.All(MonitoredHub.OfTheChild, personal => Assert.DoesNotContain(personal, message.Subject + message.Text, StringComparison.Ordinal));
        using var school = new School(hub);
        var path = School.PathTo(hub, id);

        var code = await school.Browser.OpenAsync(path);
        Assert.All(MonitoredHub.OfTheChild, personal => Assert.DoesNotContain(personal, code.DocumentElement.OuterHtml, StringComparison.Ordinal));
        var request = await school.EnterAsync(path);
        Assert.Contains("Alex", request.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(AnswerDuties.SentenceFor(asked), request.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains(Words.Day(Chasing.DueDay(await hub.StateAsync(id), asked, hub.Services.GetRequiredService<RuleBook>().For(id)), true), request.Body.TextContent, StringComparison.Ordinal);

        var acknowledged = await school.SendAsync(request, "form");
        Assert.Contains("has been told that the request has arrived", acknowledged.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(RequestStatus.Acknowledged, (await School.RequestAsync(hub, id)).Status);

        var receipt = await school.AnswerAsync(path);
        Assert.Contains("Your advice was received", receipt.Body!.TextContent, StringComparison.Ordinal);
        var state = await hub.StateAsync(id);
        var advice = Assert.Single(state.Advice, a => a.RequestId == asked.Id);
        Assert.Equal(("Reading is slow.", "n1", "daily"), (advice.Content.Needs[0].Text, advice.Content.Outcomes[0].Needs.Single(), advice.Content.Provision[0].HowOften));
        Assert.Equal(RequestStatus.Received, state.Requests.First(r => r.Id == asked.Id).Status);

        await hub.Engine.AdvanceToAsync(new DateTimeOffset(2026, 8, 1, 9, 0, 0, TimeSpan.Zero), hub.Time.SetUtcNow, Stop);
        Assert.DoesNotContain(hub.Post.Sent, m => m.Address?.Mail == School.Mail && m.Subject.Contains(Words.Of(asked.Kind), StringComparison.Ordinal) && m.Subject.StartsWith("Reminder", StringComparison.Ordinal));

        var readings = await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(id, 0, 100, Stop);
        Assert.Contains(readings, r => r.By == $"{School.Id}/contributor/{asked.Id}" && r.What == $"request {asked.Id}");
        Assert.DoesNotContain(hub.Log.Lines, line => line.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparison.Ordinal) || line.Contains(School.Mail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_of_a_re_assessment_says_so_and_until_when_its_answer_may_be_corrected()
    {
        await using var hub = await School.HubAsync();
        var id = AssessmentId.For(LetterHub.Council, "again");
        var facts = LetterHub.Facts();
        await hub.SubmitAsync(id, new OpenAssessment(facts with
        {
            ReceivedOn = new DateOnly(2023, 1, 9),
            Family = facts.Family with { ElectronicServiceAgreedOn = null },
            TakenOver = new TakenPlan { IssuedOn = new DateOnly(2023, 5, 3), LastReviewedOn = new DateOnly(2026, 5, 5), Source = "return.xml" },
        }));
        await hub.SubmitAsync(id, new AgreeReassessment("There are new needs."));
        using var school = new School(hub);
        var path = School.PathTo(hub, id);

        Assert.Contains("for re-assessment 1", (await school.EnterAsync(path)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("You may correct your advice until the council decides on the plan", (await school.AnswerAsync(path)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("You may correct it until the council decides on the plan", (await school.Browser.OpenAsync(path)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single((await hub.StateAsync(id)).Advice).Reassessment);

        await hub.SubmitAsync(id, new DecideOnPlan(false, "The plan still fits.", "The others did not answer."));
        using var closed = await school.Browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
    }

    [Fact]
    public async Task Reminders_carry_the_link_of_the_same_page()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("late", assess: true);
        var path = School.PathTo(hub, id);
        await hub.Engine.AdvanceToAsync(new DateTimeOffset(2026, 7, 30, 9, 0, 0, TimeSpan.Zero), hub.Time.SetUtcNow, Stop);

        var reminders = hub.Post.Sent.Where(m => m.To == NoticeDirectory.Contributor && m.Subject.StartsWith("Reminder", StringComparison.Ordinal) && m.Text.Contains("/contribute/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(reminders);
        Assert.All(reminders, m => Assert.Contains(path, m.Text, StringComparison.Ordinal));
        Assert.All(hub.Services.GetRequiredService<INoticeStore>().Of(id), n => Assert.DoesNotContain("/contribute/", n.Text, StringComparison.Ordinal));
        using var school = new School(hub);
        Assert.Contains("overdue", (await school.EnterAsync(path)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task What_no_channel_took_was_not_sent(bool hasAddress, bool sends)
    {
        await using var hub = await LetterHub.StartAsync(
            web: hasAddress ? School.Contacts : new Dictionary<string, string> { ["urn:100001"] = "" }, sends: sends);
        var id = await hub.DecideAsync("unsent", assess: true);
        var asked = await School.RequestAsync(hub, id);

        Assert.Equal((RequestStatus.Requested, true), (asked.Status, asked.NotSentOn is not null));
        Assert.Contains((await hub.StateAsync(id)).Attention, a => a.Id == $"send-{asked.Id}");
    }

    [Fact]
    public async Task It_is_said_when_it_comes_asked_passed_on_and_declined()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("said", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);

        var refused = await school.SendAsync(await school.Browser.OpenAsync($"{path}/say/when"), "main form");
        Assert.Contains("Enter: On which day will you send your advice?", refused.QuerySelector(".error")!.TextContent, StringComparison.Ordinal);
        var said = await school.SendAsync(refused, "main form", ("acts.when.expectedOn/day", "1"), ("acts.when.expectedOn/month", "7"), ("acts.when.expectedOn/year", "2026"));
        Assert.Contains("you expect to answer on 1 July 2026", said.Body!.TextContent, StringComparison.Ordinal);
        await school.SendAsync(await school.Browser.OpenAsync($"{path}/say/question"), "main form", ("acts.question.text", "Which spelling test is meant?"));
        var state = await hub.StateAsync(id);
        Assert.Contains(state.Attention, a => a.Text.Contains("has sent a message about this request", StringComparison.Ordinal));
        Assert.Contains((await hub.Store.EventsAsync(id, cancellationToken: Stop)).Select(e => e.What).OfType<AdviceRequestReported>(), r => r.Text == "Which spelling test is meant?");

        var elsewhere = await school.SendAsync(await school.Browser.OpenAsync($"{path}/say/pass-on"), "main form", ("acts.pass-on.name", "Bo Example"), ("acts.pass-on.mail", "bo@elsewhere.example"));
        Assert.Contains("does not belong to your organisation", elsewhere.QuerySelector("#acts-pass-on-mail-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("bo@elsewhere.example", elsewhere.QuerySelector("#acts-pass-on-mail")!.GetAttribute("value"));
        await school.SendAsync(elsewhere, "main form", ("acts.pass-on.mail", "bo@millbrook.example"));
        await hub.Engine.RunDueAsync(Stop);
        Assert.Equal("Bo Example", Assert.Single((await School.RequestAsync(hub, id)).PassedOnTo!).Name);
        var theirs = School.PathTo(hub, id, "bo@millbrook.example");
        Assert.NotEqual(path, theirs);
        using var colleague = new School(hub);
        Assert.Contains("Alex", (await colleague.EnterAsync(theirs, "bo@millbrook.example")).Body!.TextContent, StringComparison.Ordinal);

        // A reminder goes to whoever has it now.
        await hub.Engine.AdvanceToAsync(new DateTimeOffset(2026, 7, 30, 9, 0, 0, TimeSpan.Zero), hub.Time.SetUtcNow, Stop);
        Assert.Contains(hub.Post.Sent, m => m.Address?.Mail == "bo@millbrook.example" && m.Text.Contains(theirs, StringComparison.Ordinal) && m.Subject.StartsWith("Reminder", StringComparison.Ordinal));

        using var again = new School(hub);
        await again.EnterAsync(path);
        await again.SendAsync(await again.Browser.OpenAsync($"{path}/say/decline"), "main form", ("acts.decline.reason", "Alex left the school."));
        var declined = await School.RequestAsync(hub, id);
        Assert.Equal((RequestStatus.Declined, "Alex left the school."), (declined.Status, declined.StatusReason));

        // It declined by mistake.
        var afterAll = await again.SendAsync(
            await again.Browser.OpenAsync($"{path}/say/after-all"), "main form",
            ("acts.after-all.expectedOn/day", "10"), ("acts.after-all.expectedOn/month", "8"), ("acts.after-all.expectedOn/year", "2026"));
        Assert.Contains("you expect to answer on 10 August 2026", afterAll.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains((await hub.StateAsync(id)).Attention, a => a.Id == $"after-all-{declined.Id}");
        using var open = await again.Browser.GetAsync($"{path}/say/after-all");
        Assert.Equal(HttpStatusCode.NotFound, open.StatusCode);
        await again.SendAsync(await again.Browser.OpenAsync($"{path}/say/decline"), "main form", ("acts.decline.reason", "Alex left the school."));
        using var closed = await again.Browser.GetAsync($"{path}/advice");
        Assert.Equal(HttpStatusCode.Conflict, closed.StatusCode);
    }

    [Fact]
    public async Task It_is_corrected_until_the_draft_plan_is_prepared()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("corrected", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        await school.AnswerAsync(path);

        var form = await school.Browser.OpenAsync($"{path}/advice");
        Assert.Equal("Reading is slow.", form.QuerySelector("#content-needs-0-text")!.TextContent);
        var same = await school.SendAsync(await school.SendAsync(form, "main form", ("_then", "check")), "main form");
        Assert.Contains("is the same as what you sent before", same.Body!.TextContent, StringComparison.Ordinal);
        await school.AnswerAsync(path, "Reading is very slow.");
        var advice = (await hub.StateAsync(id)).Advice.Where(a => a.RequestId == "educational-1").ToList();
        Assert.Equal([("Reading is slow.", false), ("Reading is very slow.", true)], advice.Select(a => (a.Content.Needs[0].Text, a.Counts)));

        foreach (var other in (string[])["medical-1", "psychological-1", "socialCare-1"])
        {
            await hub.SubmitAsync(id, new SubmitAdvice(other, advice[^1].Content));
        }

        await hub.SubmitAsync(id, new DecideWhetherToIssuePlan(true, "It is necessary.", ["familyViews-1"], "They are late."));
        await hub.SubmitAsync(id, new PrepareDraft());
        using var closed = await school.Browser.GetAsync($"{path}/advice");
        Assert.Equal(HttpStatusCode.Conflict, closed.StatusCode);
        Assert.Contains("the draft plan has been prepared", (await Desk.ReadAsync(closed)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("when", 1)]
    [InlineData("question", 1)]
    [InlineData("pass-on", 2)]
    [InlineData("decline", 1)]
    public async Task What_is_missing_is_called_as_the_page_calls_it(string act, int fields)
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("missing", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);

        var refused = await school.SendAsync(await school.Browser.OpenAsync($"{path}/say/{act}"), "main form");

        var labels = refused.QuerySelectorAll("main label, main legend").Select(label => label.TextContent.Trim()).ToList();
        var said = refused.QuerySelectorAll("main form .error").Select(error => error.TextContent.Trim()).ToList();
        Assert.Equal(fields, said.Count);
        Assert.All(said, text => Assert.Contains(labels, label => label.Length > 0 && text.EndsWith(label, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_refused_is_said_at_its_field_and_kept()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("refused", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);

        var form = await school.SendAsync(
            await school.Browser.OpenAsync($"{path}/advice"), "main form",
            ("content.needs[0].area", "Health"), ("content.outcomes[0].text", "Sleeps through."), ("content.outcomes[0].needs", "7"),
            ("content.provision[0].text", new string('x', 20_001)), ("content.writtenOn/day", "31"), ("content.writtenOn/month", "2"), ("_then", "check"));

        string ErrorAt(string field) => form.QuerySelector($"#{field}-error")?.TextContent ?? "";
        Assert.Contains("Enter: Your name", ErrorAt("content-author"), StringComparison.Ordinal);
        Assert.Contains("Enter: What is the need? (Need 1)", ErrorAt("content-needs-0-text"), StringComparison.Ordinal);
        Assert.Contains("Write the numbers of lines above", ErrorAt("content-outcomes-0-needs"), StringComparison.Ordinal);
        Assert.Contains("longer than 20,000 characters", ErrorAt("content-provision-0-text"), StringComparison.Ordinal);
        Assert.Contains("real date", ErrorAt("content-writtenOn"), StringComparison.Ordinal);
        Assert.StartsWith("Error: ", form.Title, StringComparison.Ordinal);
        Assert.Empty((await hub.StateAsync(id)).Advice);
        Assert.Equal("Sleeps through.", (await school.Browser.OpenAsync($"{path}/advice/outcomes")).QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task A_part_saved_by_itself_leaves_the_other_parts_as_they_were()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("parts", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);

        var about = await school.SendAsync(await school.Browser.OpenAsync($"{path}/advice/about"), "main form", ("content.author", "Kit Example"), ("content.authorRole", "SENCo"), ("_then", "next"));
        Assert.EndsWith("/advice/needs", about.QuerySelector("main form")!.GetAttribute("action"), StringComparison.Ordinal);
        var more = await school.SendAsync(about, "main form", ("content.needs[0].text", "Reading."), ("content.needs[0].area", "Education"), ("_add", "content.needs"));
        Assert.NotNull(more.QuerySelector("#content-needs-1-text"));
        await school.SendAsync(more, "main form", ("content.needs[1].text", "Sleep."), ("content.needs[1].area", "Health"));
        var check = await school.Browser.OpenAsync($"{path}/check");
        Assert.Equal(["Reading. Special educational", "Sleep. Health"], check.QuerySelectorAll("article ol li").Select(li => string.Join(' ', li.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Contains("Kit Example, SENCo", check.Body!.TextContent, StringComparison.Ordinal);
    }
}
