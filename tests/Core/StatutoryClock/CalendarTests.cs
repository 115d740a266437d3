using System.Text;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

public class CalendarTests
{
    private static readonly DateOnly[] OneOffs = [new(2020, 5, 8), new(2022, 6, 2), new(2022, 6, 3), new(2022, 9, 19), new(2023, 5, 8)];

    // What the standing rule would have given in place of a one-off.
    private static readonly DateOnly[] Displaced = [new(2020, 5, 4), new(2022, 5, 30)];

    public static TheoryData<int> Years => [.. WorkingCalendar.England.YearsInData];

    [Fact]
    public void The_data_cover_2018_to_2028() => Assert.Equal(Enumerable.Range(2018, 11), WorkingCalendar.England.YearsInData);

    [Theory]
    [MemberData(nameof(Years))]
    public void Data_and_rule_agree_but_for_the_one_offs(int year)
    {
        var expected = BankHolidayRule.For(year).Except(Displaced).Concat(OneOffs.Where(day => day.Year == year)).Order();

        Assert.Equal(expected, WorkingCalendar.England.BankHolidays(year));
    }

    [Theory]
    [InlineData(2018, "0101 0330 0402 0507 0528 0827 1225 1226")]
    [InlineData(2020, "0101 0410 0413 0508 0525 0831 1225 1228")]
    [InlineData(2021, "0101 0402 0405 0503 0531 0830 1227 1228")]
    [InlineData(2022, "0103 0415 0418 0502 0602 0603 0829 0919 1226 1227")]
    [InlineData(2023, "0102 0407 0410 0501 0508 0529 0828 1225 1226")]
    [InlineData(2026, "0101 0403 0406 0504 0525 0831 1225 1228")]
    [InlineData(2031, "0101 0411 0414 0505 0526 0825 1225 1226")]
    public void Bank_holidays_of_England(int year, string days) =>
        Assert.Equal(days, string.Join(' ', WorkingCalendar.England.BankHolidays(year).Select(day => $"{day:MMdd}")));

    [Theory]
    [InlineData(2008, 3, 23)]
    [InlineData(2011, 4, 24)]
    [InlineData(2038, 4, 25)]
    [InlineData(2049, 4, 18)]
    [InlineData(2076, 4, 19)]
    public void Easter(int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), BankHolidayRule.EasterSunday(year));

    [Fact]
    public void Easter_is_a_Sunday_between_22_March_and_25_April() =>
        Assert.All(Enumerable.Range(1978, 400).Select(BankHolidayRule.EasterSunday), easter =>
        {
            Assert.Equal(DayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new DateOnly(easter.Year, 3, 22), new DateOnly(easter.Year, 4, 25));
        });

    [Theory]
    [InlineData("2025-04-17", 1, "2025-04-22")] // over Easter
    [InlineData("2025-04-17", 0, "2025-04-17")]
    [InlineData("2025-04-19", 1, "2025-04-22")]
    [InlineData("2040-12-24", 1, "2040-12-27")] // a year of the rule
    [InlineData("2024-12-24", 3, "2024-12-31")]
    public void Working_days_are_counted_from_the_day_after(string from, int count, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, null), WorkingCalendar.England.Add(DateOnly.Parse(from, null), count));

    [Fact]
    public void Counting_back_is_not_offered() => Assert.Throws<ArgumentOutOfRangeException>(() => WorkingCalendar.England.Add(new(2025, 1, 1), -1));

    [Fact]
    public void Another_calendar_changes_limits_in_working_days()
    {
        var closedFriday = Calendar("""{"division":"d","source":"s","note":"n","years":[{"year":2025,"projected":false,"days":[{"date":"2025-10-03","title":"t"}]}]}""");
        var facts = new CaseFacts { Received = new(2025, 5, 1), PlanIssued = new(2025, 9, 1), Dispute = new() { MediationDeclined = new(2025, 10, 1) } };

        var due = Clock.Limits(facts, RuleSet.England2014, CountingPractice.AfterTheDay, closedFriday).Single(limit => limit.Key == "mediationCertificate").Due;

        Assert.Equal(new DateOnly(2025, 10, 7), due);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("null")]
    [InlineData("""{"division":"d","source":"s","note":"n","years":[{"year":2025,"projected":false,"days":[{"date":"2024-10-03","title":"t"}]}]}""")]
    [InlineData("""{"division":"d","source":"s","note":"n","years":[{"year":2025,"projected":false,"days":[]}]}""")]
    [InlineData("""{"division":"d","source":"s","note":"n"}""")]
    public void What_is_no_calendar_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Calendar(text));

    [Theory]
    [InlineData("2025-06-02T22:59:59Z", "2025-06-02")]
    [InlineData("2025-06-02T23:00:00Z", "2025-06-03")] // midnight in London, summer time
    [InlineData("2025-12-02T23:59:59Z", "2025-12-02")]
    [InlineData("2025-12-03T00:30:00+01:00", "2025-12-02")]
    [InlineData("2025-03-30T00:59:59Z", "2025-03-30")]
    [InlineData("2025-10-25T23:00:00Z", "2025-10-26")]
    [InlineData("2025-10-26T23:00:00Z", "2025-10-26")]
    public void An_instant_has_its_day_in_London(string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day, null), LondonDate.Of(DateTimeOffset.Parse(instant, null)));

    [Fact]
    public void Summer_time_agrees_with_the_time_zone_data_of_this_machine()
    {
        var there = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var london);
        Assert.SkipUnless(there || Environment.GetEnvironmentVariable("CI") == "true", "This machine has no time zone data.");

        for (var instant = new DateTimeOffset(1996, 1, 1, 0, 30, 0, TimeSpan.Zero); instant.Year < 2037; instant = instant.AddHours(1))
        {
            var expected = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, london!).DateTime);
            if (LondonDate.Of(instant) != expected)
            {
                Assert.Fail($"{instant:O} is {expected:O} in London.");
            }
        }
    }

    private static WorkingCalendar Calendar(string text) => WorkingCalendar.Parse(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
