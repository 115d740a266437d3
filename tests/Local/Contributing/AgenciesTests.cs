using System.Net;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Contributing;

/// <summary>Who is reached how, as agencies.json and notice-directory.json say it, and a test that goes the way of the requests.</summary>
public sealed class AgenciesTests
{
    [Fact]
    public async Task The_directory_shows_the_way_the_contacts_and_what_is_owed_to_the_own_council()
    {
        await using var hub = await School.HubAsync();
        await hub.DecideAsync("asked", assess: true);
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(TestContext.Current.CancellationToken);
        using var own = await SignInAsync(hub, OfficerRole.CaseOfficer);
        using var other = await SignInAsync(hub, OfficerRole.Auditor, "331");

        var lines = Lines(await own.OpenAsync("/workspace/agencies"));

        var school = Assert.Single(lines, line => line.Contains("urn:100001", StringComparison.Ordinal));
        Assert.Contains("Example Primary School", school, StringComparison.Ordinal);
        Assert.Contains("The agency receives a message with a link", school, StringComparison.Ordinal);
        Assert.Contains($"contributor: {School.Mail}", school, StringComparison.Ordinal);
        Assert.EndsWith("| 1 | 0", school, StringComparison.Ordinal);
        Assert.Contains("fetches requests", Assert.Single(lines, line => line.Contains("ods:RX1", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("The agency is not listed", Assert.Single(lines, line => line.Contains("la:330/social-care", StringComparison.Ordinal)), StringComparison.Ordinal);

        // Another council sees who is reached how, and nothing of what is owed to this one.
        var elsewhere = Lines(await other.OpenAsync("/workspace/agencies"));
        Assert.EndsWith("| 0 | 0", Assert.Single(elsewhere, line => line.Contains("urn:100001", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(elsewhere, line => line.Contains("la:330/social-care", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_goes_the_way_of_the_requests_and_its_answer_is_shown()
    {
        await using var hub = await School.HubAsync();
        using var manager = await SignInAsync(hub, OfficerRole.TeamManager);
        var list = await manager.OpenAsync("/workspace/agencies");
        var page = await manager.OpenAsync(list.QuerySelector("tbody a")!.GetAttribute("href")!);
        Assert.Equal(School.Id, page.QuerySelector("input[name=agency][checked]")!.GetAttribute("value"));
        Assert.Single(page.QuerySelectorAll("input[name=agency]"));

        using var answer = await manager.SendAsync(page, "main form");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("“post box” accepted the message", (await Desk.ReadAsync(answer)).QuerySelector(".done")!.TextContent, StringComparison.Ordinal);
        var message = Assert.Single(hub.Post.Sent);
        Assert.Equal((School.Mail, "330"), (message.Address!.Mail, message.Council));
        Assert.Contains("This message tests how a council sends you requests for advice", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http", message.Text, StringComparison.Ordinal);
        Assert.Contains(hub.Log.Lines, line => line.Contains("tested sending to urn:100001 (Web)", StringComparison.Ordinal));
        Assert.DoesNotContain(hub.Log.Lines, line => line.Contains(School.Mail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", true, "must name a contributor for urn:100001")]
    [InlineData(School.Mail, false, "no channel of the hub sends messages")]
    public async Task A_test_that_reaches_nobody_says_so(string mail, bool sends, string says)
    {
        await using var hub = await LetterHub.StartAsync(web: new Dictionary<string, string> { [School.Id] = mail }, sends: sends);
        using var manager = await SignInAsync(hub, OfficerRole.BusinessSupport);

        using var answer = await manager.SendAsync(await manager.OpenAsync($"/workspace/agencies/test?agency={School.Id}"), "main form");

        Assert.Contains(says, (await Desk.ReadAsync(answer)).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(hub.Post.Sent);
    }

    [Fact]
    public async Task Nothing_is_sent_to_who_cannot_be_tried_nor_for_who_may_not()
    {
        await using var hub = await School.HubAsync();
        using var manager = await SignInAsync(hub, OfficerRole.TeamManager);
        var page = await manager.OpenAsync("/workspace/agencies/test");
        foreach (var agency in (string[])["", "ods:RX1", "urn:100009", "rubbish"])
        {
            using var refused = await manager.SendAsync(page, "main form", ("agency", agency));
            Assert.Equal((agency, HttpStatusCode.UnprocessableEntity), (agency, refused.StatusCode));
        }

        using var forged = await manager.PostAsync("/workspace/agencies/test", new Dictionary<string, string> { ["agency"] = School.Id });
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        foreach (var role in Enum.GetValues<OfficerRole>().Except([OfficerRole.TeamManager, OfficerRole.BusinessSupport]))
        {
            using var officer = await SignInAsync(hub, role);
            using var closed = await officer.PostAsync("/workspace/agencies/test", new Dictionary<string, string> { ["agency"] = School.Id });
            Assert.Equal((role, HttpStatusCode.Redirect), (role, closed.StatusCode));
            Assert.Contains("/workspace/not-allowed", closed.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        Assert.Empty(hub.Post.Sent);
    }

    private static List<string> Lines(AngleSharp.Html.Dom.IHtmlDocument page) =>
        [.. page.QuerySelectorAll("tbody tr").Select(row => string.Join(" | ", row.QuerySelectorAll("th, td").Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))))];

    private static async Task<Desk> SignInAsync(LetterHub hub, OfficerRole role, string council = "330")
    {
        var desk = Desk.Of(hub.Browser());
        using var entered = await desk.SendAsync(await desk.OpenAsync("/workspace/sign-in"), "main form", ("role", OfficerRoles.Name(role)), ("council", council));
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        return desk;
    }
}
