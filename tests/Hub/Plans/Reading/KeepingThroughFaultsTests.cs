using System.Text.Json.Nodes;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Plans.Reading;

/// <summary>A plan is kept though the store is away for an hour, and though the process dies between the blob and the event.</summary>
public sealed class KeepingThroughFaultsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Storage_that_is_away_for_an_hour_delays_the_keeping_and_the_case_says_so()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PlanCase.DraftedAsync(hub);
        hub.Documents.Away = true;
        for (var minute = 0; minute < 60; minute++)
        {
            await PlanCase.KeepAsync(hub);
            hub.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Null((await PlanCase.StateAsync(hub, id)).Plans[0].KeptAt);
        using var effects = await hub.GetAsync($"/v1/cases/{id}/effects", hub.Officer());
        var told = Assert.Single(JsonNode.Parse(await effects.Content.ReadAsStringAsync(Stop))!.AsArray(), e => (string?)e!["effect"]!["kind"] == "storePlan")!;
        Assert.Contains("The store does not answer.", told.ToJsonString(), StringComparison.Ordinal);
        using var away = await hub.GetAsync($"/v1/cases/{id}/plans/1", hub.Officer());
        Assert.Equal((503, "store-away"), ((int)away.StatusCode, await CodeAsync(away)));

        hub.Documents.Away = false;
        using var waits = await hub.GetAsync($"/v1/cases/{id}/plans/1", hub.Officer());
        Assert.Equal((503, "not-kept-yet"), ((int)waits.StatusCode, await CodeAsync(waits)));
        hub.Time.Advance(TimeSpan.FromHours(2));
        await PlanCase.KeepAsync(hub);

        Assert.NotNull((await PlanCase.StateAsync(hub, id)).Plans[0].KeptAt);
        Assert.Equal(200, (int)(await hub.GetAsync($"/v1/cases/{id}/plans/1", hub.Officer())).StatusCode);
    }

    [Fact]
    public async Task After_a_crash_between_blob_and_event_nothing_dangles_and_nothing_is_missing()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PlanCase.DraftedAsync(hub);
        var due = Assert.Single(await PlanCase.DueAsync(hub));

        // The blobs and the manifest are written; the process dies before the attempt is recorded.
        var first = await PlanCase.Keeping(hub).RunAsync(due.Effect, Stop);
        Assert.Null((await PlanCase.StateAsync(hub, id)).Plans[0].KeptAt);
        hub.Time.Advance(TimeSpan.FromMinutes(10));
        await PlanCase.KeepAsync(hub);

        var kept = Assert.Single((await PlanCase.EventsAsync(hub, id)).OfType<PlanKept>());
        var manifest = (await hub.Part<PlanStore>().ListAsync(id, Stop)).Value!;
        var verified = (await hub.Part<PlanStore>().VerifyAsync(id, kept.ManifestHash, Stop)).Value!;
        Assert.Equal(first.Detail, $"{kept.Where}{StorePlan.HashSeparator}{kept.ManifestHash}");
        Assert.Equal(manifest.Head, kept.ManifestHash);
        Assert.Single(manifest.Entries);
        Assert.True(verified.IsIntact);
        Assert.Equal(3, verified.Checked);
        Assert.Empty(verified.Unlisted);
        Assert.Empty(await PlanCase.DueAsync(hub));
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!["code"];
}
