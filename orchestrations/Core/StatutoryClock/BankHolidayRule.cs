namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// The standing rule for bank holidays in England: Banking and Financial Dealings Act 1971 and the usual proclamations. One-off bank
/// holidays come from the data file.
/// </summary>
public static class BankHolidayRule
{
    /// <summary>The eight bank holidays of a year, in order. The complete rule has applied since 1978.</summary>
    public static IReadOnlyList<DateOnly> For(int year)
    {
        var easter = EasterSunday(year);
        var newYear = new DateOnly(year, 1, 1);
        var (christmas, boxing) = Christmas(year);
        return
        [
            newYear.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? MondayFrom(newYear) : newYear,
            easter.AddDays(-2),
            easter.AddDays(1),
            MondayFrom(new DateOnly(year, 5, 1)),
            MondayFrom(new DateOnly(year, 5, 25)),
            MondayFrom(new DateOnly(year, 8, 25)),
            christmas,
            boxing,
        ];
    }

    /// <summary>Easter Sunday of the Gregorian calendar (algorithm of Meeus, Jones and Butcher).</summary>
    public static DateOnly EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, ofCentury) = Math.DivRem(year, 100);
        var (leapCenturies, centuryRest) = Math.DivRem(century, 4);
        var moonShift = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - leapCenturies - moonShift + 15) % 30;
        var (leaps, leapRest) = Math.DivRem(ofCentury, 4);
        var weekday = (32 + (2 * centuryRest) + (2 * leaps) - epact - leapRest) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var (month, day) = Math.DivRem(epact + weekday - (7 * correction) + 114, 31);
        return new DateOnly(year, month, day + 1);
    }

    // If Christmas Day or Boxing Day falls on a weekend, the next weekdays are bank holidays instead.
    private static (DateOnly First, DateOnly Second) Christmas(int year)
    {
        var day = new DateOnly(year, 12, 25);
        return day.DayOfWeek switch
        {
            DayOfWeek.Friday => (day, day.AddDays(3)),
            DayOfWeek.Saturday => (day.AddDays(2), day.AddDays(3)),
            DayOfWeek.Sunday => (day.AddDays(1), day.AddDays(2)),
            _ => (day, day.AddDays(1)),
        };
    }

    private static DateOnly MondayFrom(DateOnly day) => day.AddDays(((int)DayOfWeek.Monday - (int)day.DayOfWeek + 7) % 7);
}
