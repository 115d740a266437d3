using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The advice of a re-assessment through the HTTP API and on the pages of officers.</summary>
public sealed class ReassessmentPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_asked_for_again_stands_on_the_pages_apart_and_the_decision_waits_for_it()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2016, 3, 5));
        Assert.Equal(409, await SendAsync("ask-for-reassessment-advice", """{ "reason": "Nobody agreed." }""", "The council is not re-assessing"));

        Assert.Equal(200, await SendAsync("agree-reassessment", """{ "reasons": "New needs." }"""));
        var round = (await hub.Store.LoadAsync(child, Stop)).State.Requests.Where(r => r.Reassessment == 1).ToList();
        var advice = await desk.OpenAsync($"/workspace/cases/{child}/advice");
        Assert.All(round, r => Assert.StartsWith(r.Agency is null ? "The family's views for re-assessment 1" : TimelineWords.Capitalise(Words.Of(r)), advice.GetElementById(r.Id)!.TextContent, StringComparison.OrdinalIgnoreCase));
        Assert.Contains($"0 of {round.Count} answers have been received", await FactsAsync(), StringComparison.Ordinal);

        Assert.Equal(409, await SendAsync("decide-on-plan", """{ "amend": true, "reasons": "Found." }""", "These requests have not been answered"));
        Assert.Equal(409, await SendAsync("ask-for-reassessment-advice", """{ "reason": "Once more." }""", "Everybody has already been asked"));
        var social = round.Single(r => r.Kind == Contracts.Advice.AdviceKind.SocialCare);
        Assert.Equal(200, await SendAsync("submit-advice", $$"""{ "requestId": "{{social.Id}}", "content": { "author": "Kim", "authorRole": "Social worker", "writtenOn": "2026-08-10", "needs": [{ "id": "n1", "area": "socialCare", "text": "Short breaks." }] } }"""));
        Assert.Contains($"1 of {round.Count} answers have been received", await FactsAsync(), StringComparison.Ordinal);

        Assert.Equal(200, await SendAsync("decide-on-plan", """{ "amend": true, "reasons": "Found.", "withoutReason": "They did not answer." }"""));
        var state = (await hub.Store.LoadAsync(child, Stop)).State;
        Assert.Equal((1, true), (state.ReassessmentRound!.Number, state.ReassessmentRound.EndedOn is not null));
        Assert.DoesNotContain(state.Requests, r => r.IsOpen);
        Assert.Equal(409, await SendAsync("submit-advice", $$"""{ "requestId": "{{round[1].Id}}", "content": { "author": "Kim", "authorRole": "Head", "writtenOn": "2026-08-10", "needs": [{ "id": "n1", "area": "education", "text": "Late." }] } }""", "The re-assessment for which the advice was requested has ended."));

        async Task<int> SendAsync(string step, string body, string says = "")
        {
            var (status, detail) = await Desk.CallAsync(hub, $"/v1/cases/{child}/{step}", body, Guid.NewGuid().ToString());
            Assert.Contains(says, detail, StringComparison.Ordinal);
            return status;
        }

        async Task<string> FactsAsync() => (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelector("dl.facts")!.TextContent;
    }

    [Fact]
    public async Task The_link_to_refuse_a_request_fills_in_the_day_on_which_the_request_was_received()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2016, 3, 5));
        await hub.SubmitAsync(child, new RecordReassessmentRequest(new DateOnly(2026, 8, 17), RecipientRole.Family, "Much has changed."));

        var link = (await desk.OpenAsync($"/workspace/cases/{child}")).QuerySelectorAll("dl.facts a").Single(a => a.TextContent == "Refuse").GetAttribute("href")!;
        var form = (await desk.OpenAsync(link)).GetElementById("form")!;

        Assert.Equal(["17", "8", "2026"], new[] { "day", "month", "year" }.Select(part => form.QuerySelector($"input[name='askedOn/{part}']")!.GetAttribute("value")));
    }

    [Fact]
    public async Task Where_its_limits_and_its_advice_are_listed_they_say_that_they_are_of_the_re_assessment()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2016, 3, 5));
        await hub.SubmitAsync(child, new AgreeReassessment("New needs."));
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        var awaited = (await hub.Store.LoadAsync(child, Stop)).State.Requests.First(r => r.Kind == Contracts.Advice.AdviceKind.SocialCare).Agency!;

        var now = await desk.OpenAsync($"/workspace/cases/{child}");
        Assert.Contains(now.QuerySelectorAll("#limits ~ .table th[scope=row] .hint"), hint => hint.TextContent == "The family's views for re-assessment 1");

        using var viewer = await hub.SignedInAsync("viewer");
        var page = await viewer.GetStringAsync($"/monitor/cases/{child}", Stop);

        // A detention suspends this limit, so operators are shown it in no case.
        Assert.DoesNotContain("Send the finalised plan after the re-assessment", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0 weeks: final plan", page.Replace("20 weeks: final plan", "", StringComparison.Ordinal), StringComparison.Ordinal);

        Assert.Contains("Advice awaited", page, StringComparison.Ordinal);
        Assert.Contains("Advice awaited", await viewer.GetStringAsync($"/monitor/cases?agency={Uri.EscapeDataString(awaited.Id.Value)}", Stop), StringComparison.Ordinal);

        // The plan is no open case, and its advice is waited for: it counts, and it is found by who is asked.
        var board = hub.Services.GetRequiredService<CaseBoard>().Current;
        Assert.Contains(Overview.Of(board, child.Council).Agencies, one => one.Agency == awaited.Id && one.Outstanding > 0);
        Assert.Contains(child.Value, await viewer.GetStringAsync($"/monitor/cases?agency={Uri.EscapeDataString(awaited.Id.Value)}", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(child.Value, await viewer.GetStringAsync("/monitor/cases", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_family_reads_that_all_advice_is_in_and_the_monitor_that_a_plan_is_in_force()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2016, 3, 5));
        await hub.SubmitAsync(child, new IssueFamilyLink("link-1", new DateOnly(2026, 12, 31)));
        await hub.SubmitAsync(child, new AgreeReassessment("New needs."));
        using var family = hub.Client();
        var address = $"/family/{hub.Services.GetRequiredService<FamilyTokens>().Sign(child, "link-1")}";
        Assert.Contains("carrying out the assessment again. Advice is being gathered.", await family.GetStringAsync(address, Stop), StringComparison.Ordinal);

        foreach (var request in (await hub.Store.LoadAsync(child, Stop)).State.Requests.Where(r => r.IsOpen))
        {
            var (status, detail) = await Desk.CallAsync(hub, $"/v1/cases/{child}/submit-advice", $$"""{ "requestId": "{{request.Id}}", "content": { "author": "Kim", "authorRole": "Adviser", "writtenOn": "2026-08-10", "needs": [{ "id": "n1", "area": "socialCare", "text": "Short breaks." }] } }""", request.Id);
            Assert.True(status == 200, detail);
        }

        Assert.Contains("carrying out the assessment again. All the advice has been received, and the council is making its decision.", await family.GetStringAsync(address, Stop), StringComparison.Ordinal);
        using var viewer = await hub.SignedInAsync("viewer");
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        Assert.Contains("Plan in force", await viewer.GetStringAsync($"/monitor/cases/{child}", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ }""", 400)]
    [InlineData("""{ "reason": 7 }""", 400)]
    [InlineData("""{ "reason": null }""", 400)]
    [InlineData("""{ "reason": "It began before.", "requestId": "medical-1" }""", 400)]
    [InlineData("""not json""", 400)]
    [InlineData("""{ "reason": " " }""", 409)]
    public async Task What_cannot_be_read_is_refused_and_nothing_is_recorded(string body, int status)
    {
        await using var hub = await MonitoredHub.StartAsync();
        var child = await TransfersTests.TakeOverAsync(hub, "Quill", new DateOnly(2016, 3, 5));
        var before = (await hub.Store.LoadAsync(child, Stop)).State.Version;

        var (answered, detail) = await Desk.CallAsync(hub, $"/v1/cases/{child}/ask-for-reassessment-advice", body, "1");

        Assert.Equal(status, answered);
        Assert.NotEmpty(detail);
        Assert.Equal(before, (await hub.Store.LoadAsync(child, Stop)).State.Version);
    }
}
