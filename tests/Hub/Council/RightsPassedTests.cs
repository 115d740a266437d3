using System.Text.Json.Nodes;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>Once the young person holds the rights, a parent can read the case but cannot act in it.</summary>
public sealed class RightsPassedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, 200)]
    [InlineData(30, 403)]
    public async Task A_parent_withdraws_the_request_only_while_the_parent_holds_the_rights(int days, int expected)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("rights");
        var child = (await hub.Store.LoadAsync(id, Stop)).State.Facts!.Child;

        // The rights pass on 27 June 2026, the day after the last Friday of June.
        await hub.SubmitAsync(id, new CorrectFacts("The birth certificate.", Child: child with { DateOfBirth = new DateOnly(2010, 5, 1) }));
        hub.Time.Advance(TimeSpan.FromDays(days));

        using var answer = await hub.PostAsync($"/v1/cases/{id}/withdraw-request", hub.Family(id), """{ "on": "2026-06-10", "reason": "We no longer wish for it." }""", "k1");
        using var read = await hub.GetAsync($"/v1/cases/{id}", hub.Family(id));

        Assert.Equal((expected, 200), ((int)answer.StatusCode, (int)read.StatusCode));
        if (expected == 403)
        {
            Assert.Equal("not-yours-to-say", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!["code"]);
        }
    }
}
