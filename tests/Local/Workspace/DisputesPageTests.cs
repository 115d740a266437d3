using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The page of disputes says of each step to which appeal it belongs, and says where nothing was recorded.</summary>
public sealed class DisputesPageTests
{
    [Fact]
    public async Task With_several_appeals_each_step_has_the_number_of_its_appeal()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var address = $"/workspace/cases/{hub.Young}/disputes";
        Assert.Contains("None have been recorded.", (await desk.OpenAsync(address)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain((await desk.OpenAsync(address)).QuerySelectorAll("main ul"), list => list.ChildElementCount == 0);

        await hub.SubmitAsync(hub.Young, new RecordConsultation(new DateOnly(2026, 8, 20), "They wish for it."));
        await hub.SubmitAsync(hub.Young, new DecideWhetherToAssess(false, "The school can meet the needs with what it has."));
        await hub.StepToAsync(new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.Zero));
        await hub.SubmitAsync(hub.Young, new NoteAppeal(AppealStep.Registered, new DateOnly(2026, 8, 28)));
        using var later = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        Assert.DoesNotContain("(appeal", (await later.OpenAsync(address)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await hub.SubmitAsync(hub.Young, new NoteAppeal(AppealStep.Registered, new DateOnly(2026, 9, 1), Appeal: 2));
        await hub.SubmitAsync(hub.Young, new NoteAppeal(AppealStep.Withdrawn, new DateOnly(2026, 9, 1), Appeal: 1));

        Assert.Equal(
            ["28 August 2026: Registered (appeal 1)", "1 September 2026: Registered (appeal 2)", "1 September 2026: Withdrawn (appeal 1)"],
            (await later.OpenAsync(address)).QuerySelectorAll("main li").Select(line => line.TextContent));
    }
}
