using System.Net;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>An officer makes a list of schools for one child; what is shared is what the page said, and nothing about the child is part of an address.</summary>
public sealed class SchoolListTests
{
    private const string Register =
        "URN,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),OpenDate,CloseDate,PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,Section41Approved (name),SEN1 (name),SchoolCapacity,NumberOfPupils,Easting,Northing\r\n"
        + "100001,Millbrook <School>,Community school,Open,,,Primary,4,11,Not applicable,,420,401,400000,300000\r\n"
        + "100002,Hillside Special School,Other independent special school,Open,,,Not applicable,3,19,Approved,ASD - Autistic,90,,403219,300000\r\n"
        + "100003,Old Mill High School,Community school,Closed,,31-08-2024,Secondary,11,16,Not applicable,,,,,\r\n"
        + "100004,Riverside High School,Academy converter,Open,,,Secondary,11,18,Not applicable,,900,910,416093,300000\r\n"
        + "100005,Northgate College,Other independent school,Open,,,Secondary,11,18,Not approved,,,,,\r\n"
        + "100006,New High School,Free schools,Proposed to open,01-09-2030,,Secondary,11,18,Not applicable,,,,,\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_ticked_is_shared_with_the_reasons_that_the_page_gave()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var child = await SeedAsync(hub);
        var address = $"/workspace/cases/{child}/schools";

        // Eleven at the end of August 2026: the primary school is left behind. What does not open in time, or has closed, is not listed.
        var page = await desk.OpenAsync(address);
        Assert.Equal(["Hillside Special School", "Northgate College", "Riverside High School"], page.QuerySelectorAll("tbody th label").Select(label => label.TextContent));
        Assert.All(page.QuerySelectorAll("td[data-label=Miles]"), cell => Assert.Equal("Not known", cell.TextContent));
        Assert.Contains("The register lists provision for autistic spectrum disorder.", page.QuerySelector("td[data-label='Why the school may be suitable']")!.TextContent, StringComparison.Ordinal);

        // From the present school, which is not the home; the college without a place on the grid fits no number of miles.
        using var near = await desk.SendAsync(page, "#form", ("from", "setting"), ("miles", "5"), ("_act", "search"));
        var found = await Desk.ReadAsync(near);
        Assert.Equal("Hillside Special School", Assert.Single(found.QuerySelectorAll("tbody th label")).TextContent);
        Assert.Equal("2.0", found.QuerySelector("td[data-label=Miles]")!.TextContent);
        Assert.Contains("not from the home", found.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        using var sent = await desk.SendAsync(found, "#form", ("school", "100002"), ("note-100002", "It has open days."), ("note", "As we discussed."), ("_act", "share"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.DoesNotContain("100002", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        var list = (await hub.Store.LoadAsync(child, Stop)).State.SchoolList!;
        var listed = Assert.Single(list.Schools);
        Assert.Equal(("As we discussed.", "It has open days.", "Hillside Special School"), (list.Note, listed.Note, listed.Institution.Name));
        Assert.Contains("You have a right to ask for this school or college to be named in the plan.", listed.Why);
        Assert.Contains("It is not known whether there is a free place. The register gives 90 places but no number of pupils.", listed.NotKnown);
        Assert.DoesNotContain(listed.Why.Concat(listed.NotKnown), text => text.Contains("mile", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Only_what_the_family_may_ask_for_by_right_is_found_on_wish()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var child = await SeedAsync(hub);

        using var answer = await desk.SendAsync(await desk.OpenAsync($"/workspace/cases/{child}/schools"), "#form", ("right", "yes"), ("phase", "Secondary"), ("_act", "search"));
        var page = await Desk.ReadAsync(answer);

        // A special school has no phase, and stays.
        Assert.Equal(["Hillside Special School", "Riverside High School"], page.QuerySelectorAll("tbody th label").Select(label => label.TextContent));
        var all = await desk.OpenAsync($"/workspace/cases/{child}/schools");
        Assert.Contains("You do not have a right to ask for this kind of school", all.QuerySelectorAll("td[data-label='What is not known']")[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("easting", "far", "easting")]
    [InlineData("easting", "400000", "northing")]
    [InlineData("miles", "3", "miles")]
    [InlineData("start/month", "13", "start")]
    public async Task What_cannot_be_read_is_said_at_its_field_and_nothing_is_shared(string field, string typed, string at)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var child = await SeedAsync(hub);

        using var answer = await desk.SendAsync(await desk.OpenAsync($"/workspace/cases/{child}/schools"), "#form", (field, typed), ("school", "100002"), ("_act", "share"));
        var page = await Desk.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal($"#{at}", page.QuerySelector(".errors a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector($"#{at}"));
        Assert.Equal(typed, page.QuerySelector($"[name='{field}']")!.GetAttribute("value"));
        Assert.True(page.QuerySelector("#school-100002")!.HasAttribute("checked"));
        Assert.Null((await hub.Store.LoadAsync(child, Stop)).State.SchoolList);
    }

    [Fact]
    public async Task Whoever_may_only_read_shares_nothing_and_nobody_shares_without_a_tick_or_from_elsewhere()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var child = await SeedAsync(hub);
        var address = $"/workspace/cases/{child}/schools";
        using var reader = await Desk.SignInAsync(hub, OfficerRole.Auditor);
        Assert.Null((await reader.OpenAsync(address)).QuerySelector("#send"));
        using var refused = await reader.SendAsync(await reader.OpenAsync(address), "#form", ("school", "100002"), ("_act", "share"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        using var empty = await desk.SendAsync(await desk.OpenAsync(address), "#form", ("_act", "share"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var elsewhere = await desk.PostAsync(address, new Dictionary<string, string> { ["school"] = "100002", ["_act"] = "share", ["_once"] = "abc" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, elsewhere.StatusCode);
        using var signedOut = Desk.SignedOut(hub);
        using var nobody = await signedOut.PostAsync(address, new Dictionary<string, string> { ["school"] = "100002", ["_act"] = "share" });
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        using var other = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer, Desk.Other);
        using var absent = await other.PostAsync(address, new Dictionary<string, string> { ["school"] = "100002", ["_act"] = "share" });
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        Assert.Null((await hub.Store.LoadAsync(child, Stop)).State.SchoolList);
    }

    [Fact]
    public async Task Placements_have_their_days_and_days_without_one_are_named()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var child = await SeedAsync(hub);
        await hub.SubmitAsync(child, new RecordSchoolPlace(Place(100001), new DateOnly(2020, 9, 1), new DateOnly(2026, 7, 20)));
        await hub.SubmitAsync(child, new RecordSchoolPlace(new SchoolPlace { Rank = 1, Setting = SenSetting.Ehe }, new DateOnly(2026, 8, 1)));

        var table = (await desk.OpenAsync($"/workspace/cases/{child}/schools")).QuerySelector("[aria-label='Where the child was actually educated']")!;

        Assert.Equal(["1 September 2020", "1 August 2026"], table.QuerySelectorAll("td[data-label='First day']").Select(cell => cell.TextContent));
        Assert.Equal(["20 July 2026", "Continuing"], table.QuerySelectorAll("td[data-label='Last day']").Select(cell => cell.TextContent));
        Assert.StartsWith("Millbrook <School>", table.QuerySelector("tbody th")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("No place on record: 21 July 2026 to 31 July 2026", table.NextElementSibling!.QuerySelector("li")!.TextContent);

        static SchoolPlace Place(int urn) => new() { Rank = 1, Institution = AgencyId.TryParse(FormattableString.Invariant($"urn:{urn}"), out var id, out var problem) ? id : throw new FormatException(problem) };
    }

    internal static async Task<AssessmentId> SeedAsync(MonitoredHub hub)
    {
        var result = await InstitutionImport.RunAsync(
            "invented.csv", Encoding.ASCII.GetBytes(Register), null, new DateOnly(2026, 8, 20), hub.Services.GetRequiredService<InstitutionStore>(), acceptSmaller: false, Stop);
        Assert.Equal(ImportOutcome.Kept, result.End);
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2015, 3, 5));
        await hub.SubmitAsync(child, new RecordChildFacts(Needs: [SenNeed.Asd]));
        return child;
    }
}
