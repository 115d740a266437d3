using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>What a plan costs is recorded by its form, shown in the case, and summed for the council; a family's or agency's view has none of it.</summary>
public sealed class CostsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_band_is_chosen_from_the_councils_own_and_summed()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        var first = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2015, 3, 5));

        using var sent = await desk.SendAsync(
            await desk.OpenAsync($"/workspace/cases/{first}/steps/record-plan-costs"), "main form", ("from/day", "1"), ("from/month", "4"), ("from/year", "2026"), ("band", "D1"));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, sent.StatusCode);
        var page = (await desk.OpenAsync($"/workspace/cases/{first}/costs")).QuerySelector("dl.facts")!.TextContent;
        Assert.Contains("Development band 1 (D1)", page, StringComparison.Ordinal);
        Assert.Contains("£8,500", page, StringComparison.Ordinal);

        // One plan alone is a small count.
        await RefreshAsync(hub);
        Assert.Equal(["Hidden", "Hidden", "Hidden"], Row(await desk.OpenAsync("/workspace/costs"), "All plans in force"));
        for (var n = 0; n < 5; n++)
        {
            var other = await TransfersTests.TakeOverAsync(hub, $"Rowan{n}", new DateOnly(2015, 3, 6 + n));
            await hub.SubmitAsync(other, new RecordPlanCosts(new DateOnly(2026, 4, 1), "D1"));
        }

        await RefreshAsync(hub);
        Assert.Equal(["6", "£36,000", "£15,000"], Row(await desk.OpenAsync("/workspace/costs"), "Development band 1 (D1)"));
        var csv = Encoding.UTF8.GetString(await desk.Client.GetByteArrayAsync("/workspace/costs/csv", Stop));
        Assert.Contains("\"All plans in force\",\"\",\"6\",\"36000\",\"15000\"", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Quill", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_band_that_the_council_does_not_have_or_no_longer_pays_is_refused()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2015, 3, 5));

        Assert.Equal((409, "The council's settings do not contain this band."), await CallAsync(child, """{ "from": "2026-04-01", "band": "X9" }""", "1"));
        Assert.Equal((409, "no-such is not a line of provision in the plan."), await CallAsync(child, """{ "from": "2026-04-01", "lines": [ { "lineId": "no-such", "annualPounds": 10 } ] }""", "2"));
        Assert.Equal((409, "Name a band, or give the costs of lines of provision."), await CallAsync(child, """{ "from": "2026-04-01" }""", "3"));
        Assert.Empty((await hub.Store.LoadAsync(child, Stop)).State.Costs);

        Task<(int, string)> CallAsync(AssessmentId id, string body, string key) => Desk.CallAsync(hub, $"/v1/cases/{id}/record-plan-costs", body, key);
    }

    [Fact]
    public async Task The_personal_budget_stands_below_with_who_is_paid_and_every_decision()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2015, 3, 5));
        await hub.SubmitAsync(child, new EnterPlanText(
            [
                new("b1", PlanSectionLetter.B, "Reads with difficulty."),
                new("e1", PlanSectionLetter.E, "Reads a page alone.", Answers: ["b1"]),
                new("f1", PlanSectionLetter.F, "Teaching of reading.", "A specialist teacher", "weekly", "an hour", ["e1"]),
            ],
            ["Advice of the head teacher."], "The signed plan."));
        var today = LondonDate.Of(hub.Time.GetUtcNow());
        await hub.SubmitAsync(child, new DecideOnBudgetLine("f1", true, today, "Keep the bills.", PersonalBudgetForm.DirectPayment, 2400, today, "Maria Doyle", Excluded: false));
        await hub.SubmitAsync(child, new ChangeBudgetLine("f1", 1200, today.AddDays(40), "Every second week."));

        var page = await desk.OpenAsync($"/workspace/cases/{child}/costs");
        var row = page.QuerySelectorAll("table caption").Single(caption => caption.TextContent.Contains("personal budget", StringComparison.Ordinal)).ParentElement!.QuerySelector("tbody")!.TextContent;
        Assert.Contains("Teaching of reading.", row, StringComparison.Ordinal);
        Assert.Contains("direct payment, Maria Doyle", row, StringComparison.Ordinal);
        Assert.Contains("£2,400", row, StringComparison.Ordinal);
        Assert.Contains("£1,200 a year from", page.QuerySelector("main details")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("main a[href*='record-payment-review']"));
        Assert.NotNull(page.QuerySelector("main a[href*='answer-budget-review']"));
    }

    private static IEnumerable<string> Row(AngleSharp.Html.Dom.IHtmlDocument page, string name) =>
        page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == name).QuerySelectorAll("td").Select(cell => cell.TextContent);

    private static Task RefreshAsync(MonitoredHub hub) => hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
}
