using System.Net;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Families.Forms;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Families;

/// <summary>No word that a family typed is lost: not by a second window, not by a session that has ended, not by a draft plan that is sent again.</summary>
public sealed class FamilyDraftTests
{
    [Fact]
    public async Task A_second_window_does_not_overwrite_what_was_saved_in_the_first()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("windows", assess: true);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        var first = await parent.Browser.OpenAsync($"{path}/views");
        var second = await parent.Browser.OpenAsync($"{path}/views");
        await parent.SendAsync(first, "main form", ("views.own", "Three pages of words."), ("views.hopes", "A friend."));

        var both = await parent.SendAsync(second, "main form", ("views.own", "Other words."), ("views.child", "I like trains."));

        Assert.Contains("you in another window", both.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Three pages of words.", both.QuerySelector("#views-own-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Other words.", "A friend.", "I like trains."], Texts(both, "#views-own", "#views-hopes", "#views-child"));
        Assert.Equal(["Three pages of words.", "A friend.", ""], Texts(await parent.Browser.OpenAsync($"{path}/views"), "#views-own", "#views-hopes", "#views-child"));
        await parent.SendAsync(both, "main form", ("views.own", "Three pages of words. Other words."));
        Assert.Equal(["Three pages of words. Other words.", "A friend.", "I like trains."], Texts(await parent.Browser.OpenAsync($"{path}/views"), "#views-own", "#views-hopes", "#views-child"));
    }

    [Fact]
    public async Task A_second_window_of_a_request_does_not_overwrite_it_either()
    {
        await using var hub = await LetterHub.StartAsync();
        using var parent = new Parent(hub);
        var first = await parent.BeginAsync();
        var second = await parent.Browser.OpenAsync("/ask/330/request");
        await parent.SendAsync(first, "main form", Parent.Request());

        var both = await parent.SendAsync(second, "main form", ("ask.givenName", "Zephyrine"));

        Assert.Contains("you in another window", both.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Loud rooms are too much, and reading does not come.", both.QuerySelector("#ask-worries")!.TextContent);
        Assert.Equal("Quibbleton", (await parent.Browser.OpenAsync("/ask/330/request")).QuerySelector("#ask-familyName")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_old_window_that_is_saved_after_the_hour_keeps_both_texts()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("old-window", assess: true);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        var old = await parent.Browser.OpenAsync($"{path}/views");
        await parent.SendAsync(await parent.Browser.OpenAsync($"{path}/views"), "main form", ("views.own", "Three pages of words."), ("views.hopes", "A friend."));
        hub.Time.Advance(TimeSpan.FromHours(2));

        Assert.Contains("has been saved", (await parent.SendAsync(old, "main form", ("views.own", "Other words."))).Body!.TextContent, StringComparison.Ordinal);

        await parent.EnterAsync(path);
        Assert.Equal(["Three pages of words.\n\nOther words.", "A friend."], Texts(await parent.Browser.OpenAsync($"{path}/views"), "#views-own", "#views-hopes"));
    }

    [Theory]
    [InlineData("views", "views.own")]
    [InlineData("say/supporter", "acts.relationship")]
    public async Task What_is_sent_more_than_a_day_later_can_be_copied(string tail, string field)
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("later", assess: true);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        var page = await parent.Browser.OpenAsync($"{path}/{tail}");
        hub.Time.Advance(TimeSpan.FromHours(25));

        var asked = await parent.SendAsync(page, "main form", (field, "Three pages\nof words."));

        Assert.Equal("Three pages\nof words.", asked.QuerySelector("#typed")!.TextContent);
        Assert.Contains("was not saved", asked.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_helps_is_kept_when_the_code_has_run_out()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("supporter-kept", assess: true);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        var page = await parent.Browser.OpenAsync($"{path}/say/supporter");
        hub.Time.Advance(TimeSpan.FromHours(2));

        var kept = await parent.SendAsync(page, "main form", ("acts.name", "Ash Helper"), ("acts.relationship", "an adviser of a parents' group"));
        Assert.Contains("What you typed has been saved", kept.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await hub.StateAsync(id)).People);

        await parent.EnterAsync(path);
        var again = await parent.Browser.OpenAsync($"{path}/say/supporter");
        Assert.Equal("Ash Helper", again.QuerySelector("#acts-name")!.GetAttribute("value"));
        await parent.SendAsync(again, "main form");
        Assert.Equal("Ash Helper", Assert.Single((await hub.StateAsync(id)).People).Name);
        Assert.Equal("", (await parent.Browser.OpenAsync($"{path}/say/supporter")).QuerySelector("#acts-name")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task A_comment_stays_at_its_line_when_the_draft_plan_is_sent_again()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.DraftedAsync(hub);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        var plan = (await hub.StateAsync(id)).NewestPlan!;
        var (need, provision) = (plan.Section(PlanSectionLetter.B).Lines[0].Id, plan.Section(PlanSectionLetter.F).Lines[0].Id);
        var open = await parent.Browser.OpenAsync($"{path}/draft");
        await parent.SendAsync(open, "main form", ("draft.text", "Much of it is right."), (Field(need), "He reads well."), (Field(provision), "Which programme?"), (Field(provision) + "words", "Read Aloud Together."));
        await hub.SubmitAsync(id, new EditPlan("gone", "It was a mistake.", PlanEditCause.Officer, need, Remove: true));
        await hub.SubmitAsync(id, new PrepareDraft());
        await hub.Engine.AdvanceToAsync(hub.Time.GetUtcNow().AddMinutes(30), hub.Time.SetUtcNow, TestContext.Current.CancellationToken);
        await hub.Engine.AdvanceToAsync(hub.Time.GetUtcNow().AddDays(3), hub.Time.SetUtcNow, TestContext.Current.CancellationToken);
        await parent.EnterAsync(path);

        // What was saved and not sent is there again.
        var now = await parent.Browser.OpenAsync($"{path}/draft");
        Assert.Null(now.QuerySelector($"[name='{Field(need)}']"));
        Assert.Equal("Which programme?", now.QuerySelector($"[name='{Field(provision)}']")!.TextContent);
        Assert.Equal("Read Aloud Together.", now.QuerySelector($"[name='{Field(provision)}words']")!.TextContent);
        Assert.Equal("Much of it is right.\n\nAbout a line that is not there any more: He reads well.", now.QuerySelector("#draft-text")!.TextContent);

        // A window that was open the whole time saves nothing at another line.
        var shown = await parent.SendAsync(open, "main form", (Field(need), "He reads very well."), (Field(provision), "Which one?"));
        Assert.Contains("The plan has changed since you opened this form", shown.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Which one?", shown.QuerySelector($"[name='{Field(provision)}']")!.TextContent);
        Assert.Equal("About a line that is not there any more: He reads very well.", shown.QuerySelector("#draft-text")!.TextContent);
        var check = await parent.SendAsync(shown, "main form", ("_then", "check"));
        await parent.SendAsync(check, "main form");
        Assert.Equal((provision, "Which one?"), Assert.Single(Assert.Single((await hub.StateAsync(id)).Representations).Comments!.Select(said => (said.Line, said.Text))));
    }

    [Fact]
    public async Task What_was_typed_while_the_council_finished_the_plan_or_ended_the_link_can_be_copied()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.DraftedAsync(hub);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        var open = await parent.Browser.OpenAsync($"{path}/draft");
        await parent.SendAsync(open, "main form", ("draft.text", "Saved and not sent."));
        await Parent.IssueAsync(hub, id, (await hub.StateAsync(id)).Facts!.Setting!);
        await parent.EnterAsync(path);

        var closed = await parent.SendAsync(open, "main form", ("draft.text", "Three pages of words."));
        Assert.Contains("There is no draft plan for you to answer now", closed.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Saved and not sent.\n\nThree pages of words.", closed.QuerySelector("#typed")!.TextContent);

        var views = await parent.Browser.OpenAsync($"{path}/evidence");
        await hub.SubmitAsync(id, new RevokeFamilyLink("link-1", "The phone was lost."));
        using var gone = await parent.Browser.SendAsync(views, "main form", ("evidence.about", "Words that were typed."));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal("Words that were typed.", (await Desk.ReadAsync(gone)).QuerySelector("#typed")!.TextContent);
    }

    [Fact]
    public async Task Whoever_goes_back_after_sending_sees_what_was_received()
    {
        await using var hub = await LetterHub.StartAsync();
        using var parent = new Parent(hub);
        await parent.AskAsync();
        using (var back = await parent.Browser.GetAsync("/ask/330/check"))
        {
            Assert.Equal("/ask/330/sent", back.Headers.Location?.ToString());
        }

        Assert.NotNull((await parent.Browser.OpenAsync("/ask/330/request")).QuerySelector("main a[href='/ask/330/sent']"));
        var id = await Parent.DraftedAsync(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        await parent.SendAsync(await parent.SendAsync(await parent.Browser.OpenAsync($"{path}/draft"), "main form", ("draft.text", "It is right."), ("_then", "check")), "main form");
        using (var back = await parent.Browser.GetAsync($"{path}/draft/check"))
        {
            Assert.Equal($"{path}?done=draft", back.Headers.Location?.ToString());
        }

        // What was asked for already, or is nowhere, is not said to be a link that no longer works.
        await parent.SendAsync(await parent.Browser.OpenAsync($"{path}/say/meeting"), "main form");
        foreach (var (tail, status, said) in new[] { ("say/meeting", HttpStatusCode.Conflict, "You have already asked for this"), ("say/nothing", HttpStatusCode.NotFound, "Your link still works"), ("nothing", HttpStatusCode.NotFound, "Your link still works") })
        {
            using var answer = await parent.Browser.GetAsync($"{path}/{tail}");
            var page = await Desk.ReadAsync(answer);
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(said, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(path, page.QuerySelector("a.back")!.GetAttribute("href"));
        }
    }

    private static string Field(string line) => $"draft.{PlanAnswerPart.NameOf(line)}";

    private static string[] Texts(AngleSharp.Html.Dom.IHtmlDocument page, params string[] fields) => [.. fields.Select(field => page.QuerySelector(field)!.TextContent)];
}
