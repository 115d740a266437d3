using System.IO.Compression;
using System.Net;
using AngleSharp.Html.Dom;
using DocumentFormat.OpenXml.Packaging;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>A panel: its agenda, the papers of its cases, its decisions by the forms of their own steps, and its minutes from what is on record.</summary>
public sealed class PanelTests
{
    private const string Today = "/workspace/panel/2026-08-20";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_agenda_has_the_cases_that_wait_for_a_decision_and_notes_each_reading()
    {
        await using var hub = await MonitoredHub.StartAsync();
        await RestrictedCaseTests.RestrictAsync(hub, hub.Planted["closing"], "officer-b");
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        hub.Services.GetRequiredService<WorkspaceOptions>().Teams["North"] = "officer-a";
        await hub.SubmitAsync(hub.Young, new AssignCaseOfficer("officer-a"));
        using var member = await Desk.OfAsync(hub, "member-1", OfficerRole.PanelMember);
        using var named = await Desk.OfAsync(hub, "officer-b", OfficerRole.CaseOfficer);
        using var team = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var other = await Desk.SignInAsync(hub, OfficerRole.TeamManager, Desk.Other);

        // By the next statutory date: the request that came first is due first.
        Assert.Equal([hub.Planted["missed"], hub.Young], await ListedAsync(member, "/workspace/panel"));
        Assert.Equal([hub.Planted["missed"], hub.Planted["closing"], hub.Young], await ListedAsync(named, "/workspace/panel"));
        Assert.Empty(await ListedAsync(other, "/workspace/panel"));
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        Assert.Equal([hub.Young], await ListedAsync(team, "/workspace/panel?of=team"));
        var log = hub.Services.GetRequiredService<IAccessLog>();
        Assert.Equal([("officer-a", "agenda of the panel"), ("officer-b", "agenda of the panel"), ("member-1", "agenda of the panel")], (await log.EntriesAsync(hub.Young, 0, 9, Stop)).Select(one => (one.By, one.What)));
        Assert.Equal(["officer-b"], (await log.EntriesAsync(hub.Planted["closing"], 0, 9, Stop)).Select(one => one.By));

        // Whoever sits on the panel reads, and records nothing.
        var page = await member.OpenAsync("/workspace/panel");
        Assert.Null(page.QuerySelector("#present"));
        Assert.DoesNotContain(page.QuerySelectorAll("main a"), link => link.GetAttribute("href")!.Contains("/steps/", StringComparison.Ordinal));
        using var refused = await member.PostAsync("/workspace/panel", new Dictionary<string, string> { ["case"] = hub.Young.Value });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_case_whose_advice_is_in_waits_for_the_decision_whether_to_issue_a_plan()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        Assert.DoesNotContain(hub.Late, await ListedAsync(desk, "/workspace/panel"));

        await AnswerAllAsync(hub);
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        Assert.Contains(hub.Late, await ListedAsync(desk, "/workspace/panel"));
        Assert.NotNull((await desk.OpenAsync("/workspace/panel")).QuerySelector($"a[href='/workspace/cases/{hub.Late}/steps/decide-whether-to-issue-plan?_back=panel']"));
    }

    [Fact]
    public async Task A_meeting_is_recorded_once_its_decision_by_its_own_form_and_the_minutes_are_made_from_both()
    {
        await using var hub = await MonitoredHub.StartAsync();
        await hub.SubmitAsync(hub.Young, new RecordConsultation(new DateOnly(2026, 8, 18), "The family wants it."));
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var member = await Desk.OfAsync(hub, "member-1", OfficerRole.PanelMember);
        var agenda = await desk.OpenAsync("/workspace/panel");
        using var recorded = await desk.PostAllAsync("/workspace/panel", [.. Fields(agenda, hub.Young, hub.Planted["missed"]), ("present", "J. Farrow, SEND manager (chair)\r\n\r\nM. Okafor, educational psychologist\r\n")]);
        Assert.Equal((HttpStatusCode.Redirect, $"{Today}?done=record-panel"), (recorded.StatusCode, recorded.Headers.Location?.OriginalString));
        foreach (var id in new[] { hub.Young, hub.Planted["missed"] })
        {
            var met = Assert.Single((await hub.Store.LoadAsync(id, Stop)).State.Panels);
            Assert.Equal((new DateOnly(2026, 8, 20), "officer-a"), (met.On, met.By));
            Assert.Equal(["J. Farrow, SEND manager (chair)", "M. Okafor, educational psychologist"], met.Present);
        }

        // From the agenda to the form of the step, its check, and back.
        agenda = await desk.OpenAsync("/workspace/panel");
        var form = await desk.OpenAsync(agenda.QuerySelector($"a[href^='/workspace/cases/{hub.Young}/steps/']")!.GetAttribute("href")!);
        using var decided = await desk.SendAsync(form, "#form", ("assess", "true"), ("reasons", "Two terms of support brought no progress."));
        Assert.Equal("/workspace/panel?done=decide-whether-to-assess", decided.Headers.Location?.OriginalString);
        agenda = await desk.OpenAsync(decided.Headers.Location!.OriginalString);
        Assert.Contains("This has been recorded", agenda.QuerySelector(".done")!.TextContent, StringComparison.Ordinal);
        Assert.Null(agenda.QuerySelector($"input[value='{hub.Young}']"));

        // One member leaves for one case, and the panel puts it off: the form has what is on record.
        form = await desk.OpenAsync($"/workspace/cases/{hub.Planted["missed"]}/steps/record-panel?_back=panel");
        Assert.Equal("M. Okafor, educational psychologist", Desk.FieldsOf(form.QuerySelector("#form")!)["present[1]"]);
        using var putOff = await desk.SendAsync(form, "#form", ("present[1]", ""), ("advice", "Put off: the school’s report is missing."));
        Assert.Equal("/workspace/panel?done=record-panel", putOff.Headers.Location?.OriginalString);
        Assert.Single((await hub.Store.LoadAsync(hub.Planted["missed"], Stop)).State.Panels);

        foreach (var page in new[] { Today, $"{Today}/minutes" })
        {
            var minutes = await member.OpenAsync(page);
            var words = minutes.QuerySelector("main")!.TextContent;
            Assert.Contains("The council decided on 20 August 2026 to assess.", words, StringComparison.Ordinal);
            Assert.Contains("Reasons: Two terms of support brought no progress.", words, StringComparison.Ordinal);
            Assert.Contains("Present for this case: J. Farrow, SEND manager (chair)", words, StringComparison.Ordinal);
            Assert.Contains("Put off: the school’s report is missing.", words, StringComparison.Ordinal);
            Assert.Contains("no decision is on record yet (decide whether to assess)", words, StringComparison.Ordinal);
            Assert.False(AccessTests.ReadsOfChild(minutes.DocumentElement.OuterHtml), "minutes name no child");
        }

        using var word = await member.GetAsync($"{Today}/minutes.docx");
        using var document = WordprocessingDocument.Open(await word.Content.ReadAsStreamAsync(Stop), false);
        Assert.Contains("Reasons: Two terms of support brought no progress.", document.MainDocumentPart!.Document!.InnerText, StringComparison.Ordinal);
        Assert.Equal("minutes of a panel", (await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(hub.Young, 0, 1, Stop))[0].What);

        // A case that is restricted afterwards leaves the minutes of everybody else, and another council has none.
        await RestrictedCaseTests.RestrictAsync(hub, hub.Young, "officer-a");
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        Assert.DoesNotContain(hub.Young.Value, (await member.OpenAsync(Today)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(hub.Young.Value, (await desk.OpenAsync(Today)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var other = await Desk.SignInAsync(hub, OfficerRole.TeamManager, Desk.Other);
        Assert.Contains("No case that you are allowed to see", (await other.OpenAsync(Today)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var odd = await desk.GetAsync("/workspace/panel/yesterday");
        Assert.Equal(HttpStatusCode.NotFound, odd.StatusCode);
    }

    [Fact]
    public async Task A_meeting_that_cannot_be_recorded_comes_back_as_it_was_filled_in()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        var agenda = await desk.OpenAsync("/workspace/panel");

        using var nothing = await desk.PostAllAsync("/workspace/panel", Fields(agenda));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        Assert.Equal([$"#case-{hub.Planted["missed"]}", "#present"], (await Desk.ReadAsync(nothing)).QuerySelectorAll(".errors a").Select(link => link.GetAttribute("href")));

        // A day that has not come, with the case still chosen and the people still there.
        using var early = await desk.PostAllAsync("/workspace/panel", [.. Fields(agenda, hub.Young).Where(field => field.Name != "on/year"), ("on/year", "2027"), ("present", "J. Farrow")]);
        var back = await Desk.ReadAsync(early);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Contains($"Case {hub.Young}: ", back.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("J. Farrow", true), (back.QuerySelector("#present")!.TextContent.Trim(), ((IHtmlInputElement)back.QuerySelector($"input[value='{hub.Young}']")!).IsChecked));

        // Somebody else changed the case meanwhile.
        agenda = await desk.OpenAsync("/workspace/panel");
        await hub.SubmitAsync(hub.Young, new AssignCaseOfficer("officer-b"));
        using var late = await desk.PostAllAsync("/workspace/panel", [.. Fields(agenda, hub.Young), ("present", "J. Farrow")]);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("has changed in the meantime", (await Desk.ReadAsync(late)).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await hub.Store.LoadAsync(hub.Young, Stop)).State.Panels);

        using var nobody = Desk.SignedOut(hub);
        using var signedOut = await nobody.PostAllAsync("/workspace/panel", [.. Fields(agenda, hub.Young), ("present", "J. Farrow")]);
        Assert.Equal(HttpStatusCode.Unauthorized, signedOut.StatusCode);
        Assert.Equal("J. Farrow", Desk.FieldsOf((await Desk.ReadAsync(signedOut)).QuerySelector("main form")!)["present"]);
    }

    [Fact]
    public async Task A_meeting_that_is_recorded_in_some_cases_says_in_which_it_is_not_and_leaves_only_those_chosen()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        var agenda = await desk.OpenAsync("/workspace/panel");
        await RestrictedCaseTests.RestrictAsync(hub, hub.Planted["closing"], "officer-b");
        await hub.SubmitAsync(hub.Young, new AssignCaseOfficer("officer-b"));

        using var some = await desk.PostAllAsync(
            "/workspace/panel", [.. Fields(agenda, hub.Young, hub.Planted["missed"], hub.Planted["closing"]), ("present", "J. Farrow")]);

        var page = await Desk.ReadAsync(some);
        var said = page.QuerySelector(".errors")!.TextContent;
        Assert.Equal(HttpStatusCode.Conflict, some.StatusCode);
        Assert.Contains($"Case {hub.Planted["closing"]}: you cannot open this case", said, StringComparison.Ordinal);
        Assert.Contains($"Case {hub.Young} has changed in the meantime", said, StringComparison.Ordinal);
        Assert.Single((await hub.Store.LoadAsync(hub.Planted["missed"], Stop)).State.Panels);
        Assert.Empty((await hub.Store.LoadAsync(hub.Planted["closing"], Stop)).State.Panels);
        Assert.Equal(
            [hub.Young.Value], page.QuerySelectorAll("input[name=case]").Cast<IHtmlInputElement>().Where(box => box.IsChecked).Select(box => box.Value));

        // Whoever signs in again comes back to the same page of the agenda, where the choice is.
        using var nobody = Desk.SignedOut(hub);
        using var signedOut = await nobody.PostAllAsync("/workspace/panel?page=2", [.. Fields(agenda, hub.Young), ("present", "J. Farrow")]);
        Assert.Equal("/workspace/panel?page=2", (await Desk.ReadAsync(signedOut)).QuerySelector("main form")!.GetAttribute("action"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_papers_are_one_page_and_one_file_with_every_document_that_may_be_given_out(bool served)
    {
        await using var hub = await MonitoredHub.StartAsync(builder => builder.Services.AddSingleton(new KeepingRules { ServeUnscanned = served }));
        await StepFormsTests.AdviseAsync(hub);
        var hash = await DocumentTests.PutAsync(hub, hub.Late);
        using var member = await Desk.OfAsync(hub, "member-1", OfficerRole.PanelMember);

        var page = await member.OpenAsync($"/workspace/cases/{hub.Late}/papers");
        var words = page.QuerySelector("main")!.TextContent;
        Assert.Contains("Moderate bilateral hearing loss.", words, StringComparison.Ordinal);
        Assert.Contains("They wish for it.", words, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"a[href='/workspace/cases/{hub.Late}/documents/{hash}']"));

        using var taken = await member.GetAsync($"/workspace/cases/{hub.Late}/papers/file");
        Assert.Equal($"papers-{hub.Late}.zip", taken.Content.Headers.ContentDisposition!.FileName);
        await using var zip = new ZipArchive(await taken.Content.ReadAsStreamAsync(Stop));
        Assert.Equal(served ? ["documents/01 letter.txt", "papers.docx", "papers.html"] : ["papers.docx", "papers.html"], zip.Entries.Select(entry => entry.FullName).Order());
        using var papers = new StreamReader(await zip.GetEntry("papers.html")!.OpenAsync(Stop));
        var html = await papers.ReadToEndAsync(Stop);
        Assert.Contains("Moderate bilateral hearing loss.", html, StringComparison.Ordinal);
        Assert.Contains(served ? "documents/01 letter.txt" : "letter.txt, not in this file. No malware scanner has found the document clean yet.", html, StringComparison.Ordinal);
        Assert.Equal(
            ["papers for the panel, as a file", "papers for the panel"], (await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(hub.Late, 0, 2, Stop)).Select(one => one.What));
    }

    /// <summary>What the agenda's form sends, with some of its cases chosen.</summary>
    private static IEnumerable<(string Name, string Value)> Fields(IHtmlDocument agenda, params AssessmentId[] chosen) =>
        Desk.FieldsOf(agenda.QuerySelector("#meeting")!).Where(field => field.Key is not ("case" or "present")).Select(field => (field.Key, field.Value))
            .Concat(chosen.Select(id => ("case", id.Value)));

    private static async Task<IReadOnlyList<AssessmentId>> ListedAsync(Desk desk, string address) =>
        [.. (await desk.OpenAsync(address)).QuerySelectorAll("main tbody th a").Select(link => AssessmentId.TryParse(link.GetAttribute("href")!.Split('/')[^1], out var id, out _) ? id : default)];

    /// <summary>Every request of the late case is withdrawn but one, which is answered.</summary>
    private static async Task AnswerAllAsync(MonitoredHub hub)
    {
        await StepFormsTests.AdviseAsync(hub);
        foreach (var request in (await hub.Store.LoadAsync(hub.Late, Stop)).State.Requests.Where(one => one.IsOpen))
        {
            await hub.SubmitAsync(hub.Late, new WithdrawAdviceRequest(request.Id, "It is not needed."));
        }
    }
}
