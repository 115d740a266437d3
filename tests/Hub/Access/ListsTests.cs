using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>
/// Every list and every count, by every filter alone and with every other, by every kind of caller: exactly those of the cases that the
/// caller may see which fit. What fits and who sees is said here again, apart from the code.
/// </summary>
public sealed class ListsTests
{
    private static readonly string[] Callers = ["officer", "officer-331", "agency-asked", "agency-not-asked", "family", "reader", "operator", "reader-330", "operator-331"];

    private static readonly string[] Filters =
    [
        "council=330", "council=331", "stage=Considering", "stage=Assessing", "stage=Withdrawn", "open=true", "open=false", "caseOfficer=officer-17", "caseOfficer=nobody",
        "waitingDueBefore=2026-07-20", "waitingDueBefore=2026-07-01", "finalPlanDueBefore=2026-10-19", "finalPlanDueBefore=2026-10-01", "needsAttention=true", "needsAttention=false",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> AllCallers => [.. Callers];

    [Theory]
    [MemberData(nameof(AllCallers))]
    public async Task A_list_holds_exactly_what_the_caller_may_see_of_what_fits(string caller)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var cases = await PlantAsync(hub);
        var token = Token(hub, caller, cases[0].Id);
        var (listed, refused) = (0, 0);
        foreach (var first in Filters.Prepend(""))
        {
            foreach (var second in Filters.Prepend("").Where(second => second.Split('=')[0] != first.Split('=')[0] || (first.Length == 0 && second.Length == 0)))
            {
                string[] filters = [.. new[] { first, second }.Where(filter => filter.Length > 0)];
                var query = string.Join('&', filters);
                var (status, found) = await AllPagesAsync(hub, query, token);
                if (filters.Any(filter => MayNotAsk(caller, filter)))
                {
                    Assert.Equal((query, HttpStatusCode.BadRequest), (query, status));
                    refused++;
                    continue;
                }

                var expected = cases.Where(one => Sees(caller, one, cases[0].Id) && filters.All(filter => Fits(one, filter))).Select(one => one.Id.Value).Order(StringComparer.Ordinal);
                Assert.Equal($"{query}: {string.Join(' ', expected)}", $"{query}: {string.Join(' ', found)}");
                listed += found.Count;
            }
        }

        Assert.Equal(caller == "agency-not-asked", listed == 0);
        Assert.True(refused > 0, "Some filter is refused to every kind of caller.");
    }

    [Fact]
    public async Task The_monitors_lists_and_counts_for_one_council_are_those_of_all_without_the_others()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var cases = await PlantAsync(hub);
        var board = new CaseBoard(hub.Store, hub.Part<RuleBook>(), hub.Time);
        await board.RefreshAsync(Stop);
        var today = LondonDate.Of(hub.Time.GetUtcNow());
        CaseFilter[] filters =
        [
            new(), new() { Ended = true }, new() { Attention = true }, new() { Attention = true, Ended = true }, new() { Agency = HubUnderTest.Asked }, new() { Agency = HubUnderTest.NotAsked },
            .. Enum.GetValues<Stage>().Select(stage => new CaseFilter { Stage = stage }),
            .. Enum.GetValues<Standing>().Select(standing => new CaseFilter { Standing = standing }),
            .. Enum.GetValues<Outlook>().Select(outlook => new CaseFilter { Outlook = outlook }),
            .. Enumerable.Range(1, 8).Select(week => new CaseFilter { Week = week }),
            .. Enum.GetValues<Stage>().Select(stage => new CaseFilter { Stage = stage, Attention = true }),
        ];
        Assert.Equal(cases.Count, board.Find(new CaseFilter { Ended = true }, today).Count());
        Assert.Equal(
            cases.Where(one => one.Attention > 0 && !one.Stage.HasEnded()).Select(one => one.Id).Order(ById), board.Find(new CaseFilter { Attention = true }, today).Select(row => row.Summary.Id).Order(ById));
        foreach (var filter in filters)
        {
            var all = board.Find(filter, today).Select(row => row.Summary.Id).ToList();
            foreach (var council in new[] { HubUnderTest.Own, HubUnderTest.Other })
            {
                var limited = filter with { Council = council };
                var own = all.Where(id => id.Council == council).ToList();
                Assert.Equal(own, board.Find(limited, today).Select(row => row.Summary.Id));
                var (total, page) = board.PageOf(limited, today);
                Assert.Equal((own.Count, own.Count), (total, page.Count));
            }
        }

        foreach (var council in new LocalAuthorityCode?[] { null, HubUnderTest.Own, HubUnderTest.Other })
        {
            var overview = board.Current.OverviewOf(council);
            Assert.All(overview.Stages, count => Assert.Equal(board.Find(new CaseFilter { Council = council, Stage = count.Stage }, today).Count(), count.Cases));
            Assert.All(overview.Standings, count => Assert.Equal(board.Find(new CaseFilter { Council = council, Standing = count.Standing }, today).Count(), count.Cases));
            Assert.All(overview.Outlooks, count => Assert.Equal(board.Find(new CaseFilter { Council = council, Outlook = count.Outlook }, today).Count(), count.Cases));
            Assert.True(overview.Oldest is { } oldest && (council is not { } only || oldest.Case.Council == only), $"{council}: {overview.Oldest}");
        }
    }

    private static readonly Comparer<AssessmentId> ById = Comparer<AssessmentId>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value));

    /// <summary>Cases of two councils in every condition that a filter tells apart; the first is the family's.</summary>
    private static async Task<IReadOnlyList<AssessmentSummary>> PlantAsync(HubUnderTest hub)
    {
        var ids = new List<AssessmentId>();
        foreach (var council in new[] { HubUnderTest.Own, HubUnderTest.Other })
        {
            foreach (var key in new[] { "plain", "held", "attention", "held attention", "ended" })
            {
                var id = await hub.SeedAsync(key, council);
                ids.Add(id);
                if (key.Contains("held", StringComparison.Ordinal))
                {
                    await hub.SubmitAsync(id, new AssignCaseOfficer("officer-17"));
                }

                if (key.Contains("attention", StringComparison.Ordinal))
                {
                    await hub.SubmitAsync(id, new NotePushedAssessment("p1", HubUnderTest.NotAsked, AdviceKind.Educational), Actor.TheHub);
                }

                if (key == "ended")
                {
                    await hub.SubmitAsync(id, new WithdrawRequest(new DateOnly(2026, 6, 10), "They moved."));
                }
            }

            var young = AssessmentId.For(council, "young");
            var facts = (await hub.Store.LoadAsync(ids[0], Stop)).State.Facts!;
            await hub.SubmitAsync(young, new OpenAssessment(facts with { ReceivedOn = new DateOnly(2026, 5, 12) }));
            ids.Add(young);
        }

        var all = new List<AssessmentSummary>();
        foreach (var id in ids)
        {
            all.Add(Summaries.Of((await hub.Store.LoadAsync(id, Stop)).State, hub.Time.GetUtcNow(), hub.Part<RuleBook>().For(id)));
        }

        Assert.Contains(all, one => one.Attention == 0);
        return all;
    }

    private static async Task<(HttpStatusCode Status, IReadOnlyList<string> Found)> AllPagesAsync(HubUnderTest hub, string query, string token)
    {
        var found = new List<string>();
        for (var path = $"/v1/cases?limit=2{(query.Length > 0 ? $"&{query}" : "")}"; path is not null;)
        {
            using var answer = await hub.GetAsync(path, token);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return (answer.StatusCode, []);
            }

            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
            found.AddRange(body["items"]!.AsArray().Select(one => (string)one!["id"]!));
            path = (string?)body["next"];
        }

        return (HttpStatusCode.OK, found);
    }

    private static bool Sees(string caller, AssessmentSummary one, AssessmentId own) => caller switch
    {
        "officer" or "reader-330" => one.Id.Value.StartsWith("330-", StringComparison.Ordinal),
        "officer-331" or "operator-331" => one.Id.Value.StartsWith("331-", StringComparison.Ordinal),
        "agency-asked" => one.Agencies.Contains(HubUnderTest.Asked),
        "agency-not-asked" => false,
        "family" => one.Id == own,
        _ => true,
    };

    private static bool MayNotAsk(string caller, string filter) => filter.Split('=') switch
    {
        ["caseOfficer", _] => !caller.StartsWith("officer", StringComparison.Ordinal),
        ["needsAttention", _] => caller.StartsWith("agency", StringComparison.Ordinal),
        ["council", var council] => caller switch
        {
            "officer" or "reader-330" => council != "330",
            "officer-331" or "operator-331" => council != "331",
            _ => false,
        },
        _ => false,
    };

    private static bool Fits(AssessmentSummary one, string filter)
    {
        var (name, value) = (filter.Split('=')[0], filter.Split('=')[1]);
        return name switch
        {
            "council" => one.Id.Value.StartsWith($"{value}-", StringComparison.Ordinal),
            "stage" => one.Stage.ToString() == value,
            "open" => one.Stage != Stage.Withdrawn == (value == "true"),
            "caseOfficer" => one.CaseOfficer == value,
            "needsAttention" => one.Attention > 0 == (value == "true"),
            "waitingDueBefore" => one.WaitingDue is { } due && due < Day(value),
            "finalPlanDueBefore" => one.FinalPlanDue < Day(value),
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "not a filter of this test"),
        };
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Token(HubUnderTest hub, string caller, AssessmentId own) => caller switch
    {
        "officer" => hub.Officer(),
        "officer-331" => hub.Officer(HubUnderTest.Other),
        "agency-asked" => hub.AgencyToken(HubUnderTest.Asked),
        "agency-not-asked" => hub.AgencyToken(HubUnderTest.NotAsked),
        "family" => hub.Family(own),
        "reader" => hub.Operations(),
        "reader-330" => hub.Operations(council: HubUnderTest.Own),
        "operator" => hub.Operations(CallerRole.Operator),
        _ => hub.Operations(CallerRole.Operator, HubUnderTest.Other),
    };
}
