using System.Net;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>An officer recorded on the wrong case that it has ended, and takes that back on a page and over the API.</summary>
public sealed class TakenBackPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_withdrawal_is_taken_back_from_the_page_of_the_case_and_the_case_and_the_familys_page_go_on()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var child = hub.Late;
        var before = (await hub.Store.LoadAsync(child, Stop)).State;
        Assert.Equal(200, (await Desk.CallAsync(hub, $"/v1/cases/{child}/withdraw-request", """{ "on": "2026-08-20", "reason": "The family withdrew it." }""", "wrong")).Status);
        Assert.Contains("The request for an assessment was withdrawn.", await FamilyAsync(), StringComparison.Ordinal);

        // The link fills in the form, in which only the reason is missing.
        var link = (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelectorAll("dl.facts a").Single(a => a.TextContent.Contains("record that this did not happen", StringComparison.Ordinal)).GetAttribute("href")!;
        using var sent = await desk.SendAsync(await desk.OpenAsync(link), "#form", ("reason", "It was another child's."));
        Assert.True(sent.StatusCode == HttpStatusCode.Redirect, (await Desk.ReadAsync(sent)).QuerySelector(".errors")?.TextContent);

        var after = (await hub.Store.LoadAsync(child, Stop)).State;
        Assert.Equal((before.Stage, null), (after.Stage, after.EndedOn));
        Assert.Equal(before.Requests.Where(r => r.IsOpen).Select(r => (r.Kind, r.Agency?.Id)), after.Requests.Where(r => r.IsOpen).Select(r => (r.Kind, r.Agency?.Id)));
        Assert.Superset(before.MissedLimits.ToHashSet(), after.MissedLimits.ToHashSet());
        Assert.Contains("the request was not withdrawn on 20 August 2026", (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelector("section[aria-labelledby=attention]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("record that this did not happen", (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelector("dl.facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The assessment is being carried out.", await FamilyAsync(), StringComparison.Ordinal);

        var (status, detail) = await Desk.CallAsync(hub, $"/v1/cases/{child}/correct-record", """{ "record": "withdrawal", "wasOn": "2026-08-20", "reason": "Again." }""", "again");
        Assert.Equal(409, status);
        Assert.Contains("There is no record of this kind on that day.", detail, StringComparison.Ordinal);

        async Task<string> FamilyAsync()
        {
            using var family = hub.Client();
            return WebUtility.HtmlDecode(await family.GetStringAsync(new Uri(hub.FamilyAddress), Stop));
        }
    }

    [Fact]
    public async Task A_plan_that_did_not_cease_and_a_detention_that_was_not_are_taken_back_over_the_API()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2011, 3, 5));
        var limits = await LimitsAsync();
        var calls = 0;

        await CallAsync("record-plan-ceased", """{ "on": "2026-08-20", "died": true }""");
        Assert.Contains("Plan ceased", await FactsAsync(), StringComparison.Ordinal);
        await CallAsync("correct-record", """{ "record": "ceasing", "wasOn": "2026-08-20", "reason": "It was another child's." }""");
        Assert.DoesNotContain("Plan ceased", await FactsAsync(), StringComparison.Ordinal);
        Assert.Equal(limits, await LimitsAsync());

        await CallAsync("record-detention", """
            {
              "accommodation": { "id": "urn:100009", "name": "Example Secure Children's Home" }, "detainedOn": "2026-08-03", "becameAwareOn": "2026-08-05",
              "youthOffendingTeam": { "id": "la:330/youth-offending-team", "name": "Example Youth Offending Team" },
              "healthServicesCommissioner": { "id": "ods:Q71", "name": "Example Health and Justice Commissioner" }
            }
            """);
        await CallAsync("correct-record", """{ "record": "detention", "which": "start", "wasOn": "2026-08-03", "reason": "It was another child's." }""");
        Assert.DoesNotContain("Detained", await FactsAsync(), StringComparison.Ordinal);
        Assert.Equal(limits, await LimitsAsync());
        Assert.DoesNotContain((await hub.Store.LoadAsync(child, Stop)).State.Attention, a => a.Id == "kept-provision");

        async Task CallAsync(string step, string body)
        {
            var (status, detail) = await Desk.CallAsync(hub, $"/v1/cases/{child}/{step}", body, $"call-{++calls}");
            Assert.True(status == 200, detail);
        }

        async Task<string> FactsAsync() => (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelector("dl.facts")!.TextContent;

        async Task<string> LimitsAsync() => (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelector("section[aria-labelledby=limits] table")!.TextContent;
    }
}
