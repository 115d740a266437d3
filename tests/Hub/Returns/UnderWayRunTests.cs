using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.UnderWay;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;
using static IntegrationHub.Hub.Tests.Returns.UnderWaySheet;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>Assessments under way are taken over from tables: once, whole, by the form's own rules, and nothing is sent.</summary>
public sealed class UnderWayRunTests
{
    private static readonly RuleBook Rules = new([HubUnderTest.Profile(HubUnderTest.Own)], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 20, 10, 0, 0, TimeSpan.Zero));
    private readonly MemoryAssessmentStore store = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_assessment_becomes_one_case_with_its_own_days_in_one_commit_and_nothing_is_sent()
    {
        var results = await RunAsync(Read($"{Zelphine}\n{Orsolin}", Asked));

        Assert.All(results, one => Assert.Equal((TakeoverOutcome.Taken, 0), (one.End, one.Findings.Count)));
        var loaded = await store.LoadAsync(results[0].Case, Stop);
        var state = loaded.State;
        Assert.Equal((Stage.Assessing, Today, "officer-17"), (state.Stage, state.TakenUnderWay!.On, state.CaseOfficer));
        Assert.Equal(["officer-17", "manager-2", "officer-7"], state.RestrictedTo);
        Assert.Equal("1000000000", state.ChildFacts!.Uln!.Value.Value);
        Assert.Equal((new DateOnly(2025, 11, 24), new(2025, 12, 20)), (state.AssessDecision!.On, state.Requests.Single(request => request.Id == "medical-1").CameElsewhereOn!.Value));
        var limit = Limits.Of(state, Today, Rules.For(state.Id)).Single(one => one.Limit.Key == "decideWhetherToAssess");
        Assert.Equal((LimitStatus.Met, new DateOnly(2025, 11, 25)), (limit.Standing, limit.MetOn!.Value));
        var events = await store.EventsAsync(state.Id, cancellationToken: Stop);
        Assert.Equal(("officer-7", time.GetUtcNow()), (events[0].By.Id, Assert.Single(events.Select(one => one.At).Distinct())));
        foreach (var result in results)
        {
            Assert.Empty(await store.EffectsAsync(result.Case, Stop));
        }
    }

    [Fact]
    public async Task Without_apply_the_same_is_reported_and_nothing_is_in_the_store()
    {
        var results = await RunAsync(Read($"{Zelphine}\n{With(Orsolin, ("receivedon", "2026-01-21"))}", Asked), apply: false);

        Assert.Equal([TakeoverOutcome.Taken, TakeoverOutcome.NeedsOfficer], results.Select(one => one.End));
        Assert.Empty((await store.ListAsync(new SummaryQuery(), Stop)).Items);
    }

    [Fact]
    public async Task A_second_run_makes_no_second_case_and_says_what_has_changed()
    {
        var first = await RunAsync(Read($"{Zelphine}\n{Orsolin}", Asked));
        time.Advance(TimeSpan.FromDays(3));

        var again = await RunAsync(Read($"{Orsolin}\n{Zelphine}", Asked));
        Assert.All(again, one => Assert.Equal((TakeoverOutcome.AlreadyThere, 0), (one.End, one.Findings.Count)));
        Assert.Equal(first.Select(one => one.Case).Reverse(), again.Select(one => one.Case));

        var changed = await RunAsync(Read($"{With(Zelphine, ("nhsnumber", "9990000026"))}\n{Orsolin}", $"{Asked}\nQ-1,2016-05-09,socialCare,la:330/social-care,Care,,,,,2025-11-25,,,,"));
        Assert.Equal([(TakeoverOutcome.AlreadyThere, "changed-since"), (TakeoverOutcome.AlreadyThere, null)], changed.Select(one => (one.End, one.Findings.SingleOrDefault()?.Code)));
        Assert.Equal(2, (await store.ListAsync(new SummaryQuery(), Stop)).Items.Count);
        Assert.DoesNotContain((await store.LoadAsync(changed[0].Case, Stop)).State.Requests, request => request.Agency?.Name == "Care");
    }

    [Fact]
    public async Task A_reference_that_is_used_for_another_child_is_not_taken_for_a_repeat()
    {
        await RunAsync(Read(Zelphine));

        var other = Assert.Single(await RunAsync(Read(With(Orsolin, ("assessment", "Q-1")))));

        Assert.Equal((TakeoverOutcome.NeedsOfficer, "reference-of-another"), (other.End, Assert.Single(other.Findings).Code));
    }

    [Theory]
    [InlineData("nhsnumber", "9990000018")]
    [InlineData("upn", "F330100199001")]
    [InlineData("uln", "1000000000")]
    [InlineData("forename", "Zelphine", "surname", "QUASTROW", "birthdate", "2016-05-09")]
    [InlineData("surname", "Quastrow", "birthdate", "2016-05-09")]
    public async Task A_child_who_may_have_a_case_already_is_left_to_an_officer_whose_finding_is_then_recorded(params string[] changes)
    {
        var own = Assert.Single(await RunAsync(Read(With(Zelphine, ("restrictedto", ""), ("restrictionreason", ""))))).Case;
        var row = With(Orsolin, [.. changes.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        foreach (var apply in new[] { false, true })
        {
            var refused = Assert.Single(await RunAsync(Read(row), apply));
            var finding = Assert.Single(refused.Findings);
            Assert.Equal((TakeoverOutcome.NeedsOfficer, "earlier-case", "earliercase"), (refused.End, finding.Code, finding.Item));
            Assert.Contains(own.Value, finding.Words, StringComparison.Ordinal);
        }

        var decided = Assert.Single(await RunAsync(Read(With(row, ("earliercase", "anotherChild"), ("earliercasereason", "Two children.")))));
        Assert.Equal(TakeoverOutcome.Taken, decided.End);
        Assert.Equal("Two children.", (await store.LoadAsync(decided.Case, Stop)).State.Facts!.EarlierCase!.Reason);
    }

    [Fact]
    public async Task A_restricted_case_is_not_named_to_somebody_who_may_not_see_it()
    {
        var own = Assert.Single(await RunAsync(Read(Zelphine))).Case;

        foreach (var row in new[] { With(Orsolin, ("nhsnumber", "9990000018")), With(Orsolin, ("uln", "1000000000")) })
        {
            var finding = Assert.Single(Assert.Single(await RunAsync(Read(row), by: "officer-8")).Findings);
            Assert.DoesNotContain(own.Value, finding.Words, StringComparison.Ordinal);
            Assert.Contains("not allowed to see", finding.Words, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Assessment 1", "consultedon", "day-out-of-order", "consultedon=2025-11-25")]
    [InlineData("Assessment 1", "receivedon", "day-out-of-order", "birthdate=2025-12-09")]
    [InlineData("Assessment 1", "familytoldon", "day-out-of-order", "familytoldon=2025-11-23")]
    [InlineData("Assessment 1", "decidedon", "day-before-request", "decidedon=2025-11-02", "consultedon=", "familysaid=")]
    [InlineData("Assessment 1", "receivedon", "day-in-future", "receivedon=2026-01-21")]
    [InlineData("Assessment 1", "birthdate", "age-out-of-range", "birthdate=1990-05-09")]
    [InlineData("Assessment 1", "route", "right-passed-on", "birthdate=2006-05-09")]
    [InlineData("Assessment 1", "setting", "setting-unclear", "settingkind=none")]
    [InlineData("Assessment 1", "consultedon", "day-missing", "consultedon=")]
    [InlineData("Assessment 1", "restrictedto", "named-twice", "restrictedto=a;a")]
    [InlineData("Assessment 1", "caseofficer", "restricted", "caseofficer=officer-99")]
    [InlineData("Request 1", "decidedon", "not-decided", "decidedon=", "reasons=", "familytoldon=")]
    [InlineData("Request 2", "cameon", "day-in-future", "R2026-01-21")]
    [InlineData("Request 2", "kind", "already-asked", "K")]
    public async Task A_refusal_of_the_step_names_the_row_and_the_column_but_no_day(string place, string column, string code, params string[] changes)
    {
        var row = With(Zelphine, [.. changes.Where(change => change.Contains('=', StringComparison.Ordinal)).Select(change => change.Split('=')).Select(pair => (pair[0], pair[1]))]);
        var asked = changes[0][0] switch
        {
            'R' => Asked.Replace("2025-12-20", changes[0][1..], StringComparison.Ordinal),
            'K' => $"{Asked.Split('\n')[0]}\n{Asked.Split('\n')[0]}",
            _ => Asked,
        };
        var born = changes[0].StartsWith("birthdate=", StringComparison.Ordinal) ? changes[0]["birthdate=".Length..] : "2016-05-09";
        asked = asked.Replace("2016-05-09", born, StringComparison.Ordinal).Replace("09/05/2016", born, StringComparison.Ordinal);

        var refused = Assert.Single(await RunAsync(Read(row, asked)));

        var finding = Assert.Single(refused.Findings);
        Assert.Equal((TakeoverOutcome.NeedsOfficer, place, column, code), (refused.End, finding.Place, finding.Item, finding.Code));
        Assert.DoesNotMatch("[0-9]{1,2} [A-Z][a-z]+ 20[0-9]{2}", finding.Words);
        Assert.Equal(0, (await store.LoadAsync(refused.Case, Stop)).State.Version);

        // Nothing of the refusal is stored, so the corrected row is taken over.
        Assert.Equal(TakeoverOutcome.Taken, Assert.Single(await RunAsync(Read(Zelphine, Asked))).End);
    }

    private async Task<List<UnderWayResult>> RunAsync(UnderWayTables tables, bool apply = true, string by = "officer-7")
    {
        Assert.DoesNotContain(tables.Findings, finding => finding.Severity == Sen2Severity.Error);
        using var run = new UnderWayRun(store, Rules, time, apply);
        var results = new List<UnderWayResult>();
        await foreach (var result in run.RunAsync(tables.Sound, by, Stop))
        {
            results.Add(result);
        }

        return results;
    }
}
