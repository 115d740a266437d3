using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

/// <summary>
/// Every start day of more than five years, two leap days among them, counted again in another way: one day at a time, on a calendar of
/// <see cref="DateTime"/>, with the holidays written out.
/// </summary>
public class RecomputationTests
{
    // Bank holidays of England, written out for the days on which an appeal of these years could end.
    private static readonly HashSet<DateTime> Holidays =
    [
        new(2023, 8, 28), new(2023, 12, 25), new(2023, 12, 26),
        new(2024, 1, 1), new(2024, 3, 29), new(2024, 4, 1), new(2024, 5, 6), new(2024, 5, 27), new(2024, 8, 26), new(2024, 12, 25), new(2024, 12, 26),
        new(2025, 1, 1), new(2025, 4, 18), new(2025, 4, 21), new(2025, 5, 5), new(2025, 5, 26), new(2025, 8, 25), new(2025, 12, 25), new(2025, 12, 26),
        new(2026, 1, 1), new(2026, 4, 3), new(2026, 4, 6), new(2026, 5, 4), new(2026, 5, 25), new(2026, 8, 31), new(2026, 12, 25), new(2026, 12, 28),
        new(2027, 1, 1), new(2027, 3, 26), new(2027, 3, 29), new(2027, 5, 3), new(2027, 5, 31), new(2027, 8, 30), new(2027, 12, 27), new(2027, 12, 28),
        new(2028, 1, 3), new(2028, 4, 14), new(2028, 4, 17), new(2028, 5, 1), new(2028, 5, 29), new(2028, 8, 28), new(2028, 12, 25), new(2028, 12, 26),
    ];

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
        while (Vacation(due))
        {
            due = due.AddDays(1);
        }

        while (!Working(due))
        {
            due = due.AddDays(1);
        }

        return due;
    }

    private static bool Vacation(DateTime day) => day.Month == 8 || day is { Month: 12, Day: > 24 } or { Month: 1, Day: 1 };

    private static bool Working(DateTime day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.Contains(day);
}
