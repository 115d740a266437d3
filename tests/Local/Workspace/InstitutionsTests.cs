using System.Net;
using System.Text;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The search in the register of schools, and what the form of a step knows of it.</summary>
public sealed class InstitutionsTests
{
    private const string Register =
        "URN,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),CloseDate,PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,Section41Approved (name),SEN1 (name),Easting,Northing\r\n"
        + "100001,Millbrook <School>,Community school,Open,,Primary,4,11,Not applicable,,400000,300000\r\n"
        + "100002,Hillside Special School,Other independent special school,Open,,Not applicable,3,19,Approved,ASD - Autistic,403219,300000\r\n"
        + "100003,Old Mill School,Community school,Closed,31-08-2024,Primary,4,11,Not applicable,,,\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_finds_a_school_and_the_form_is_filled_in()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        await ImportAsync(hub);

        var page = await desk.OpenAsync($"/workspace/institutions?for={hub.Late}&near=100001&miles=2.5");
        Assert.Equal(["Millbrook <School>URN 100001", "Hillside Special SchoolURN 100002"], page.QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["0.0", "2.0"], page.QuerySelectorAll("td[data-label=Miles]").Select(cell => cell.TextContent));

        // The distance in between the two is two miles: one mile finds the school itself alone.
        Assert.Single((await desk.OpenAsync("/workspace/institutions?near=100001&miles=1")).QuerySelectorAll("tbody tr"));
        Assert.Empty((await desk.OpenAsync("/workspace/institutions?q=old+mill")).QuerySelectorAll("tbody tr"));
        Assert.Contains("Closed on 31 August 2024", (await desk.OpenAsync("/workspace/institutions?q=old+mill&closed=yes")).QuerySelector("tbody th")!.TextContent, StringComparison.Ordinal);
        var link = page.QuerySelectorAll("td[data-label=Consult] a")[1].GetAttribute("href")!;
        Assert.EndsWith("/steps/consult-institution?institution.id=urn%3A100002&institution.name=Hillside%20Special%20School", link, StringComparison.Ordinal);
        var form = await desk.OpenAsync(link);
        Assert.Equal("Hillside Special School", form.QuerySelector("[name='institution.name']")!.GetAttribute("value"));
        Assert.Contains(form.QuerySelectorAll("a"), a => a.GetAttribute("href") == $"/workspace/institutions?for={hub.Late}");
    }

    [Theory]
    [InlineData("near=12", "near")]
    [InlineData("miles=far&near=100001", "miles")]
    [InlineData("miles=3", "near")]
    [InlineData("age=old", "age")]
    public async Task What_cannot_be_read_is_said_at_its_field_and_comes_back(string query, string field)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.Auditor);
        await ImportAsync(hub);

        using var answer = await desk.GetAsync($"/workspace/institutions?{query}");
        var page = await Desk.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal($"#{field}", page.QuerySelector(".errors a")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector("tbody"));
        Assert.Equal(query.Split('&')[0].Split('=')[1], page.QuerySelector($"[name={query.Split('=')[0]}]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Without_a_register_the_page_says_how_one_is_imported()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);

        Assert.Contains("institutions import", (await desk.OpenAsync("/workspace/institutions")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    internal static async Task ImportAsync(MonitoredHub hub)
    {
        var result = await InstitutionImport.RunAsync(
            "invented.csv", Encoding.ASCII.GetBytes(Register), null, new DateOnly(2026, 8, 20), hub.Services.GetRequiredService<InstitutionStore>(), acceptSmaller: false, Stop);
        Assert.Equal(ImportOutcome.Kept, result.End);
    }
}
