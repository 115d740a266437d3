using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>Lists of work: whose cases, filtered, ordered, saved, taken away as a file, and several cases at once.</summary>
public sealed class WorkListTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_team_sees_its_own_cases_and_a_filter_shows_those_alone_that_it_names()
    {
        await using var hub = await HeldAsync();
        hub.Services.GetRequiredService<WorkspaceOptions>().Teams["North"] = "officer-a, officer-b";
        using var desk = await Desk.OfAsync(hub, "officer-b", OfficerRole.CaseOfficer);
        using var other = await Desk.OfAsync(hub, "officer-c", OfficerRole.CaseOfficer);

        Assert.Equal(Sorted(hub.Late, hub.Young, hub.Failing), Sorted([.. await ListedAsync(desk, "/workspace/team")]));
        Assert.Empty(await ListedAsync(other, "/workspace/team"));
        Assert.Equal([hub.Late, hub.Young], await ListedAsync(desk, "/workspace/team?officer=officer-a"));
        Assert.Equal([hub.Young], await ListedAsync(desk, "/workspace/team?stage=Considering"));
        var overdue = await ListedAsync(desk, "/workspace/council?urgency=Overdue");
        Assert.Contains(hub.Late, overdue);
        Assert.DoesNotContain(hub.Young, overdue);
        Assert.Empty((await ListedAsync(desk, "/workspace/unassigned")).Intersect([hub.Late, hub.Young, hub.Failing]));

        // In the order that is asked for.
        var received = await ListedAsync(desk, "/workspace/council?order=Received");
        var days = new List<DateOnly>();
        foreach (var id in received)
        {
            days.Add((await hub.Store.LoadAsync(id, Stop)).State.Facts!.ReceivedOn);
        }

        Assert.Equal(days.Order(), days);
        Assert.Equal(hub.Failing, (await ListedAsync(desk, "/workspace/council?order=Officer"))[2]);
    }

    [Fact]
    public async Task A_case_whose_last_day_for_the_final_plan_has_passed_says_so_although_it_waits_for_something_else()
    {
        await using var hub = await HeldAsync();
        var due = (await hub.Store.LoadAsync(hub.Failing, Stop)).State.Facts!.ReceivedOn.AddDays(140);
        var said = $"The final plan was due on {Orchestrations.Assessments.Words.Day(due, true)}.";
        using (var before = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer))
        {
            Assert.DoesNotContain(said, (await before.OpenAsync($"/workspace/cases/{hub.Failing}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        await hub.StepToAsync(new DateTimeOffset(due.AddDays(2), new TimeOnly(9, 0), TimeSpan.Zero));
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);

        Assert.Contains(said, (await desk.OpenAsync($"/workspace/cases/{hub.Failing}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_filter_comes_back_and_is_removed()
    {
        await using var hub = await HeldAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        var page = await desk.OpenAsync("/workspace/council?urgency=Overdue&order=Received");

        using var saved = await desk.SendAsync(page, "form[action='/workspace/filters']", ("name", "Late ones"));
        page = await desk.OpenAsync("/workspace");
        var link = page.QuerySelector(".saved a")!;
        Assert.Equal(("Late ones", "/workspace/council?urgency=Overdue&order=Received"), (link.TextContent, link.GetAttribute("href")));
        using var removed = await desk.SendAsync(page, ".saved form");
        Assert.Null((await desk.OpenAsync("/workspace")).QuerySelector(".saved"));

        // A question that names anything else is no part of an address.
        using var odd = await desk.SendAsync(
            await desk.OpenAsync("/workspace"), "form[action='/workspace/filters']", ("name", "Odd"), ("query", "?urgency=Overdue&to=//elsewhere"), ("of", "council"));
        Assert.Equal("/workspace/council?urgency=Overdue", odd.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_file_names_the_child_only_to_whom_may_search_by_name_and_calculates_nothing()
    {
        await using var hub = await HeldAsync();
        var id = await OpenAsync(hub, "=HYPERLINK(\"http://elsewhere\")", "@Quastrow");
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var finance = await Desk.OfAsync(hub, "officer-f", OfficerRole.Finance);

        var file = await TakeAsync(desk);
        var line = file.Split("\r\n").Single(one => one.Contains(id.Value, StringComparison.Ordinal));
        Assert.StartsWith("\"'=HYPERLINK(\"\"http://elsewhere\"\")\",\"'@Quastrow\",\"2014-05-04\"", line, StringComparison.Ordinal);
        Assert.Equal("list of work as a file", (await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(id, 0, 1, Stop))[0].What);

        var counted = await TakeAsync(finance);
        Assert.Contains(id.Value, counted, StringComparison.Ordinal);
        Assert.DoesNotContain("Quastrow", counted, StringComparison.Ordinal);
        Assert.False(AccessTests.ReadsOfChild(counted));
        Assert.Equal("officer-f", (await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(id, 0, 1, Stop))[0].By);

        async Task<string> TakeAsync(Desk by)
        {
            using var answer = await by.GetAsync("/workspace/csv?of=council");
            Assert.Equal((HttpStatusCode.OK, "text/csv"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Stop));
        }
    }

    [Fact]
    public async Task Several_cases_get_another_officer_after_a_page_that_says_so_and_each_says_what_came_of_it()
    {
        await using var hub = await HeldAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.TeamManager);
        var restricted = hub.Failing;
        await hub.SubmitAsync(restricted, new RestrictCase(["officer-a", "officer-b", "officer-17"], "A risk."));
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);

        var asked = await AskAsync(desk, ("act", "reassign"));
        var confirm = await SendAllAsync(desk, asked, ("to", "officer-z"));
        Assert.Contains("Case officer changes from officer-a to officer-z", confirm.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("officer-a", (await hub.Store.LoadAsync(hub.Late, Stop)).State.CaseOfficer);

        // Somebody changes one of them before it is confirmed; the restricted one does not take an officer who is not named.
        await hub.SubmitAsync(hub.Young, new AssignCaseOfficer("officer-y"));
        var results = (await SendAllAsync(desk, confirm)).QuerySelector("main")!;
        Assert.Contains("Somebody has changed the case in the meantime", results.TextContent, StringComparison.Ordinal);
        Assert.Contains("is not named", results.TextContent, StringComparison.Ordinal);
        var holders = new List<string?>();
        foreach (var id in new[] { hub.Late, hub.Young, restricted })
        {
            holders.Add((await hub.Store.LoadAsync(id, Stop)).State.CaseOfficer);
        }

        Assert.Equal(["officer-z", "officer-y", "officer-b"], holders);
    }

    [Fact]
    public async Task A_case_that_is_left_out_is_named_or_counted()
    {
        await using var hub = await HeldAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.TeamManager);

        // More cases are chosen than one action takes.
        var list = await desk.OpenAsync("/workspace/council");
        var token = Desk.FieldsOf(list.QuerySelector("#bulk")!).Single(field => field.Key == "__RequestVerificationToken");
        var many = Enumerable.Range(1, 200).Select(n => AssessmentId.For(Desk.Own, $"made up {n}")).Prepend(hub.Late);
        using var asked = await desk.PostAllAsync("/workspace/bulk", [(token.Key, token.Value), ("act", "reassign"), .. many.Select(id => ("case", id.Value))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        Assert.Contains("Choose at most 200 cases at a time. You chose 201", (await Desk.ReadAsync(asked)).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);

        // A case is restricted to others before the action is confirmed.
        var confirm = await SendAllAsync(desk, await AskAsync(desk, ("act", "reassign")), ("to", "officer-z"));
        await RestrictedCaseTests.RestrictAsync(hub, hub.Failing, "officer-b");
        var results = (await SendAllAsync(desk, confirm)).QuerySelector("main")!;
        Assert.Contains(results.QuerySelectorAll("li"), line => line.TextContent.Contains(hub.Failing.Value, StringComparison.Ordinal) && line.TextContent.Contains("Not done", StringComparison.Ordinal));
        Assert.Equal("officer-b", (await hub.Store.LoadAsync(hub.Failing, Stop)).State.CaseOfficer);
    }

    [Fact]
    public async Task Chasers_are_sent_for_what_is_late_alone_and_once()
    {
        await using var hub = await HeldAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        var asked = await AskAsync(desk, ("act", "chase"));
        var confirm = await SendAllAsync(desk, asked, ("reason", "The school asks."));
        Assert.Contains("No agency’s answer is late", confirm.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await SendAllAsync(desk, confirm);
        var again = (await SendAllAsync(desk, confirm)).QuerySelector("main")!;
        var reminded = (await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop)).Select(e => e.What).OfType<RemindedByHand>().ToList();
        Assert.NotEmpty(reminded);
        Assert.Equal(reminded.Count, reminded.Select(one => one.RequestId).Distinct().Count());
        Assert.All(reminded, one => Assert.Equal("The school asks.", one.Reason));
        Assert.DoesNotContain("Not done", again.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain((await hub.Store.EventsAsync(hub.Young, cancellationToken: Stop)).Select(e => e.What), what => what is RemindedByHand);
    }

    [Fact]
    public async Task Whoever_may_not_assign_does_nothing_to_several_cases_and_a_choice_is_not_lost_when_signed_out()
    {
        await using var hub = await HeldAsync();
        using var finance = await Desk.OfAsync(hub, "officer-f", OfficerRole.Finance);
        using var nobody = Desk.SignedOut(hub);
        Assert.Null((await finance.OpenAsync("/workspace/council")).QuerySelector("#bulk"));
        using var closed = await finance.PostAsync("/workspace/bulk", new Dictionary<string, string> { ["act"] = "reassign", ["case"] = hub.Late.Value });
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        using var gone = await nobody.PostAsync("/workspace/bulk", new Dictionary<string, string> { ["act"] = "chase", ["case"] = hub.Late.Value });
        Assert.Equal(HttpStatusCode.Unauthorized, gone.StatusCode);
        Assert.Equal(hub.Late.Value, Desk.FieldsOf((await Desk.ReadAsync(gone)).QuerySelector("main form")!)["case"]);
    }

    private static async Task<MonitoredHub> HeldAsync()
    {
        var hub = await MonitoredHub.StartAsync();
        foreach (var (id, officer) in new[] { (hub.Young, "officer-a"), (hub.Late, "officer-a"), (hub.Failing, "officer-b") })
        {
            await hub.SubmitAsync(id, new AssignCaseOfficer(officer));
        }

        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        return hub;
    }

    private static async Task<AssessmentId> OpenAsync(MonitoredHub hub, string given, string family)
    {
        var id = AssessmentId.For(Desk.Own, family);
        var facts = (await hub.Store.LoadAsync(hub.Young, Stop)).State.Facts!;
        await hub.SubmitAsync(
            id, new OpenAssessment(facts with { Child = facts.Child with { GivenName = given, FamilyName = family, NhsNumber = null, Upn = null, DateOfBirth = new DateOnly(2014, 5, 4) } }));
        return id;
    }

    /// <summary>Chooses the three cases in the list of the council, and what to do.</summary>
    private static async Task<IHtmlDocument> AskAsync(Desk desk, (string, string) act)
    {
        var list = await desk.OpenAsync("/workspace/council?chosen=all");
        Assert.All(list.QuerySelectorAll("#bulk input[name=case]").Cast<IHtmlInputElement>(), box => Assert.True(box.IsChecked));
        using var asked = await desk.PostAllAsync("/workspace/bulk", [.. Desk.FieldsOf(list.QuerySelector("#bulk")!).Where(field => field.Key is not ("act" or "case")).Select(field => (field.Key, field.Value)),
            .. list.QuerySelectorAll("#bulk input[name=case]").Select(box => ("case", box.GetAttribute("value")!)), act]);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        return await Desk.ReadAsync(asked);
    }

    private static async Task<IHtmlDocument> SendAllAsync(Desk desk, IHtmlDocument page, params (string, string)[] typed)
    {
        var fields = page.QuerySelectorAll("#form input[name]").Cast<IHtmlInputElement>().Select(input => (input.Name!, input.Value)).Where(field => typed.All(one => one.Item1 != field.Item1));
        using var sent = await desk.PostAllAsync("/workspace/bulk", [.. fields, .. typed]);
        var answer = await Desk.ReadAsync(sent);
        Assert.True(sent.StatusCode == HttpStatusCode.OK, answer.QuerySelector(".errors")?.TextContent);
        return answer;
    }

    private static async Task<List<AssessmentId>> ListedAsync(Desk desk, string address) =>
        [.. (await desk.OpenAsync(address)).QuerySelectorAll("main tbody th a").Select(a => AssessmentId.TryParse(a.GetAttribute("href")!.Split('/')[^1], out var id, out _) ? id : default)];

    private static List<string> Sorted(params AssessmentId[] ids) => [.. ids.Select(id => id.Value).Order(StringComparer.Ordinal)];
}
