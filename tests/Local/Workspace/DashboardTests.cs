using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The dashboard counts the council's cases, by officer and by week, and names no child.</summary>
public sealed class DashboardTests
{
    [Fact]
    public async Task Counts_are_those_of_the_cases_and_no_child_is_named()
    {
        await using var hub = await MonitoredHub.StartAsync();
        await hub.SubmitAsync(hub.Late, new AssignCaseOfficer("officer-a"));
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(TestContext.Current.CancellationToken);
        using var own = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        using var other = await Desk.SignInAsync(hub, OfficerRole.TeamManager, Desk.Other);

        var page = await own.OpenAsync("/workspace/dashboard");
        var rows = page.QuerySelector("table")!.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))).ToList();

        // Received on 1 June; today is 20 August: 11 weeks. Of the six open cases five are nobody's.
        Assert.Contains("officer-a|1|1|11|11", rows);
        Assert.Contains(rows, row => row.StartsWith("No case officer|5|", StringComparison.Ordinal));
        Assert.All(MonitoredHub.OfTheChild, word => Assert.DoesNotContain(word, page.DocumentElement.TextContent, StringComparison.Ordinal));
        Assert.Empty((await other.OpenAsync("/workspace/dashboard")).QuerySelector("table")!.QuerySelectorAll("tbody tr"));
    }
}
