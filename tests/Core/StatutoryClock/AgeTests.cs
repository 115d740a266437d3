using CsCheck;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

public class AgeTests
{
    [Theory]
    [InlineData("2009-09-01", "2026-06-26")] // turns 16 on the first day of the school year 2025/26
    [InlineData("2009-08-31", "2025-06-27")] // one day older, a year earlier, and still 15 on that Friday
    [InlineData("2009-06-27", "2025-06-27")] // turns 16 on it
    [InlineData("2010-01-15", "2026-06-26")]
    [InlineData("2008-02-29", "2024-06-28")]
    [InlineData("2001-09-30", "2018-06-29")]
    public void Compulsory_school_age_ends_on_the_last_Friday_of_June(string born, string last) =>
        Assert.Equal(Day(last), Age.EndOfCompulsorySchoolAge(Day(born)));

    [Fact]
    public void The_school_leaving_date_is_a_Friday_in_the_last_week_of_June_of_the_school_year_of_the_sixteenth_birthday() =>
        Births.Sample(born =>
        {
            var last = Age.EndOfCompulsorySchoolAge(born);
            Assert.Equal((DayOfWeek.Friday, 6), (last.DayOfWeek, last.Month));
            Assert.NotEqual(6, last.AddDays(7).Month);
            Assert.InRange(born.AddYears(16), new DateOnly(last.Year - 1, 9, 1), new DateOnly(last.Year, 8, 31));
        });

    [Theory]
    [InlineData("2025-06-27", false, RightsHolder.Parent)] // of compulsory school age to the end of the day
    [InlineData("2025-06-28", false, RightsHolder.YoungPerson)]
    [InlineData("2025-06-28", true, RightsHolder.AlternativePerson)]
    [InlineData("2025-06-27", true, RightsHolder.Parent)]
    [InlineData("2034-01-14", false, RightsHolder.YoungPerson)]
    [InlineData("2034-01-15", false, RightsHolder.Nobody)] // 25
    [InlineData("2009-01-14", false, RightsHolder.Nobody)] // not born
    [InlineData("2009-01-15", false, RightsHolder.Parent)]
    public void Rights_move_the_day_after_school_age_ends(string day, bool lacksCapacity, RightsHolder expected) =>
        Assert.Equal(expected, Age.HolderOfRights(Day("2009-01-15"), Day(day), lacksCapacity));

    [Fact]
    public void At_sixteen_a_child_may_still_be_a_child() =>
        Assert.Equal((16, RightsHolder.Parent), (Age.On(Day("2009-01-15"), Day("2025-03-01")), Age.HolderOfRights(Day("2009-01-15"), Day("2025-03-01"))));

    [Theory]
    [InlineData("2021-08-31", "2025-09-01", 0)] // 4 by 31 August: Reception
    [InlineData("2021-09-01", "2025-09-01", -1)]
    [InlineData("2021-09-01", "2026-08-31", -1)]
    [InlineData("2021-09-01", "2026-09-01", 0)]
    [InlineData("2012-01-10", "2025-08-31", 8)]
    [InlineData("2012-01-10", "2025-09-01", 9)] // turns 14 in 2025/26
    [InlineData("2007-09-01", "2026-07-01", 13)]
    public void Year_groups(string born, string day, int group) => Assert.Equal(group, Age.YearGroup(Day(born), Day(day)));

    [Fact]
    public void Year_9_is_the_school_year_of_the_fourteenth_birthday() =>
        Births.Sample(born =>
        {
            var birthday = born.AddYears(14);
            var first = new DateOnly(Age.SchoolYear(birthday), 9, 1);

            Assert.Equal(9, Age.YearGroup(born, birthday));
            Assert.True(Age.InOrBeyondYear9(born, first));
            Assert.False(Age.InOrBeyondYear9(born, first.AddDays(-1)));
            Assert.True(Age.InOrBeyondYear9(born, first.AddYears(8)));
        });

    [Theory]
    [InlineData("2008-02-29", "2026-02-28", 17)]
    [InlineData("2008-02-29", "2026-03-01", 18)]
    [InlineData("2008-03-15", "2026-03-14", 17)]
    [InlineData("2008-03-15", "2026-03-15", 18)]
    [InlineData("2008-02-29", "2024-02-29", 16)]
    public void Age_in_years(string born, string day, int years)
    {
        Assert.Equal(years, Age.On(Day(born), Day(day)));
        Assert.Equal(years >= 18, Age.IsOver18(Day(born), Day(day)));
    }

    private static Gen<DateOnly> Births => Gen.Int[0, 15000].Select(days => new DateOnly(1990, 1, 1).AddDays(days)).Where(day => day is not { Month: 2, Day: 29 });

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);
}
