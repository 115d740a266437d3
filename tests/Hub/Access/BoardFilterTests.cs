using CsCheck;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>The monitor filters 150,000 short keys; what a filter means there is what it means in every other list.</summary>
public sealed class BoardFilterTests
{
    private static readonly DateOnly Today = new(2026, 6, 10);
    private static readonly LocalAuthorityCode[] Councils = [HubUnderTest.Own, HubUnderTest.Other];
    private static readonly AgencyId[] Agencies = [HubUnderTest.Asked, HubUnderTest.NotAsked, HubUnderTest.Pushing];

    private static Gen<T> Any<T>(T[] these) => Gen.Int[0, these.Length - 1].Select(n => these[n]);

    private static readonly Gen<DateOnly> Days = Gen.Int[-60, 200].Select(Today.AddDays);

    private static readonly Gen<AssessmentSummary> Summaries =
        from number in Gen.Int[0, 999_999]
        from council in Any(Councils)
        from stage in Gen.Enum<Stage>()
        from received in Days
        from waiting in Days.Nullable()
        from final in Days
        from attention in Gen.Int[0, 2]
        from later in Days.Nullable()
        from laterDue in Days.Nullable()
        from agencies in Gen.Shuffle(Agencies, 0, Agencies.Length)
        select new AssessmentSummary
        {
            Id = AssessmentId.For(council, $"{number}"),
            Version = 1,
            Stage = stage,
            ReceivedOn = received,
            WaitingFor = "advice",
            WaitingDue = waiting,
            FinalPlanDue = final,
            Agencies = agencies,
            Attention = attention,
            Later = later is { } first ? new FutureWait(first, "something else", null, laterDue) : null,
        };

    private static readonly Gen<CaseFilter> Filters =
        from council in Any(Councils).Nullable()
        from agency in Any(Agencies).Nullable()
        from stage in Gen.Enum<Stage>().Nullable()
        from attention in Gen.Bool
        from ended in Gen.Bool
        select new CaseFilter { Council = council, Agency = agency, Stage = stage, Attention = attention, Ended = ended };

    [Fact]
    public void A_filter_of_the_board_holds_what_the_same_filter_of_a_list_holds() =>
        Gen.Select(Summaries.List[1, 20], Filters).Sample((summaries, filter) =>
        {
            var words = new SharedStrings();
            var keys = summaries.Select(s => (Summary: s, Key: RowKey.Of(CaseRow.Listed(s, words) with { AgencyGroup = words.GroupOf(s.Agencies) }))).ToList();
            var fits = filter.On(Today, words);
            var query = new SummaryQuery
            {
                Council = filter.Council,
                Agency = filter.Agency,
                Stage = filter.Stage,
                NeedsAttention = filter.Attention ? true : null,
                Open = filter.Ended || filter.Stage?.HasEnded() == true ? null : true,
            };
            Assert.Equal(summaries.Where(query.Includes), keys.Where(k => fits(k.Key)).Select(k => k.Summary));
        });

    [Fact]
    public void Overdue_on_the_board_is_due_before_today_in_a_list() =>
        Gen.Select(Summaries, Gen.Int[0, 90]).Sample((summary, days) =>
        {
            var day = Today.AddDays(days);
            var standing = RowKey.Of(CaseRow.Listed(summary, new SharedStrings())).StandingOn(day.DayNumber);
            var late = new SummaryQuery { Open = true, OnDay = day, WaitingDueBefore = day }.Includes(summary);
            Assert.Equal(late, standing is Standing.Overdue or Standing.Stalled);
        });

    [Theory]
    [InlineData("council", "33")]
    [InlineData("agency", "nobody")]
    [InlineData("stage", "Assesing")]
    [InlineData("standing", "late")]
    [InlineData("outlook", "bad")]
    [InlineData("week", "0")]
    [InlineData("page", "last")]
    [InlineData("attention", "true")]
    [InlineData("ended", "1")]
    public void A_filter_that_cannot_be_read_is_said_and_never_widens_the_list(string name, string value)
    {
        var filter = CaseFilter.Read(new QueryCollection(new Dictionary<string, StringValues> { [name] = value }));
        Assert.Single(filter.Problems);
    }

    [Theory]
    [InlineData("attention", "yes")]
    [InlineData("stage", "assessing")]
    [InlineData("stage", "")]
    [InlineData("ended", "")]
    public void One_that_can_be_read_is_not(string name, string value) =>
        Assert.Empty(CaseFilter.Read(new QueryCollection(new Dictionary<string, StringValues> { [name] = value })).Problems);
}
