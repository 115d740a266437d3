using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>What the board reads grows with what has changed and what a page of one council looks at with that council's cases, not with all cases there are.</summary>
public sealed class BoardChangesTests : IAsyncDisposable
{
    private const int Many = 24;

    private static readonly LocalAuthorityCode Other = Cases.Parse<LocalAuthorityCode>("331");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 11, 0, 0, TimeSpan.Zero));
    private readonly CountedStore store;
    private readonly CaseBoard board;

    public BoardChangesTests()
    {
        var rules = new RuleBook([Cases.Profile, Cases.Profile with { Code = Other }], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        store = new CountedStore(rules, time);
        board = new CaseBoard(store, rules, time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Cases_that_have_not_changed_are_neither_listed_nor_read_again()
    {
        for (var n = 0; n < Many; n++)
        {
            await OpenAsync(n, Cases.Council);
        }

        await board.RefreshAsync(Stop);
        Assert.Equal((Many, Many), store.Taken());
        await board.RefreshAsync(Stop);
        Assert.Equal((0, 0), store.Taken());

        await store.SayAsync(Id(3, Cases.Council), "withdrawn", new WithdrawRequest(new DateOnly(2026, 1, 5), "They manage."));
        await OpenAsync(Many, Other);
        await board.RefreshAsync(Stop);
        Assert.Equal((0, 2), store.Taken());
        Assert.Equal(Stage.Withdrawn, board.Current.Cases.Single(row => row.Summary.Id == Id(3, Cases.Council)).Summary.Stage);
        Assert.Equal(Id(Many, Other), Assert.Single(board.Current.Of(Other)).Summary.Id);

        // On another day the sentences of open cases are from yesterday; the one that has ended is as it was.
        time.Advance(TimeSpan.FromDays(1));
        await board.RefreshAsync(Stop);
        Assert.Equal((0, Many), store.Taken());
        Assert.All(board.Current.Cases.Where(row => row.IsOpen), row => Assert.Equal(new DateOnly(2026, 1, 6), row.DerivedOn));
    }

    [Fact]
    public async Task Costs_that_were_recorded_in_advance_count_from_their_first_day_and_are_read_on_that_day_alone()
    {
        var plan = Id(0, Cases.Council);
        await store.SayAsync(plan, "open", new OpenAssessment(Taken.Facts with { TakenOver = Taken.Plan }));
        await store.SayAsync(plan, "text", Taken.Text);
        await store.SayAsync(plan, "costs", new RecordPlanCosts(new DateOnly(2026, 1, 7), Lines: [new LineCost("f1", 1200)]));
        var seen = new List<string>();
        for (var day = 0; day < 4; day++, time.Advance(TimeSpan.FromDays(1)))
        {
            await board.RefreshAsync(Stop);
            seen.Add(FormattableString.Invariant($"{Assert.Single(board.Current.Cases).Cost!.Lines ?? 0} {store.Taken().Read}"));
        }

        Assert.Equal(["0 1", "0 0", "1200 1", "1200 0"], seen);
    }

    [Fact]
    public async Task A_list_of_a_council_says_that_it_is_not_complete_until_each_of_its_cases_was_read()
    {
        for (var n = 0; n < Many; n++)
        {
            await OpenAsync(n, n % 4 == 0 ? Other : Cases.Council);
        }

        Assert.False(board.Current.HasRead(Other));
        var reading = new List<(int Listed, bool IsComplete)>();
        board.WasRead += state => reading.Add((board.Current.Of(state.Id.Council).Count(), board.Current.HasRead(state.Id.Council)));
        await board.RefreshAsync(Stop);

        Assert.Equal(Many, reading.Count);
        Assert.All(reading, seen => Assert.True(seen is { Listed: > 0, IsComplete: false }));
        Assert.True(board.Current.HasRead(Other) && board.Current.HasRead(Cases.Council));
    }

    [Fact]
    public async Task A_page_of_one_council_looks_at_no_case_of_another()
    {
        for (var n = 0; n < Many; n++)
        {
            await OpenAsync(n, n % 4 == 0 ? Other : Cases.Council);
        }

        await board.RefreshAsync(Stop);
        foreach (var council in new[] { Cases.Council, Other })
        {
            var looked = 0;
            var (total, some) = board.Current.Page(council, Look, 2, 3);
            var own = board.Current.Cases.Where(row => row.Council == council).ToList();
            Assert.Equal((own.Count, own.Count), (looked, total));
            Assert.Equal(own.Skip(2).Take(3), some);
            Assert.Equal(own, board.Current.Of(council));
            Assert.Equal(own, board.Current.Where(council, _ => true));

            bool Look(RowKey key)
            {
                looked++;
                return true;
            }
        }

        Assert.Empty(board.Current.Of(Cases.Parse<LocalAuthorityCode>("332")));
    }

    [Fact]
    public async Task Who_asks_for_the_children_of_one_council_waits_for_that_councils_cases_only()
    {
        for (var n = 0; n < Many; n++)
        {
            await OpenAsync(n, n % 4 == 0 ? Other : Cases.Council);
        }

        using var children = new KnownChildren(store);
        string[] words = [Cases.Facts.Child.GivenName];
        Assert.Equal(Many / 4, (await children.GivenAsync(words, Other, Stop)).Count);
        Assert.Equal((Many / 4, Many / 4), store.Taken());

        await store.SayAsync(Id(1, Cases.Council), "officer", new AssignCaseOfficer("officer-2"));
        await OpenAsync(Many, Other);
        Assert.Equal((Many / 4) + 1, (await children.LikeAsync(Cases.Facts.Child, Other, open: null, Stop)).Count);
        Assert.Equal((0, 1), store.Taken());

        // Those of all councils: the ones that are known are not read again, and afterwards no council is listed.
        Assert.Equal(Many + 1, (await children.LikeAsync(Cases.Facts.Child, null, open: true, Stop)).Count);
        Assert.Equal((0, Many * 3 / 4), store.Taken());
        Assert.Equal(Many * 3 / 4, (await children.GivenAsync(words, Cases.Council, Stop)).Count);
        Assert.Equal((0, 0), store.Taken());
    }

    private static AssessmentId Id(int number, LocalAuthorityCode council) => AssessmentId.For(council, $"{number}");

    private Task OpenAsync(int number, LocalAuthorityCode council) => store.SayAsync(Id(number, council), "open", new OpenAssessment(Cases.Facts));
}
