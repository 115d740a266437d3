using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The page of the SEN2 return: what is to be put right leads to the form that does it, files go to whoever may have them, and every reading is on the log.</summary>
public sealed class ReturnPageTests
{
    private const string Address = "/workspace/sen2";
    private const string First = "/workspace/sen2/2027/1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_stands_against_a_case_leads_to_a_form_that_puts_it_right_and_is_gone_from_the_next_return()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.OfAsync(hub, "manager-1", OfficerRole.TeamManager);
        Assert.Contains("No return of 2027 has been built yet.", Text(await desk.OpenAsync(Address)), StringComparison.Ordinal);

        // All cases are of one child: what is missing of the child is put right in the newest.
        var built = await BuildAsync(desk);
        var ofTheChild = Rows(built).Where(row => Faults(row).Any(fault => fault.StartsWith("Sex: This item is missing but is required.", StringComparison.Ordinal))).ToList();
        Assert.True(ofTheChild.Count == 1, Text(built));
        var newest = ofTheChild[0].QuerySelector("th a")!.TextContent;
        Assert.Contains(Rows(built).Where(row => row.QuerySelector("th a")!.TextContent == hub.Late.Value).SelectMany(Faults), fault => fault.StartsWith("RYA: This item is missing but is required.", StringComparison.Ordinal));

        // Each link opens its form.
        foreach (var link in built.QuerySelectorAll("main td li a").Select(a => a.GetAttribute("href")!).Distinct())
        {
            Assert.NotNull((await desk.OpenAsync(link)).QuerySelector("#form"));
        }

        Assert.True(Contracts.Identifiers.AssessmentId.TryParse(newest, out var id, out _));
        await hub.SubmitAsync(id, new RecordChildFacts(Sex.Male, "WBRI", InYouthAccommodation: false));
        await RefreshAsync(hub);
        var again = await BuildAsync(desk);
        Assert.DoesNotContain(Rows(again).SelectMany(Faults), fault => fault.StartsWith("Sex", StringComparison.Ordinal) || fault.StartsWith("Ethnicity", StringComparison.Ordinal));

        var row = Assert.Single((await desk.OpenAsync($"{Address}/2027/2/changes")).QuerySelectorAll("main tbody tr"));
        Assert.Contains(newest, row.QuerySelectorAll("th a").Select(a => a.TextContent));
        var items = row.QuerySelectorAll("li").Select(Words).Order(StringComparer.Ordinal).ToList();
        Assert.Equal((3, "Ethnicity: not given → WBRI", "Sex: not given → M"), (items.Count, items[0], items[2]));
        Assert.Matches("^Requests [0-9]+/RYA: not given → 0$", items[1]);
        using var none = await desk.GetAsync($"{First}/changes");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        var readings = await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(hub.Late, 0, 100, Stop);
        Assert.Equal((3, 1), (readings.Count(r => r is { What: "SEN2 return: faults", By: "manager-1" }), readings.Count(r => r.What == "SEN2 return: changes")));
        Assert.All(MonitoredHub.OfTheChild, word => Assert.All(hub.Log.Lines, line => Assert.DoesNotContain(word, line, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_files_are_those_that_were_kept_and_each_case_in_them_is_on_the_log_before_they_go_out()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.OfAsync(hub, "manager-1", OfficerRole.TeamManager);
        await BuildAsync(desk);

        using var xml = await desk.GetAsync($"{First}/sen2.xml");
        var persons = XDocument.Load(await xml.Content.ReadAsStreamAsync(Stop)).Descendants("Person").ToList();
        Assert.Equal(("application/xml", "sen2-2027-1.xml"), (xml.Content.Headers.ContentType!.MediaType, xml.Content.Headers.ContentDisposition!.FileName));
        Assert.Equal("Example", Assert.Single(persons).Element("Surname")!.Value);
        using var zip = await desk.GetAsync($"{First}/tables.zip");
        using var tables = new ZipArchive(await zip.Content.ReadAsStreamAsync(Stop));
        Assert.Equal(Sen2Layout.Newest.Blocks.Count, tables.Entries.Count);

        foreach (var id in hub.Planted.Values.Append(hub.Late))
        {
            var readings = await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(id, 0, 100, Stop);
            Assert.Equal(2, readings.Count(r => r is { What: "SEN2 return as a file", By: "manager-1" }));
        }

        // Another council has none of this number, and one without children has nothing to put right.
        using var other = await Desk.SignInAsync(hub, OfficerRole.TeamManager, Desk.Other);
        using var absent = await other.GetAsync($"{First}/sen2.xml");
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        Assert.Contains("The return has no errors and no doubts.", Text(await BuildAsync(other)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_officer_sees_what_is_to_be_put_right_and_has_neither_the_files_nor_the_button()
    {
        await using var hub = await MonitoredHub.StartAsync();
        await hub.SubmitAsync(hub.Late, new AssignCaseOfficer("officer-a"));
        await RefreshAsync(hub);
        using var manager = await Desk.OfAsync(hub, "manager-1", OfficerRole.TeamManager);
        await BuildAsync(manager);
        using var officer = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);

        var page = await officer.OpenAsync($"{Address}?of=mine");
        Assert.Equal([hub.Late.Value], page.QuerySelectorAll("main th a[href*='/cases/']").Select(a => a.TextContent));
        Assert.Null(page.QuerySelector("#build"));
        Assert.Empty(page.QuerySelectorAll("a[href*='sen2.xml'], a[href*='tables.zip'], a[href*='changes']"));
        var kind = page.QuerySelectorAll("main tbody tr").First(row => row.QuerySelector("th a[href*='kind=']") is not null);
        var item = kind.QuerySelector("td[data-label=Item]")!.TextContent;
        var one = await officer.OpenAsync(kind.QuerySelector("th a")!.GetAttribute("href")!);
        Assert.All(one.QuerySelectorAll("main td li strong"), strong => Assert.Equal($"{item}:", strong.TextContent.Trim()));
        Assert.NotEmpty(one.QuerySelectorAll("main td li strong"));

        using var closed = await officer.PostAsync(Address, new Dictionary<string, string> { ["year"] = "2027" });
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        using var forged = await manager.PostAsync(Address, new Dictionary<string, string> { ["year"] = "2027" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.StatusCode);
        Assert.Equal(["1"], (await manager.OpenAsync(Address)).QuerySelectorAll("main td[data-label=Files]").Select(cell => cell.ParentElement!.QuerySelector("th")!.FirstChild!.TextContent.Trim()));
    }

    [Fact]
    public async Task A_restricted_case_is_counted_and_not_listed_and_the_files_go_only_to_whoever_may_see_it()
    {
        await using var hub = await MonitoredHub.StartAsync();
        await hub.SubmitAsync(hub.Late, new RestrictCase(["named"], "Staff know the family."), new Actor { Role = ActorRole.CouncilOfficer, Id = "named" });
        await RefreshAsync(hub);
        using var named = await Desk.OfAsync(hub, "named", OfficerRole.TeamManager);
        using var other = await Desk.OfAsync(hub, "not-named", OfficerRole.TeamManager);
        Assert.Contains(hub.Late.Value, Text(await BuildAsync(named)), StringComparison.Ordinal);

        var page = await other.OpenAsync(Address);
        Assert.DoesNotContain(hub.Late.Value, Text(page), StringComparison.Ordinal);
        Assert.Contains("the cases are restricted to others", Text(page), StringComparison.Ordinal);
        foreach (var file in new[] { "sen2.xml", "tables.zip" })
        {
            using var refused = await other.GetAsync($"{First}/{file}");
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.False(AccessTests.ReadsOfChild(await refused.Content.ReadAsStringAsync(Stop)));
            using var given = await named.GetAsync($"{First}/{file}");
            Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        }

        Assert.DoesNotContain(await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(hub.Late, 0, 1000, Stop), reading => reading.By == "not-named");
    }

    /// <summary>Asks for the return to be built, and returns the page that says so.</summary>
    internal static async Task<IHtmlDocument> BuildAsync(Desk desk)
    {
        using var built = await desk.SendAsync(await desk.OpenAsync(Address), "#build");
        Assert.Equal((HttpStatusCode.Redirect, "/workspace/sen2?year=2027&done=built"), (built.StatusCode, built.Headers.Location!.OriginalString));
        var page = await desk.OpenAsync(built.Headers.Location.OriginalString);
        Assert.NotNull(page.QuerySelector(".done"));
        return page;
    }

    private static string Text(IHtmlDocument page) => Words(page.QuerySelector("main")!);

    /// <summary>The rows of the table by case.</summary>
    private static IEnumerable<IElement> Rows(IHtmlDocument page) => page.QuerySelectorAll("main tbody tr").Where(row => row.QuerySelector("td ul") is not null);

    /// <summary>What stands against the case of a row, without the mark of its weight.</summary>
    private static IEnumerable<string> Faults(IElement row) => row.QuerySelectorAll("li").Select(item => Words(item).Split(' ', 2)[1]);

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Task RefreshAsync(MonitoredHub hub) => hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
}
