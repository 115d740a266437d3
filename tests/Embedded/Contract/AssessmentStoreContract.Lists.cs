using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Contract;

public abstract partial class AssessmentStoreContract
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public async Task Every_filter_alone_and_with_every_other_answers_what_a_plain_search_would()
    {
        var all = await ManyAsync(200);
        Func<SummaryQuery, SummaryQuery>[] filters =
        [
            q => q with { Council = Turns.Id(0, "331").Council },
            q => q with { Agency = Turns.Agency("urn:100001") },
            q => q with { Stage = Stage.Drafting },
            q => q with { Stage = Stage.PlanIssued },
            q => q with { Open = true },
            q => q with { Open = false },
            q => q with { CaseOfficer = "Officer 2" },
            q => q with { VisibleTo = "Officer 1" },
            q => q with { VisibleTo = "Officer 10" },
            q => q with { WaitingDueBefore = Day },
            q => q with { WaitingDueBefore = Day, OnDay = Day },
            q => q with { WaitingDueBefore = Day.AddDays(20), OnDay = Day.AddDays(5) },
            q => q with { FinalPlanDueBefore = Day.AddDays(30) },
            q => q with { AnswerableSince = Day },
            q => q with { NeedsAttention = true },
            q => q with { NeedsAttention = false },
            q => q with { After = all[70].Id },
        ];

        var found = 0;
        foreach (var first in filters)
        {
            foreach (var second in filters)
            {
                var query = second(first(new SummaryQuery { Limit = 500 }));
                var page = await Store.ListAsync(query, Cancelled);
                Assert.Equal(all.Where(s => Fits(query, s)).Select(s => s.Id), page.Items.Select(s => s.Id));
                Assert.Null(page.Next);
                found += page.Items.Count;
            }
        }

        Assert.True(found > 1000, "The filters should have found something.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("331")]
    public async Task Pages_follow_one_another_without_gap_or_repeat(string? council)
    {
        var all = await ManyAsync(100);
        var query = new SummaryQuery { Council = council is null ? null : Turns.Id(0, council).Council, Limit = 7, Open = true };
        var found = new List<AssessmentId>();
        for (AssessmentId? after = null; ;)
        {
            var page = await Store.ListAsync(query with { After = after }, Cancelled);
            found.AddRange(page.Items.Select(s => s.Id));
            if (page.Next is null)
            {
                break;
            }

            Assert.Equal(7, page.Items.Count);
            after = page.Next;
        }

        Assert.Equal(all.Where(s => Fits(query, s)).Select(s => s.Id), found);
        Assert.True(found.Count > 14);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_last_item_is_the_last_page()
    {
        await ManyAsync(10);
        Assert.Null((await Store.ListAsync(new SummaryQuery { Limit = 10 }, Cancelled)).Next);
        Assert.NotNull((await Store.ListAsync(new SummaryQuery { Limit = 9 }, Cancelled)).Next);
    }

    [Fact]
    public async Task A_store_that_numbers_its_commits_says_what_has_changed_since_each()
    {
        if (Store is not IChangeSource changes)
        {
            return;
        }

        Assert.Empty((await changes.ChangesAsync(0, Cancelled)).Changed);
        var turn = Turns.Of(AssessmentState.None(One), ["officer"]);
        await Store.CommitAsync(turn, Cancelled);
        var (first, last) = await changes.ChangesAsync(0, Cancelled);
        Assert.Equal([(One, 1L)], first);
        Assert.Empty((await changes.ChangesAsync(last, Cancelled)).Changed);
        var (none, newest) = await changes.ChangesAsync(long.MaxValue, Cancelled);
        Assert.Equal((0, last), (none.Count, newest));

        await Store.CommitAsync(Turns.Of(turn.State, ["a", "b"]), Cancelled);
        await Store.CommitAsync(Turns.Of(AssessmentState.None(Turns.Id(7)), ["c"]), Cancelled);
        var (since, _) = await changes.ChangesAsync(last, Cancelled);
        Assert.Equal([(One, 3L), (Turns.Id(7), 1L)], since.OrderBy(one => one.Id != One));

        // The numbers go on where they were when the store is opened again.
        Assert.Equal(since.ToHashSet(), (await ((IChangeSource)await ReopenedAsync()).ChangesAsync(last, Cancelled)).Changed.ToHashSet());
    }

    [Fact]
    public async Task A_summary_is_told_as_it_was_committed_and_follows_each_turn()
    {
        var turn = Turns.Of(AssessmentState.None(One), ["officer"]);
        var first = turn.Summary with
        {
            WaitingSince = Day,
            WaitingDue = Day.AddDays(42),
            Agencies = [Turns.Agency("ods:RX1"), Turns.Agency("la:330/social-care")],
            Attention = 2,
            AnswersAwaited = 3,
            LastAskedOn = Day.AddDays(-4),
        };
        await Store.CommitAsync(turn with { Summary = first }, Cancelled);
        Same(first, Assert.Single((await Store.ListAsync(new SummaryQuery(), Cancelled)).Items));

        var second = first with { Version = 2, Agencies = [Turns.Agency("urn:100001"), Turns.Agency("ods:RX1")], WaitingDue = null, Attention = 0, CaseOfficer = null, AnswersAwaited = 2, LastAskedOn = null };
        await Store.CommitAsync(Turns.Of(turn.State, ["other"]) with { Summary = second }, Cancelled);
        Same(second, Assert.Single((await Store.ListAsync(new SummaryQuery(), Cancelled)).Items));
        Assert.Empty((await Store.ListAsync(new SummaryQuery { Agency = Turns.Agency("la:330/social-care") }, Cancelled)).Items);
        Assert.Single((await Store.ListAsync(new SummaryQuery { Agency = Turns.Agency("urn:100001") }, Cancelled)).Items);

        static void Same(AssessmentSummary expected, AssessmentSummary found)
        {
            Assert.Equal(expected.Agencies, found.Agencies);
            Assert.Equal(expected, found with { Agencies = expected.Agencies });
        }
    }

    /// <summary>Each member alone, so that none is left out where a store writes only what changed; and once more after a reopening.</summary>
    [Fact]
    public async Task A_change_of_any_one_member_of_a_summary_is_told()
    {
        var store = Store;
        var turn = Turns.Of(AssessmentState.None(One), ["officer"]);
        var now = turn.Summary with { Later = new FutureWait(Day.AddDays(9), "final plan", Day, Day.AddDays(20)), Agencies = [Turns.Agency("ods:RX1")] };
        await store.CommitAsync(turn with { Summary = now }, Cancelled);
        Func<AssessmentSummary, int, AssessmentSummary>[] changes =
        [
            (s, n) => s with { Stage = n == 0 ? Stage.Drafting : Stage.Consulting },
            (s, n) => s with { Stage = n == 0 ? Stage.PlanIssued : Stage.Considering },
            (s, n) => s with { ReceivedOn = Day.AddDays(-n - 1) },
            (s, n) => s with { CaseOfficer = $"Officer {n}" },
            (s, n) => s with { RestrictedTo = [$"Officer {n}"] },
            (s, n) => s with { WaitingFor = $"advice {n}" },
            (s, n) => s with { WaitingSince = Day.AddDays(n) },
            (s, n) => s with { WaitingDue = Day.AddDays(n + 42) },
            (s, n) => s with { Later = s.Later! with { From = Day.AddDays(10 + n) } },
            (s, n) => s with { Later = s.Later! with { For = $"plan {n}" } },
            (s, n) => s with { Later = s.Later! with { Since = Day.AddDays(2 + n) } },
            (s, n) => s with { Later = s.Later! with { Due = Day.AddDays(30 + n) } },
            (s, n) => s with { FinalPlanDue = Day.AddDays(140 + n) },
            (s, n) => s with { Agencies = [Turns.Agency("urn:100001"), Turns.Agency($"ods:RX{n + 2}")] },
            (s, n) => s with { Attention = n + 1 },
            (s, n) => s with { AnswersAwaited = n + 4 },
            (s, n) => s with { LastAskedOn = Day.AddDays(-n - 3) },
        ];
        var state = turn.State;
        for (var round = 0; round < 2; round++)
        {
            foreach (var change in changes)
            {
                var next = Turns.Of(state, [$"message {state.Version}"]);
                (state, now) = (next.State, change(now, round) with { Version = next.State.Version });
                await store.CommitAsync(next with { Summary = now }, Cancelled);
                var found = Assert.Single((await store.ListAsync(new SummaryQuery(), Cancelled)).Items);
                Assert.Equal(now.Agencies, found.Agencies);
                Assert.Equal(now.RestrictedTo, found.RestrictedTo);
                Assert.Equal(now, found with { Agencies = now.Agencies, RestrictedTo = now.RestrictedTo });
                Assert.Single((await store.ListAsync(new SummaryQuery { Agency = now.Agencies[^1], Stage = now.Stage, CaseOfficer = now.CaseOfficer }, Cancelled)).Items);
                Assert.Equal(now.Attention > 0 ? 1 : 0, (await store.ListAsync(new SummaryQuery { NeedsAttention = true }, Cancelled)).Items.Count);
                Assert.Equal(
                    now.Stage.HasEnded() || now.WaitingDue is null ? 0 : 1,
                    (await store.ListAsync(new SummaryQuery { Open = true, WaitingDueBefore = (now.WaitingDue ?? Day).AddDays(1) }, Cancelled)).Items.Count);
            }

            store = round == 0 ? await ReopenedAsync() : store;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task A_limit_out_of_range_is_refused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ListAsync(new SummaryQuery { Limit = limit }, Cancelled));

    private async Task<List<AssessmentSummary>> ManyAsync(int count)
    {
        Stage[] stages = [Stage.Considering, Stage.Drafting, Stage.PlanIssued, Stage.Assessing, Stage.Withdrawn];
        var all = new List<AssessmentSummary>();
        for (var n = 0; n < count; n++)
        {
            var turn = Turns.Of(AssessmentState.None(Turns.Id(n, n % 3 == 0 ? "331" : n % 3 == 1 ? "330" : "332")), ["officer"]);
            var summary = turn.Summary with
            {
                Stage = stages[n % stages.Length],
                RestrictedTo = n % 5 == 0 ? ["Officer 1", $"Officer {n % 3}0"] : [],
                CaseOfficer = n % 4 == 0 ? null : $"Officer {n % 4}",
                WaitingDue = n % 7 == 0 ? null : Day.AddDays((n % 7) - 3),
                Later = n % 3 == 0 ? new FutureWait(Day.AddDays((n % 7) - 2), "final plan", Day.AddDays(-30), n % 5 == 0 ? null : Day.AddDays((n % 11) - 5)) : null,
                FinalPlanDue = Day.AddDays(n % 60),
                Attention = n % 6 == 0 ? 1 : 0,
                AnswersAwaited = n % 8 == 0 ? null : n % 3,
                LastAskedOn = n % 3 == 1 ? null : Day.AddDays((n % 9) - 4),
                Agencies = n % 2 == 0 ? [Turns.Agency("urn:100001"), Turns.Agency("ods:RX1")] : [Turns.Agency("ods:RX1")],
            };
            Assert.Equal(CommitResult.Committed, await Store.CommitAsync(turn with { Summary = summary }, Cancelled));
            all.Add(summary);
        }

        return [.. all.OrderBy(s => s.Id.Value, StringComparer.Ordinal)];
    }

    /// <summary>Written apart from the stores on purpose.</summary>
    private static bool Fits(SummaryQuery q, AssessmentSummary s)
    {
        if (q.Council is not null && s.Id.Value[..3] != q.Council.Value.Value) return false;
        if (q.Agency is not null && s.Agencies.All(a => a.Value != q.Agency.Value.Value)) return false;
        if (q.Stage is not null && s.Stage != q.Stage) return false;
        if (q.VisibleTo is not null && s.RestrictedTo.Count > 0 && !s.RestrictedTo.Contains(q.VisibleTo)) return false;
        if (q.Open is not null && q.Open == (s.Stage is Stage.PlanIssued or Stage.Withdrawn)) return false;
        if (q.AnswerableSince is not null && s.AnswersAwaited == 0 && (s.LastAskedOn is null || s.LastAskedOn < q.AnswerableSince)) return false;
        if (q.CaseOfficer is not null && s.CaseOfficer != q.CaseOfficer) return false;
        var due = s.Later is not null && q.OnDay is not null && s.Later.From <= q.OnDay ? s.Later.Due : s.WaitingDue;
        if (q.WaitingDueBefore is not null && (due is null || due.Value >= q.WaitingDueBefore)) return false;
        if (q.FinalPlanDueBefore is not null && s.FinalPlanDue >= q.FinalPlanDueBefore) return false;
        if (q.NeedsAttention == true && s.Attention == 0) return false;
        if (q.NeedsAttention == false && s.Attention != 0) return false;
        return q.After is null || string.CompareOrdinal(s.Id.Value, q.After.Value.Value) > 0;
    }
}
