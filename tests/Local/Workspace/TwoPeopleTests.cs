using System.Net;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>Two people on one case see each other's change before they overwrite it, a form that is sent twice acts once, and a forged one never.</summary>
public sealed class TwoPeopleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_elses_change_is_shown_before_it_is_overwritten()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var first = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var second = await Desk.OfAsync(hub, "officer-b", OfficerRole.TeamManager);
        var address = $"/workspace/cases/{hub.Late}/steps/assign-case-officer";
        var (mine, theirs) = (await first.OpenAsync(address), await second.OpenAsync(address));

        using var taken = await first.SendAsync(mine, "#form", ("officer", "officer-a"));
        using var stopped = await second.SendAsync(theirs, "#form", ("officer", "officer-b"));
        var shown = await Desk.ReadAsync(stopped);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (taken.StatusCode, stopped.StatusCode));
        Assert.Equal("officer-a", (await hub.Store.LoadAsync(hub.Late, Stop)).State.CaseOfficer);
        Assert.Contains("A case officer was assigned", shown.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("officer-b", Desk.FieldsOf(shown.QuerySelector("#form")!)["officer"]);

        // Seen, and meant all the same.
        using var meant = await second.SendAsync(shown, "#form");
        Assert.Equal(HttpStatusCode.Redirect, meant.StatusCode);
        Assert.Equal("officer-b", (await hub.Store.LoadAsync(hub.Late, Stop)).State.CaseOfficer);
    }

    [Fact]
    public async Task Signing_in_again_does_not_hide_what_somebody_else_did()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var first = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var second = await Desk.OfAsync(hub, "officer-b", OfficerRole.TeamManager);
        using var gone = Desk.SignedOut(hub);
        var address = $"/workspace/cases/{hub.Late}/steps/assign-case-officer";
        var form = await second.OpenAsync(address);

        using var taken = await first.SendAsync(await first.OpenAsync(address), "#form", ("officer", "officer-a"));
        using var signedOut = await gone.SendAsync(form, "#form", ("officer", "officer-b"));

        // The page that gives back what was typed has no token of the new sign-in, so the form comes back first.
        using var back = await second.SendAsync(await Desk.ReadAsync(signedOut), "main form");
        using var stopped = await second.SendAsync(await Desk.ReadAsync(back), "#form");

        Assert.Equal(
            (HttpStatusCode.Redirect, HttpStatusCode.Unauthorized, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict),
            (taken.StatusCode, signedOut.StatusCode, back.StatusCode, stopped.StatusCode));
        Assert.Contains("A case officer was assigned", (await Desk.ReadAsync(stopped)).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("officer-a", (await hub.Store.LoadAsync(hub.Late, Stop)).State.CaseOfficer);
    }

    [Fact]
    public async Task A_row_that_is_added_does_not_hide_what_somebody_else_did()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var first = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var second = await Desk.OfAsync(hub, "officer-b", OfficerRole.CaseOfficer);
        var form = await second.OpenAsync($"/workspace/cases/{hub.Late}/steps/submit-advice?requestId=medical-1");

        using var taken = await first.SendAsync(await first.OpenAsync($"/workspace/cases/{hub.Late}/steps/assign-case-officer"), "#form", ("officer", "officer-a"));
        using var longer = await second.SendAsync(form, "#form", ("_add", "content.needs"), ("content.author", "Dr Robin"));
        var more = await Desk.ReadAsync(longer);
        using var stopped = await second.SendAsync(
            more, "#form", ("content.authorRole", "Paediatrician"), ("content.writtenOn/day", "1"), ("content.writtenOn/month", "July"), ("content.writtenOn/year", "2026"),
            ("content.needs[1].id", "n2"), ("content.needs[1].area", "Health"), ("content.needs[1].text", "Hearing."));

        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.Equal("Dr Robin", Desk.FieldsOf(more.QuerySelector("#form")!)["content.author"]);
        Assert.NotNull(more.QuerySelector("[name='content.needs[1].text']"));
        Assert.Equal(HttpStatusCode.Conflict, stopped.StatusCode);

        // The empty first row says nothing; the second is the advice.
        using var meant = await second.SendAsync(await Desk.ReadAsync(stopped), "#form");
        Assert.Equal(HttpStatusCode.Redirect, meant.StatusCode);
        var advice = Assert.Single((await hub.Store.LoadAsync(hub.Late, Stop)).State.Advice);
        Assert.Equal(("Dr Robin", "n2", new DateOnly(2026, 7, 1)), (advice.Content.Author, Assert.Single(advice.Content.Needs).Id, advice.Content.WrittenOn));
    }

    [Fact]
    public async Task A_double_click_acts_once_and_a_form_from_elsewhere_never()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        using var other = await Desk.OfAsync(hub, "officer-b", OfficerRole.CaseOfficer);
        var address = $"/workspace/cases/{hub.Late}/steps/record-delay-reason";
        var form = await desk.OpenAsync(address);
        (string, string)[] typed = [("reason", "No clinic.")];

        using var one = await desk.SendAsync(form, "#form", typed);
        using var two = await desk.SendAsync(form, "#form", typed);
        using var forged = await other.SendAsync(form, "#form", typed);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity), (one.StatusCode, two.StatusCode, forged.StatusCode));
        Assert.Single(await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop), e => e.What is DelayExplained);
    }

    [Fact]
    public async Task What_was_said_for_an_agency_is_on_record_in_its_name_and_the_officers()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        var form = await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/decline-advice-request?requestId=medical-1");

        using var sent = await desk.SendAsync(form, "#form", ("reason", "Not known to us."), ("_behalf", "ods:RX1"));

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var by = (await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop))[^1].By;
        Assert.Equal((ActorRole.CouncilOfficer, "officer-a", "ods:RX1"), (by.Role, by.Id, by.OnBehalfOf));
    }

    [Fact]
    public async Task My_work_shows_what_is_late_first_and_another_officers_cases_never()
    {
        await using var hub = await MonitoredHub.StartAsync();
        foreach (var (id, officer) in new[] { (hub.Young, "officer-a"), (hub.Late, "officer-a"), (hub.Failing, "officer-b") })
        {
            await hub.SubmitAsync(id, new AssignCaseOfficer(officer));
        }

        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        var page = await desk.OpenAsync("/workspace");

        string[] listed = [.. page.QuerySelectorAll("tbody th a").Select(a => a.GetAttribute("href")!)];
        Assert.Equal([$"/workspace/cases/{hub.Late}", $"/workspace/cases/{hub.Young}"], listed);
        Assert.Contains("Overdue", page.QuerySelector("tbody tr .due")!.TextContent, StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("tbody tr"), row => Assert.NotNull(row.QuerySelector("td:last-child a")));
    }
}
