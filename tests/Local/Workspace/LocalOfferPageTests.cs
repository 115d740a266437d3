using System.Net;
using System.Text;
using IntegrationHub.Functions.LocalOffer;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The Local Offer beside a plan: by the child's age at first, then by what is typed, of the child's own council alone.</summary>
public sealed class LocalOfferPageTests
{
    private const string Feed = """
        [ { "id": "a1", "name": "Saturday <club>", "description": "Play for autistic children.", "url": "https://club.example/", "minimum_age": 5, "maximum_age": 12, "last_modified": "2026-05-01" },
          { "id": "a2", "name": "Toddler group", "maximum_age": 4 }, { "id": "a3", "name": "Family advice" } ]
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_finds_what_fits_the_age_and_the_words()
    {
        await using var hub = await MonitoredHub.StartAsync();
        await ImportAsync(hub.Services.GetRequiredService<OfferStore>());
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2015, 3, 5));
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);

        var page = await desk.OpenAsync($"/workspace/cases/{child}/local-offer");
        Assert.Equal(["Family advice", "Saturday <club>"], Names(page));
        Assert.Contains("Last updated on 1 May 2026", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The date of the last update is not known", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var narrow = await desk.SendAsync(page, "main form", ("words", "autistic play"));
        Assert.Equal(["Saturday <club>"], Names(await Desk.ReadAsync(narrow)));
        using var wrong = await desk.SendAsync(page, "main form", ("age", "old"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        // Another council has its own offer: here, none.
        using var other = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer, Desk.Other);
        using var absent = await other.GetAsync($"/workspace/cases/{child}/local-offer");
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    internal static async Task ImportAsync(OfferStore store) =>
        Assert.True((await OfferImport.RunAsync("feed.json", [("feed.json", Encoding.UTF8.GetBytes(Feed))], Desk.Own, new DateOnly(2026, 8, 20), store, acceptSmaller: false, Stop)).IsKept);

    internal static IEnumerable<string> Names(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelectorAll("ul.lines > li > strong").Select(name => name.TextContent);
}
