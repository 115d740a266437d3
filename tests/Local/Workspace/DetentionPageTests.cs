using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>An officer records on pages that somebody with a plan is detained, and the release; the case says which rules apply.</summary>
public sealed class DetentionPageTests
{
    private const string Where = """
        {
          "accommodation": { "id": "urn:100009", "name": "Example Secure Children's Home" }, "detainedOn": "2026-08-03", "becameAwareOn": "2026-08-05",
          "youthOffendingTeam": { "id": "la:330/youth-offending-team", "name": "Example Youth Offending Team" },
          "healthServicesCommissioner": { "id": "ods:Q71", "name": "Example Health and Justice Commissioner" }
        }
        """;

    private static string Annual => RuleSet.England2014.Rule("annualReview").Title;

    [Fact]
    public async Task A_plan_is_kept_from_the_form_of_the_detention_to_that_of_the_release()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2011, 3, 5));
        Assert.Contains(Annual, await LimitsAsync(), StringComparison.Ordinal);

        await SendAsync("record-detention", Where);

        Assert.Contains("Detained at Example Secure Children's Home since 3 August 2026", await FactsAsync(), StringComparison.Ordinal);
        var limits = await LimitsAsync();
        Assert.Contains("Send the plan to the youth offending team", limits, StringComparison.Ordinal);
        Assert.Contains("Not yet checked against the text of the law", limits, StringComparison.Ordinal);
        Assert.DoesNotContain(Annual, limits, StringComparison.Ordinal);
        var (status, detail) = await Desk.CallAsync(hub, $"/v1/cases/{child}/agree-reassessment", """{ "reasons": "New needs." }""", "1");
        Assert.Equal(409, status);
        Assert.Contains("the child or young person is detained", detail, StringComparison.Ordinal);

        await SendAsync("record-act", """{ "act": "KeptProvisionArranged", "on": "2026-08-10", "what": "As in the plan." }""");
        await SendAsync("record-release", """{ "on": "2026-08-17" }""");

        Assert.Contains("Released on 17 August 2026", await FactsAsync(), StringComparison.Ordinal);
        Assert.Contains("Review the plan after the release from detention", await LimitsAsync(), StringComparison.Ordinal);
        Assert.Contains((await hub.Store.LoadAsync(child, TestContext.Current.CancellationToken)).State.Attention, a => a.Id == "review-after-release");

        async Task SendAsync(string step, string typed)
        {
            using var sent = await desk.SendAsync(
                await desk.OpenAsync($"/workspace/cases/{child}/steps/{step}"), "#form", [.. FormValues.Of(JsonNode.Parse(typed)!.AsObject()).All.Select(one => (one.Key, one.Value))]);
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }

        async Task<string> FactsAsync() => (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelector("dl.facts")!.TextContent;

        async Task<string> LimitsAsync() => (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelector("table.work")!.TextContent;
    }

    [Fact]
    public async Task Of_somebody_detained_the_next_step_is_to_consult_the_person_in_charge()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var id = AssessmentId.For(Desk.Own, "detained");
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        await hub.SubmitAsync(id, open!);
        Assert.Equal(200, (await Desk.CallAsync(hub, $"/v1/cases/{id}/record-detention", Where, "1")).Status);
        await hub.SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 8, 20), "They wish for it."));

        var next = (await desk.OpenAsync($"/workspace/cases/{id}")).QuerySelector("section.next")!;

        Assert.Contains("The person in charge of the accommodation must be consulted before the decision.", next.TextContent, StringComparison.Ordinal);
        Assert.Contains("record-act?act=PersonInChargeConsulted", next.QuerySelector("a.action")!.GetAttribute("href"), StringComparison.Ordinal);
    }
}
