using System.Net;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The children who change phase in a year: expected, confirmed by the form, late, sent; as a page and as a file.</summary>
public sealed class TransfersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_expected_to_change_phase_is_confirmed_followed_and_done()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var child = await TakeOverAsync(hub, "Quill", new DateOnly(2016, 3, 5));
        var other = await TakeOverAsync(hub, "Rowan", new DateOnly(2016, 3, 6));
        await TakeOverAsync(hub, "Younger", new DateOnly(2018, 3, 5));

        var page = await desk.OpenAsync("/workspace/transfers?year=2027");
        Assert.Equal(2, page.QuerySelectorAll("tbody td[data-label=Preference]").Length);
        Assert.Equal("2", page.QuerySelector("td[data-label='To be confirmed']")!.TextContent);
        var log = hub.Services.GetRequiredService<IAccessLog>();
        Assert.Equal("phase transfers", (await log.EntriesAsync(child, 0, 1, Stop))[0].What);

        // The link fills in the form, which is sent unchanged.
        var link = page.QuerySelectorAll("a").Single(a => a.TextContent.Contains("Confirm the transfer, or record that Alex Quill stays", StringComparison.Ordinal)).GetAttribute("href")!;
        using var sent = await desk.SendAsync(await desk.OpenAsync(link), "main form", ("preferenceAskedOn/day", "19"), ("preferenceAskedOn/month", "8"), ("preferenceAskedOn/year", "2026"), ("preference", "The school by the river."));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal(new PhaseTransfer(TransferOfPhase.PrimaryToSecondary, new DateOnly(2027, 9, 1), new DateOnly(2026, 8, 19), "The school by the river."), Assert.Single((await hub.Store.LoadAsync(child, Stop)).State.PhaseTransfers));
        Assert.Contains("From primary to secondary school, 1 September 2027", (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelector("dl.facts")!.TextContent, StringComparison.Ordinal);
        await hub.SubmitAsync(other, new RecordPhaseTransfer(TransferOfPhase.Stays, new DateOnly(2027, 9, 1), Reasons: "The school teaches up to nineteen."));
        await RefreshAsync(hub);

        var confirmed = await desk.OpenAsync("/workspace/transfers?year=2027&step=PreferenceAsked");
        Assert.Equal("Due 14 February 2027", Assert.Single(confirmed.QuerySelectorAll("td[data-label=Plan]")).TextContent.Trim());
        Assert.Contains("The school by the river.", confirmed.QuerySelector("td[data-label=Preference]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", confirmed.QuerySelector("td[data-label=Children]")!.TextContent);

        await hub.StepToAsync(new DateTimeOffset(2027, 2, 15, 9, 0, 0, TimeSpan.Zero));
        await RefreshAsync(hub);
        using var later = await Desk.SignInAsync(hub, OfficerRole.Auditor);
        Assert.Contains("Overdue", Assert.Single((await later.OpenAsync("/workspace/transfers?year=2027&late=yes")).QuerySelectorAll("td[data-label=Plan]")).TextContent, StringComparison.Ordinal);
        await hub.SubmitAsync(child, new RecordAct(Act.TransferPlanSent, new DateOnly(2027, 2, 15), "By letter."));
        await RefreshAsync(hub);
        Assert.Empty((await later.OpenAsync("/workspace/transfers?year=2027&late=yes")).QuerySelectorAll("td[data-label=Plan]"));
        var lines = (await later.Client.GetStringAsync("/workspace/transfers/csv?year=2027", Stop)).Split("\r\n");
        Assert.Contains("\"Quill\"", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("\"Plan sent\",\"2027-02-14\",\"no\",\"2027-02-15\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restricted_cases_and_those_of_another_council_are_not_listed()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var child = await TakeOverAsync(hub, "Quill", new DateOnly(2016, 3, 5));
        using var other = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer, Desk.Other);
        Assert.Empty((await other.OpenAsync("/workspace/transfers?year=2027")).QuerySelectorAll("tbody tr"));

        await hub.SubmitAsync(child, new RestrictCase(["somebody-else"], "A risk at home."));
        await RefreshAsync(hub);
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        Assert.Empty((await desk.OpenAsync("/workspace/transfers?year=2027")).QuerySelectorAll("tbody tr"));
    }

    internal static async Task<AssessmentId> TakeOverAsync(MonitoredHub hub, string name, DateOnly born)
    {
        var id = AssessmentId.For(Desk.Own, $"transfer-{name}");
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, System.Text.Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        var facts = ((OpenAssessment)open!).Facts;
        await hub.SubmitAsync(id, new OpenAssessment(facts with
        {
            ReceivedOn = new DateOnly(2023, 1, 9),
            Child = facts.Child with { GivenName = "Alex", FamilyName = name, DateOfBirth = born, NhsNumber = null, Upn = null },
            Family = facts.Family with { ElectronicServiceAgreedOn = null },
            TakenOver = new TakenPlan { IssuedOn = new DateOnly(2023, 5, 3), LastReviewedOn = new DateOnly(2026, 5, 5), Source = "return.xml" },
        }));
        await RefreshAsync(hub);
        return id;
    }

    private static Task RefreshAsync(MonitoredHub hub) => hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
}
