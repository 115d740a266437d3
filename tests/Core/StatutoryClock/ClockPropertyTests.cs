using CsCheck;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

public class ClockPropertyTests
{
    private static readonly RuleSet Rules = RuleSet.England2014;

    [Fact]
    public void No_exception_moves_a_due_day_or_takes_a_limit_away() =>
        Cases.Facts.Sample(facts =>
        {
            var without = Clock.Limits(facts with { Exceptions = [] }, Rules);
            var with = Clock.Limits(facts, Rules);

            Assert.Equal(without.Select(limit => (limit.Key, limit.From, limit.Due)), with.Select(limit => (limit.Key, limit.From, limit.Due)));
            Assert.All(without, limit => Assert.Empty(limit.RelievedBy));
        });

    [Fact]
    public void Grounds_are_sorted_never_repeated_and_only_those_that_the_rule_names() =>
        Cases.Facts.Sample(facts =>
        {
            foreach (var limit in Clock.Limits(facts, Rules))
            {
                var names = limit.RelievedBy.Select(Grounds.Name).ToList();
                Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
                Assert.Subset(limit.Rule.RelievedBy.ToHashSet(), limit.RelievedBy.ToHashSet());
                Assert.Subset(facts.Exceptions.Select(exception => exception.Ground).ToHashSet(), limit.RelievedBy.ToHashSet());
            }
        });

    [Fact]
    public void Exceptions_work_one_by_one()
    {
        // What all together relieve is what each alone would, joined: no two ever add up.
        Cases.Facts.Sample(facts =>
        {
            var together = Clock.Limits(facts, Rules).SelectMany(limit => limit.RelievedBy.Select(ground => (limit.Key, limit.From, ground))).ToHashSet();
            var alone = facts.Exceptions
                .SelectMany(exception => Clock.RelievableBy(exception, facts, Rules))
                .SelectMany(limit => limit.RelievedBy.Select(ground => (limit.Key, limit.From, ground))).ToHashSet();

            Assert.Equal(alone, together);
        });
    }

    [Fact]
    public void Day_one_is_exactly_one_day_earlier_where_a_period_runs_from_receipt() =>
        Cases.Facts.Sample(facts =>
        {
            var after = Clock.Limits(facts, Rules);
            var dayOne = Clock.Limits(facts, Rules, CountingPractice.DayOne);

            Assert.Equal(after.Count, dayOne.Count);
            Assert.All(after.Zip(dayOne), pair =>
            {
                var moves = pair.First.Rule.FromReceipt || pair.First.RuleKey == "draftBy";
                Assert.Equal(moves ? pair.First.Due!.Value.AddDays(-1) : pair.First.Due, pair.Second.Due);
            });
        });

    [Fact]
    public void Limits_stand_in_the_order_of_the_rule_set() =>
        Cases.Facts.Sample(facts =>
        {
            var positions = Clock.Limits(facts, Rules).Select(limit => Rules.Rules.ToList().IndexOf(limit.Rule)).ToList();
            Assert.Equal(positions.Order(), positions);
        });

    [Fact]
    public void Nothing_is_due_before_it_starts_but_the_planning_date() =>
        Cases.Facts.Sample(facts =>
            Assert.All(Clock.Limits(facts, Rules), limit => Assert.True(limit.Due is null || limit.Due >= limit.From, limit.Key)));

    [Fact]
    public void The_last_day_to_appeal_is_a_working_day_and_moves_out_of_the_vacation() =>
        Cases.Day.Sample(issued =>
        {
            var corresponding = issued.AddMonths(2);
            var due = Clock.Limits(new CaseFacts { Received = issued, PlanIssued = issued }, Rules).Single(limit => limit.Key == "appeal").Due!.Value;

            Assert.True(WorkingCalendar.England.IsWorkingDay(due));
            Assert.True(due >= corresponding);
            if (corresponding is { Month: 8 } or { Month: 12, Day: >= 25 } or { Month: 1, Day: 1 })
            {
                Assert.True(due.Month is 9 or 1);
            }
        });

    [Fact]
    public void The_same_facts_give_the_same_limits() =>
        Cases.Facts.Sample(facts => Assert.Equal(Clock.Limits(facts, Rules), Clock.Limits(facts, Rules)));
}
