using System.Text.Json;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Hub.Tests.Plans.Reading;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>Lists, filters, the board and its counts say on every day what the case itself says, though no turn is taken in between.</summary>
public sealed class ListsOnEveryDayTests
{
    [Fact]
    public async Task Lists_and_counts_say_what_the_case_says_on_each_of_sixty_days()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var stop = TestContext.Current.CancellationToken;
        var withFamily = await PlanCase.DraftedAsync(hub);
        await hub.SubmitAsync(withFamily, new RecordNoticeSent("draftPlan-1-family", new DateOnly(2026, 6, 10), NoticeChannel.ByHand));
        await hub.SubmitAsync(withFamily, new ConsultInstitution(PlanCase.Named, new DateOnly(2026, 6, 10)));
        await hub.SeedAsync("asked");
        var ended = await hub.SeedAsync("ended");
        await hub.SubmitAsync(ended, new WithdrawRequest(new DateOnly(2026, 6, 10), "They manage."));
        var board = new CaseBoard(hub.Store, hub.Part<Orchestrations.Assessments.RuleBook>(), hub.Time);
        var lines = new HashSet<string>(StringComparer.Ordinal);
        var (overdueSeen, versions) = (0, await VersionsAsync());

        for (var day = 0; day < 60; day++, hub.Time.Advance(TimeSpan.FromDays(1)))
        {
            var today = LondonDate.Of(hub.Time.GetUtcNow());
            var listed = (await ListAsync("?limit=500")).ToDictionary(i => i.GetProperty("id").GetString()!);
            var cases = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (id, item) in listed)
            {
                var status = (await ReadAsync($"/v1/cases/{id}")).GetProperty("status").GetString()!;
                cases[id] = status;
                lines.Add(status.Split(',')[0]);
                Assert.Equal(status, item.GetProperty("status").GetString());
                Assert.Equal(IsOverdue(status), item.GetProperty("overdue").GetBoolean());
            }

            var overdue = cases.Where(c => IsOverdue(c.Value)).Select(c => c.Key).Order(StringComparer.Ordinal).ToList();
            overdueSeen += overdue.Count;
            Assert.Equal(overdue, (await ListAsync($"?waitingDueBefore={today:yyyy-MM-dd}")).Select(i => i.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));

            await board.RefreshAsync(stop);
            var rows = board.Find(new CaseFilter { Ended = true }, today).ToList();
            Assert.Equal(cases.OrderBy(c => c.Key, StringComparer.Ordinal), rows.ToDictionary(r => r.Summary.Id.Value, r => r.StatusOn(today)).OrderBy(c => c.Key, StringComparer.Ordinal));
            Assert.All(rows.Where(r => r.IsOpen), row => Assert.Equal(IsOverdue(cases[row.Summary.Id.Value]), row.StandingOn(today) is Standing.Overdue or Standing.Stalled));
            var counted = board.Current.OverviewOf(null).Standings.Where(s => s.Standing is Standing.Overdue or Standing.Stalled).Sum(s => s.Cases);
            Assert.Equal(rows.Count(r => r.IsOpen && IsOverdue(cases[r.Summary.Id.Value])), counted);
        }

        // Without these nothing was asked: the wait changed with the day, something was overdue, and no turn was taken.
        Assert.Contains("Waiting: the family's representations", lines);
        Assert.Contains("Waiting: the institution's answer", lines);
        Assert.Contains("Overdue: the institution's answer", lines);
        Assert.True(overdueSeen > 20);
        Assert.Equal(versions, await VersionsAsync());

        static bool IsOverdue(string status) => status.StartsWith("Overdue:", StringComparison.Ordinal);

        async Task<JsonElement> ReadAsync(string path) => JsonDocument.Parse(await (await hub.GetAsync(path, hub.Officer())).Content.ReadAsStringAsync(stop)).RootElement;

        async Task<List<JsonElement>> ListAsync(string query) => [.. (await ReadAsync($"/v1/cases{query}")).GetProperty("items").EnumerateArray()];

        async Task<List<long>> VersionsAsync() => [.. (await ListAsync("?limit=500")).Select(i => i.GetProperty("version").GetInt64())];
    }
}
