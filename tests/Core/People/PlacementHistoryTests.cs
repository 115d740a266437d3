using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.People;

/// <summary>First and last days of placements follow from what happened; days that do not add up are said.</summary>
public class PlacementHistoryTests
{
    private static readonly DateOnly Day = new(2026, 9, 1);

    private static PlanPrepared Plan(PlanKind kind, int version) => new(
        new PlanDocument { Assessment = Cases.Id, Kind = kind, Version = version, PreparedOn = Day.AddDays(version), PreparedBy = "officer-1", Child = Life.Opened().State.Facts!.Child, Sections = [] }, "hash");

    private static PlacementSpan Span(DateOnly from, DateOnly? to, int rank = 1) => new(null, "A school", from, to, rank);

    [Fact]
    public void Days_without_a_place_and_days_with_two_are_found()
    {
        Assert.Empty(PlacementHistory.Anomalies([Span(Day, Day.AddDays(9)), Span(Day.AddDays(10), null)]));
        Assert.Equal([new PlacementAnomaly(Day.AddDays(10), Day.AddDays(11), false)], PlacementHistory.Anomalies([Span(Day, Day.AddDays(9)), Span(Day.AddDays(12), null)]));
        Assert.Equal([new PlacementAnomaly(Day.AddDays(5), Day.AddDays(9), true)], PlacementHistory.Anomalies([Span(Day, Day.AddDays(9)), Span(Day.AddDays(5), Day.AddDays(20))]));
        Assert.Equal([new PlacementAnomaly(Day.AddDays(5), null, true)], PlacementHistory.Anomalies([Span(Day, null), Span(Day.AddDays(5), null)]));
    }

    [Fact]
    public void A_long_place_covers_the_days_after_a_short_one_and_a_second_place_is_no_overlap()
    {
        Assert.Equal(
            [new PlacementAnomaly(Day.AddDays(2), Day.AddDays(3), true), new PlacementAnomaly(Day.AddDays(21), Day.AddDays(29), false)],
            PlacementHistory.Anomalies([Span(Day, Day.AddDays(20)), Span(Day.AddDays(2), Day.AddDays(3)), Span(Day.AddDays(30), null)]));
        Assert.Empty(PlacementHistory.Anomalies([Span(Day, null), Span(Day.AddDays(2), Day.AddDays(3), rank: 2)]));
    }

    [Fact]
    public void Every_day_with_none_or_two_is_found_on_generated_spans()
    {
        var random = new Random(24);
        for (var round = 0; round < 300; round++)
        {
            var spans = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Day.AddDays(random.Next(30))).Select(from => Span(from, from.AddDays(random.Next(12)))).ToList();
            var doubts = PlacementHistory.Anomalies(spans);
            var last = spans.Max(one => one.To!.Value);
            for (var day = spans.Min(one => one.From); day <= last; day = day.AddDays(1))
            {
                var places = spans.Count(one => one.From <= day && day <= one.To);
                Assert.Equal(places == 0, doubts.Any(one => !one.IsOverlap && one.From <= day && day <= one.To));
                Assert.Equal(places > 1, doubts.Any(one => one.IsOverlap && one.From <= day && day <= one.To));
            }
        }
    }

    [Fact]
    public void A_named_place_begins_with_its_plan_or_on_its_own_day_and_ends_when_another_begins()
    {
        var state = AssessmentState.None(Cases.Id);
        PlacementNamed first = new("Primary school", Cases.School), second = new("Secondary school", Cases.OtherSchool, From: new DateOnly(2027, 9, 1));

        Assert.Empty(PlacementHistory.Named([first], state));
        var spans = PlacementHistory.Named([first, Plan(PlanKind.Draft, 1), Plan(PlanKind.Final, 2), Plan(PlanKind.AmendedFinal, 3), second, Plan(PlanKind.AmendedFinal, 4)], state);

        Assert.Equal(
            [
                new PlacementSpan(Cases.School.Id, Cases.School.Name, Day.AddDays(2), new DateOnly(2027, 8, 31), IsFromPlan: true),
                new PlacementSpan(Cases.OtherSchool.Id, Cases.OtherSchool.Name, new DateOnly(2027, 9, 1), null),
            ], spans);
        Assert.Empty(PlacementHistory.Anomalies(spans));
    }

    [Fact]
    public void The_last_place_ends_with_the_plan()
    {
        var ceased = AssessmentState.None(Cases.Id) with { Ceasing = new PlanCeasing { Number = 1, ConsideredOn = Day, Reason = CeasingReason.MaximumAge, Reasons = "", AnswerBy = Day, CeasedOn = new DateOnly(2028, 8, 1) } };

        var span = Assert.Single(PlacementHistory.Named([new PlacementNamed("Primary school", Cases.School), Plan(PlanKind.Final, 1)], ceased));

        Assert.Equal(new DateOnly(2028, 7, 31), span.To);
    }
}
