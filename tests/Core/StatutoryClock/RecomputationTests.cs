using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

/// <summary>
/// Every start day of more than five years, two leap days among them, counted again in another way: one day at a time, on a calendar of
/// <see cref="DateTime"/>, with the holidays written out.
/// </summary>
public class RecomputationTests
{
    // Days after 1 September and 1 January that are no working days although they are weekdays.
    private static readonly HashSet<DateTime> Substitutes = [new(2028, 1, 3), new(2023, 1, 2), new(2022, 1, 3)];

    [Fact]
    public void Every_start_day_counts_to_the_same_limits_in_another_way()
    {
        var days = 0;
        for (var start = new DateTime(2023, 7, 1); start <= new DateTime(2028, 12, 31); start = start.AddDays(1))
        {
            var day = DateOnly.FromDateTime(start);
            var facts = new CaseFacts
            {
                Received = day,
                Advice = [new() { Key = "x", Kind = AdviceKind.Medical, Requested = day, ReceivedByBody = day }],
                DraftServed = day,
                InstitutionsConsulted = [new(null, day)],
                PlanIssued = day,
            };

            var limits = Clock.Limits(facts, RuleSet.England2014).Where(limit => limit.Due is not null).ToDictionary(limit => limit.Key, limit => limit.Due!.Value.ToDateTime(default));

            Assert.Equal(Walk(start, 42), limits["decideWhetherToAssess"]);
            Assert.Equal(Walk(start, 42), limits["advice:x"]);
            Assert.Equal(Walk(start, 112), limits["notifyNoPlan"]);
            Assert.Equal(Walk(start, 110), limits["draftBy"]);
            Assert.Equal(Walk(start, 14), limits["familyRepresentations"]);
            Assert.Equal(Walk(start, 15), limits["institutionResponse"]);
            Assert.Equal(Walk(start, 140), limits["finalPlan"]);
            Assert.Equal(LastDayOfYearStarting(start), limits["firstReview"]);
            Assert.Equal(Appeal(start), limits["appeal"]);
            days++;
        }

        Assert.Equal(2011, days);
    }

    private static DateTime Walk(DateTime day, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            day += TimeSpan.FromHours(24);
        }

        return day;
    }

    private static DateTime LastDayOfYearStarting(DateTime day) =>
        day is { Month: 2, Day: 29 } ? new DateTime(day.Year + 1, 2, 28) : new DateTime(day.Year + 1, day.Month, day.Day) - TimeSpan.FromDays(1);

    private static DateTime Appeal(DateTime sent)
    {
        var (year, month) = sent.Month > 10 ? (sent.Year + 1, sent.Month - 10) : (sent.Year, sent.Month + 2);
        var longest = month switch { 2 => DateTime.IsLeapYear(year) ? 29 : 28, 4 or 6 or 9 or 11 => 30, _ => 31 };
        var due = new DateTime(year, month, Math.Min(sent.Day, longest));
        if (!Vacation(due))
        {
            return due;
        }

        do
        {
            due = due.AddDays(1);
        }
        while (Vacation(due) || !Working(due));
        return due;
    }

    private static bool Vacation(DateTime day) => day.Month == 8 || day is { Month: 12, Day: > 24 } or { Month: 1, Day: 1 };

    private static bool Working(DateTime day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Substitutes.Contains(day);
}
