using System.Net;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>Notes and calls are the council's alone; other cases of the child and the family are shown to who may see them.</summary>
public sealed class NoteTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_stands_on_the_case_page_and_is_read_by_nobody_outside_the_council()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var finance = await Desk.OfAsync(hub, "officer-f", OfficerRole.Finance);
        using var family = hub.Client();
        using var sent = await desk.SendAsync(
            await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/record-note"), "#form", ("kind", "CallReceived"), ("text", "Zorblatt will call back."), ("with", "A neighbour"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);

        var notes = (await desk.OpenAsync($"/workspace/cases/{hub.Late}")).QuerySelector("section[aria-labelledby=notes]")!.TextContent;
        Assert.Contains("A telephone call received, 20 August 2026, with A neighbour", notes, StringComparison.Ordinal);
        Assert.Contains("By officer-a", notes, StringComparison.Ordinal);
        Assert.Null((await finance.OpenAsync($"/workspace/cases/{hub.Late}")).QuerySelector("section[aria-labelledby=notes]"));
        using var operations = await hub.SignedInAsync("operator");
        foreach (var (reader, address) in new[] { (family, hub.FamilyAddress), (operations, $"/monitor/cases/{hub.Late}") })
        {
            var page = await reader.GetStringAsync(address, Stop);
            Assert.DoesNotContain("Zorblatt", page, StringComparison.Ordinal);
            Assert.DoesNotContain("telephone call", page, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_brother_is_shown_to_whoever_may_see_him_and_his_case_notes_the_reading()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var named = await Desk.OfAsync(hub, "officer-17", OfficerRole.CaseOfficer);
        var (own, brother, stranger) = (await OpenAsync(hub, "Ploverine", "Quastrow", "AB1 2CD"), await OpenAsync(hub, "Brondo", "Quastrow", "ab12cd"), await OpenAsync(hub, "Yimble", "Quastrow", "ZZ9 9ZZ"));

        string[] shown = await RelatedAsync(desk, own);
        Assert.Equal([$"/workspace/cases/{brother}"], shown);
        Assert.DoesNotContain($"/workspace/cases/{stranger}", shown);
        var reading = (await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(brother, 0, 1, Stop))[0];
        Assert.Equal(("officer-a", "shown as a related case"), (reading.By, reading.What));

        await hub.SubmitAsync(brother, new RestrictCase(["officer-17"], "A risk."));
        Assert.Empty(await RelatedAsync(desk, own));
        Assert.Single(await RelatedAsync(named, own));
    }

    private static async Task<string[]> RelatedAsync(Desk desk, AssessmentId id) =>
        [.. (await desk.OpenAsync($"/workspace/cases/{id}/people")).QuerySelectorAll("main li a").Select(a => a.GetAttribute("href")!).Where(address => !address.Contains(id.Value, StringComparison.Ordinal))];

    private static async Task<AssessmentId> OpenAsync(MonitoredHub hub, string given, string family, string postcode)
    {
        var id = AssessmentId.For(Desk.Own, given);
        var facts = (await hub.Store.LoadAsync(hub.Young, Stop)).State.Facts!;
        await hub.SubmitAsync(
            id, new OpenAssessment(facts with { Child = facts.Child with { GivenName = given, FamilyName = family, Postcode = postcode, NhsNumber = null, Upn = null, DateOfBirth = new DateOnly(2014, 5, given.Length) } }));
        return id;
    }
}
