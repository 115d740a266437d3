using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>
/// The plan is edited section by section beside the advice: a line keeps its source and both texts, what the checks find stands at the line, and
/// no plan goes out with the name of a child of another case.
/// </summary>
public sealed class PlanEditorTests
{
    private const string Provision = "medical-1.1/p1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_is_changed_in_its_parts_alone_and_what_the_checks_find_stands_at_it()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var id = await DraftingAsync(hub, "editor");
        var before = await LineAsync(hub, id, Provision);
        var (letter, line) = (before.Letter, before.Line);

        var form = await desk.OpenAsync($"/workspace/cases/{id}/steps/edit-plan?lineId={Uri.EscapeDataString(Provision)}");
        Assert.Equal(line.Text, Desk.FieldsOf(form.QuerySelector("#form")!)["newText"]);
        Assert.Contains(line.From.Author, form.QuerySelector("section[aria-labelledby=source]")!.TextContent, StringComparison.Ordinal);

        // Left as it is, it is no change; with one part typed over, that part alone changes; an emptied part is cleared.
        using var same = await desk.SendAsync(form, "#form", ("reason", "None."), ("cause", "Officer"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, same.StatusCode);
        using var sent = await desk.SendAsync(form, "#form", ("newText", $"Regular help. {line.Text}"), ("howLong", ""), ("reason", "As the author said."), ("cause", "Officer"));
        Assert.StartsWith($"/workspace/cases/{id}/plan/{letter}?done=edit-plan#line-", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var changed = (await LineAsync(hub, id, Provision)).Line;
        var edit = (await hub.Store.LoadAsync(id, Stop)).State.Edits[^1];
        Assert.Equal((line.Who, line.HowOften, null, line.From.Source), (changed.Who, changed.HowOften, changed.HowLong, changed.From.Source));
        Assert.Equal((null, null, "", null), (edit.Who, edit.HowOften, edit.HowLong, edit.Answers));
        Assert.Equal((line.Text, line.Text), (changed.From.OriginalText, changed.From.Changes[^1].TextBefore));

        var page = await desk.OpenAsync(sent.Headers.Location.OriginalString.Split('#')[0]);
        var at = page.QuerySelector($"#{sent.Headers.Location.OriginalString.Split('#')[1]}")!;
        Assert.Contains($"In the advice: {line.Text}", at.TextContent, StringComparison.Ordinal);
        Assert.Contains(at.QuerySelectorAll(".finding"), found => found.TextContent.Contains("regular", StringComparison.Ordinal));
        Assert.Contains("Saved", page.QuerySelector(".done")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(line.Text, page.QuerySelector("section[aria-labelledby=in-advice]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_taken_away_and_a_line_left_out_is_taken_from_its_advice_again_with_its_source()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var id = await DraftingAsync(hub, "links");
        var (letter, line) = await LineAsync(hub, id, Provision);
        Assert.NotEmpty(line.Answers);

        var form = await desk.OpenAsync($"/workspace/cases/{id}/steps/edit-plan?lineId={Uri.EscapeDataString(Provision)}");
        foreach (var box in form.QuerySelectorAll("input[type=checkbox][name^=answers]").Cast<IHtmlInputElement>())
        {
            box.IsChecked = false;
        }

        using var unlinked = await desk.SendAsync(form, "#form", ("reason", "It serves another outcome."), ("cause", "Officer"));
        Assert.Equal(HttpStatusCode.Redirect, unlinked.StatusCode);
        Assert.Empty((await LineAsync(hub, id, Provision)).Line.Answers);
        var page = await desk.OpenAsync($"/workspace/cases/{id}/plan/{letter}");
        Assert.Contains(page.QuerySelectorAll(".finding"), found => found.TextContent.Contains("outcome", StringComparison.OrdinalIgnoreCase));

        using var removed = await desk.SendAsync(
            await desk.OpenAsync($"/workspace/cases/{id}/steps/edit-plan?lineId={Uri.EscapeDataString(Provision)}"), "#form", ("remove", "true"), ("reason", "Twice."), ("cause", "Officer"));
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        page = await desk.OpenAsync($"/workspace/cases/{id}/plan/{letter}");
        Assert.Contains("Twice.", page.QuerySelector("section[aria-labelledby=in-advice]")!.TextContent, StringComparison.Ordinal);
        var take = page.QuerySelector($"a[href*='_take={Uri.EscapeDataString(Provision)}']")!.GetAttribute("href")!;
        Assert.DoesNotContain(Uri.EscapeDataString(line.Text), take, StringComparison.Ordinal);

        var again = await desk.OpenAsync(take);
        using var taken = await desk.SendAsync(again, "#form");
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        var back = (await LineAsync(hub, id, state.Edits[^1].EditId)).Line;
        Assert.Equal((line.Text, line.From.Source, line.From.Author, line.Who), (back.Text, back.From.Source, back.From.Author, back.Who));
    }

    [Fact]
    public async Task The_name_of_a_child_of_another_case_is_found_at_the_line_and_stops_the_draft_wherever_it_is_sent()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var id = await DraftingAsync(hub, "names");
        await OtherChildAsync(hub, "Zelphine", "Quastrow");
        using var sent = await desk.SendAsync(
            await desk.OpenAsync($"/workspace/cases/{id}/steps/edit-plan?lineId={Uri.EscapeDataString(Provision)}"), "#form",
            ("newText", "Audiology review of Zelphine  Quastrow."), ("reason", "As in the other plan."), ("cause", "Officer"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);

        var page = await desk.OpenAsync(sent.Headers.Location!.OriginalString.Split('#')[0]);
        Assert.Contains(page.QuerySelectorAll(".lines .finding"), found => found.TextContent.Contains("names a child in another case", StringComparison.Ordinal));
        using var draft = await desk.SendAsync(await desk.OpenAsync($"/workspace/cases/{id}/steps/prepare-draft"), "#form");
        Assert.Contains("names a child in another case", (await Desk.ReadAsync(draft)).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        var (status, detail) = await Desk.CallAsync(hub, $"/assessments/{id}/prepare-draft", "{}", "draft");
        Assert.Equal(409, status);
        Assert.Contains(PlanFindingCodes.OtherChild, detail, StringComparison.Ordinal);
        Assert.Empty((await hub.Store.LoadAsync(id, Stop)).State.Plans);
    }

    [Fact]
    public async Task Whoever_changes_a_line_that_somebody_else_changed_meanwhile_sees_it_first()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var first = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var second = await Desk.OfAsync(hub, "officer-b", OfficerRole.CaseOfficer);
        var id = await DraftingAsync(hub, "two");
        var address = $"/workspace/cases/{id}/steps/edit-plan?lineId={Uri.EscapeDataString(Provision)}";
        var (mine, theirs) = (await first.OpenAsync(address), await second.OpenAsync(address));

        using var taken = await first.SendAsync(mine, "#form", ("newText", "Words of the first."), ("reason", "First."), ("cause", "Officer"));
        using var stopped = await second.SendAsync(theirs, "#form", ("newText", "Words of the second."), ("reason", "Second."), ("cause", "Officer"));
        var shown = await Desk.ReadAsync(stopped);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (taken.StatusCode, stopped.StatusCode));
        Assert.Contains("Words of the first.", shown.QuerySelector("section[aria-labelledby=about]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Words of the second.", Desk.FieldsOf(shown.QuerySelector("#form")!)["newText"]);
        Assert.Equal("Words of the first.", (await LineAsync(hub, id, Provision)).Line.Text);
        using var meant = await second.SendAsync(shown, "#form");
        Assert.Equal(HttpStatusCode.Redirect, meant.StatusCode);
        Assert.Equal(["Words of the first."], (await LineAsync(hub, id, Provision)).Line.From.Changes.Skip(1).Select(change => change.TextBefore));
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_in_another_part_of_the_line_stays()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var first = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var second = await Desk.OfAsync(hub, "officer-b", OfficerRole.CaseOfficer);
        var id = await DraftingAsync(hub, "parts");
        var address = $"/workspace/cases/{id}/steps/edit-plan?lineId={Uri.EscapeDataString(Provision)}";
        var (mine, theirs) = (await first.OpenAsync(address), await second.OpenAsync(address));

        using var taken = await first.SendAsync(mine, "#form", ("howOften", "once a week"), ("reason", "First."), ("cause", "Officer"));
        using var stopped = await second.SendAsync(theirs, "#form", ("newText", "Words of the second."), ("reason", "Second."), ("cause", "Officer"));
        using var meant = await second.SendAsync(await Desk.ReadAsync(stopped), "#form");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict, HttpStatusCode.Redirect), (taken.StatusCode, stopped.StatusCode, meant.StatusCode));
        var line = (await LineAsync(hub, id, Provision)).Line;
        Assert.Equal(("Words of the second.", "once a week"), (line.Text, line.HowOften));
    }

    [Fact]
    public async Task The_plan_is_seen_as_the_family_will_see_it_and_compared_with_itself()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.Finance);
        var id = await DraftingAsync(hub, "preview");
        var line = (await LineAsync(hub, id, Provision)).Line;

        var preview = await desk.OpenAsync($"/workspace/cases/{id}/plan/preview");
        Assert.Contains(line.Text, preview.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("EHC casework", preview.Body.TextContent, StringComparison.Ordinal);
        using var absent = await desk.GetAsync($"/workspace/cases/{id}/plan/preview?version=1");
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        Assert.Contains("nothing to compare", (await desk.OpenAsync($"/workspace/cases/{id}/plan/compare")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        // Finance opens the plan and not the advice.
        Assert.Null((await desk.OpenAsync($"/workspace/cases/{id}/plan/F")).QuerySelector("section[aria-labelledby=in-advice]"));
        using var none = await desk.GetAsync($"/workspace/cases/{id}/plan/Z");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    /// <summary>A case whose advice is all in and whose draft is being prepared.</summary>
    internal static async Task<AssessmentId> DraftingAsync(MonitoredHub hub, string key)
    {
        var id = await Desk.SeedAsync(hub, key);
        var example = (SubmitAdvice)Read("submit-advice");
        foreach (var request in (await hub.Store.LoadAsync(id, Stop)).State.Requests)
        {
            await hub.SubmitAsync(id, example with { RequestId = request.Id });
        }

        await hub.SubmitAsync(id, new DecideWhetherToIssuePlan(true, "It is necessary."));
        return id;
    }

    private static async Task OtherChildAsync(MonitoredHub hub, string given, string family)
    {
        var facts = ((OpenAssessment)Read("open-assessment")).Facts;
        await hub.SubmitAsync(
            AssessmentId.For(Desk.Own, family),
            new OpenAssessment(facts with { Child = facts.Child with { GivenName = given, FamilyName = family, NhsNumber = null, Upn = null, DateOfBirth = new DateOnly(2014, 5, 4) } }));
    }

    private static AssessmentInput Read(string step) =>
        InputReading.Read(StepCatalogue.Step(step)!, Encoding.UTF8.GetBytes(InputExamples.Of(step)!.ToJsonString())).Input!;

    private static async Task<(PlanSectionLetter Letter, PlanLine Line)> LineAsync(MonitoredHub hub, AssessmentId id, string line)
    {
        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        var rules = hub.Services.GetRequiredService<RuleBook>().For(id);
        var plan = PlanReading.Preview(state, Actor.TheHub, hub.Time.GetUtcNow(), rules)!;
        return plan.Sections.SelectMany(section => section.Lines, (section, one) => (section.Letter, one)).First(one => one.one.Id == line);
    }
}
