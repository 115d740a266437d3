using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>
/// Where the store keeps the board's rows, a program that has just started shows them before it has read a case, and reads every case for all that. A new
/// <see cref="CaseBoard"/> over the same store is a program that has just started.
/// </summary>
public sealed class KeptRowsTests : IAsyncDisposable
{
    private const int Many = 24;

    private static readonly LocalAuthorityCode Other = Cases.Parse<LocalAuthorityCode>("331");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 11, 0, 0, TimeSpan.Zero));
    private readonly RuleBook rules = new([Cases.Profile, Cases.Profile with { Code = Other }], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
    private readonly CountedKeeper store;

    public KeptRowsTests() => store = new CountedKeeper(rules, time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task After_a_start_the_lists_show_what_was_kept_before_any_case_was_read()
    {
        var before = await FillAsync();
        time.Advance(TimeSpan.FromHours(1));
        var board = new CaseBoard(store, rules, time);
        var first = new List<string>();
        board.WasRead += _ =>
        {
            first = first.Count > 0 ? first : Told(board);
            Assert.True(board.Current is { Unread: 0, AsOf: null } && board.Current.HasRead(Cases.Council) && board.Current.HasRead(Other));
        };
        await board.RefreshAsync(Stop);

        // Then all are read, and what the store has is as it would be kept now.
        Assert.Equal((Many, Many), store.Taken());
        Assert.Equal(Told(before), first);
        Assert.Equal(first, Told(board));
        Assert.NotNull(board.Current.AsOf);
        Assert.Equal((0, 0), (await board.KeepAsync(Stop), store.Written));
        await board.RefreshAsync(Stop);
        Assert.Equal((0, 0), store.Taken());
    }

    [Fact]
    public async Task A_case_that_has_changed_since_is_read_first_and_its_list_is_complete_after_it()
    {
        await FillAsync();
        var changed = Id(5, CouncilOf(5));
        await store.SayAsync(changed, "withdrawn", new WithdrawRequest(new DateOnly(2026, 1, 5), "They manage."));
        var board = new CaseBoard(store, rules, time);
        var read = new List<(AssessmentId Id, bool OfOwn, bool OfOther)>();
        board.WasRead += state => read.Add((state.Id, board.Current.HasRead(Cases.Council), board.Current.HasRead(Other)));
        await board.RefreshAsync(Stop);

        Assert.Equal((changed, false, true), read[0]);
        Assert.All(read.Skip(1), one => Assert.True(one.OfOwn && one.OfOther));
        Assert.Equal(Many, read.Count);
        Assert.Equal((1, 1), (await board.KeepAsync(Stop), store.Written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"failed":0}""")]
    [InlineData("""{"reason":null,"failed":0}""")]
    [InlineData("""{"reason":"","failed":0,"awaited":[null]}""")]
    [InlineData("""{"reason":"","failed":0,"cohort":{"receptionYear":2020,"at":"nobody"}}""")]
    public async Task A_kept_row_that_cannot_be_read_counts_as_not_kept_and_is_kept_again(string body)
    {
        var before = await FillAsync();
        var damaged = Id(5, CouncilOf(5));
        var version = (await store.Inner.LoadAsync(damaged, Stop)).State.Version;
        await store.Inner.KeepAsync(KeptRows.Kind, [new Extract(damaged, version, Encoding.UTF8.GetBytes(body), [])], null, Stop);

        var board = new CaseBoard(store, rules, time);
        var read = new List<(AssessmentId Id, bool IsComplete)>();
        board.WasRead += state => read.Add((state.Id, board.Current.HasRead(CouncilOf(5))));
        await board.RefreshAsync(Stop);
        Assert.Equal((damaged, false), read[0]);
        Assert.All(read.Skip(1), one => Assert.True(one.IsComplete));
        Assert.Equal(Told(before), Told(board));
        Assert.Equal((1, 1), (board.UnreadableRows, await board.KeepAsync(Stop)));

        var next = new CaseBoard(store, rules, time);
        next.WasRead += _ => Assert.Equal(0, next.Current.Unread);
        await next.RefreshAsync(Stop);
        Assert.Equal(0, next.UnreadableRows);
    }

    [Fact]
    public async Task A_row_that_a_page_has_updated_is_kept_too_and_a_write_that_failed_is_made_up_for()
    {
        var board = await FillAsync();
        await store.SayAsync(Id(7, CouncilOf(7)), "withdrawn", new WithdrawRequest(new DateOnly(2026, 1, 5), "They manage."));
        board.Take((await store.Inner.LoadAsync(Id(7, CouncilOf(7)), Stop)).State);
        await board.RefreshAsync(Stop);
        store.WritesLeft = 0;
        await Assert.ThrowsAsync<IOException>(() => board.KeepAsync(Stop));
        store.WritesLeft = null;
        Assert.Equal(1, await board.KeepAsync(Stop));
        Assert.Equal(0, await board.KeepAsync(Stop));

        var next = new CaseBoard(store, rules, time);
        next.WasRead += _ => Assert.Equal(0, next.Current.Unread);
        await next.RefreshAsync(Stop);
        Assert.Equal(Told(board), Told(next));
    }

    /// <summary>If this fails, raise the form in <see cref="KeptRows.Kind"/>: otherwise what an earlier program kept is shown as if this one had kept it.</summary>
    [Fact]
    public void The_form_of_what_is_kept_is_on_record()
    {
        var day = new DateOnly(2026, 3, 14);
        var agency = Cases.Parse<AgencyId>("ods:RX1");
        var listed = CaseRow.Listed(Summary(), new SharedStrings());
        var row = listed with
        {
            DerivedOn = CaseRow.Earlier,
            AtRiskFrom = day,
            LostFrom = day.AddDays(1),
            Reason = "Medical advice is late.",
            Failed = 2,
            Awaited = [new AwaitedAnswer(agency, day), new AwaitedAnswer(null, day)],
            Answered = [new Answered(agency, day, true)],
            Milestones = [new Milestone(6, day, true, false)],
            Decision = "decide-on-plan",
            Panels = [day],
            Cohort = new PlanCohort(2020, agency, new CohortTransfer(TransferOfPhase.PrimaryToSecondary, 2027, TransferStep.Consulted, day)),
            Cost = new CaseCost("B2", 10_000m, 2_500.50m, 700m),
            Unnamed = [agency],
        };

        Assert.Equal(2, KeptRows.Kind.Form);
        Assert.Equal(
            """{"atRiskFrom":"2026-03-14","lostFrom":"2026-03-15","reason":"Medical advice is late.","failed":2,"awaited":[{"agency":"ods:RX1","due":"2026-03-14"},{"due":"2026-03-14"}],"answered":[{"agency":"ods:RX1","on":"2026-03-14","inTime":true}],"milestones":[{"weeks":6,"due":"2026-03-14","inTime":true,"relieved":false}],"decision":"decide-on-plan","panels":["2026-03-14"],"cohort":{"receptionYear":2020,"at":"ods:RX1","transfer":{"transfer":"PrimaryToSecondary","year":2027,"step":"Consulted","due":"2026-03-14"}},"cost":{"band":"B2","place":10000,"topUp":2500.50,"lines":700},"unnamed":["ods:RX1"]}""",
            Encoding.UTF8.GetString(KeptRows.Body(row)));
        Assert.Equal("""{"reason":"","failed":0}""", Encoding.UTF8.GetString(KeptRows.Body(listed)));
    }

    private static AssessmentSummary Summary() => new()
    {
        Id = Id(1, Other),
        Version = 1,
        Stage = Stage.PlanIssued,
        ReceivedOn = new DateOnly(2026, 1, 5),
        WaitingFor = "",
        FinalPlanDue = new DateOnly(2026, 5, 25),
        Agencies = [],
        Attention = 0,
    };

    private static AssessmentId Id(int number, LocalAuthorityCode council) => AssessmentId.For(council, $"{number}");

    private static LocalAuthorityCode CouncilOf(int number) => number % 3 == 0 ? Other : Cases.Council;

    private static List<string> Told(CaseBoard board) =>
        [.. board.Current.Cases.Select(row => $"{row.Summary.Id} {row.Summary.Version} {row.Summary.Stage} {Encoding.UTF8.GetString(KeptRows.Body(row))}").Order(StringComparer.Ordinal)];

    private async Task<CaseBoard> FillAsync()
    {
        for (var n = 0; n < Many; n++)
        {
            await store.SayAsync(Id(n, CouncilOf(n)), "open", new OpenAssessment(Cases.Facts));
        }

        await store.SayAsync(Id(2, CouncilOf(2)), "withdrawn", new WithdrawRequest(new DateOnly(2026, 1, 5), "They manage."));
        var board = new CaseBoard(store, rules, time);
        await board.RefreshAsync(Stop);
        Assert.Equal((Many, Many), (await board.KeepAsync(Stop), store.Written));
        (store.Written, _) = (0, store.Taken());
        return board;
    }
}
