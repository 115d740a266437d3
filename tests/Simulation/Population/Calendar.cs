namespace IntegrationHub.Simulation.Population;

/// <summary>
/// The simulation's own calendar: local days in London, written apart from the hub's, so that each finds the other's slips.
/// </summary>
public static class Calendar
{
    private const int FirstYear = 2025;

    /// <summary>The last year that a simulation may reach: ten years with a plan that was asked for in 2026.</summary>
    private const int LastYear = 2042;

    /// <summary>The first instant of British Summer Time in each year that a simulation may reach, and the first after it. Source: Summer Time Order 2002.</summary>
    private static readonly (DateTimeOffset From, DateTimeOffset To)[] Summers =
        [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(year => (LastSunday(year, 3), LastSunday(year, 10)))];

    /// <summary>Easter Sundays of the years whose bank holidays are not announced yet. Source: table of the Book of Common Prayer.</summary>
    private static readonly DateOnly[] Easters =
    [
        new(2029, 4, 1), new(2030, 4, 21), new(2031, 4, 13), new(2032, 3, 28), new(2033, 4, 17), new(2034, 4, 9), new(2035, 3, 25),
        new(2036, 4, 13), new(2037, 4, 5), new(2038, 4, 25), new(2039, 4, 10), new(2040, 4, 1), new(2041, 4, 21), new(2042, 4, 6),
    ];

    /// <summary>Bank holidays in England, as announced or by the standing rule. Source: gov.uk.</summary>
    private static readonly HashSet<DateOnly> BankHolidays =
    [
        new(2026, 1, 1), new(2026, 4, 3), new(2026, 4, 6), new(2026, 5, 4), new(2026, 5, 25), new(2026, 8, 31), new(2026, 12, 25), new(2026, 12, 28),
        new(2027, 1, 1), new(2027, 3, 26), new(2027, 3, 29), new(2027, 5, 3), new(2027, 5, 31), new(2027, 8, 30), new(2027, 12, 27), new(2027, 12, 28),
        new(2028, 1, 3), new(2028, 4, 14), new(2028, 4, 17), new(2028, 5, 1), new(2028, 5, 29), new(2028, 8, 28), new(2028, 12, 25), new(2028, 12, 26),
        .. Easters.SelectMany(ByTheRule),
    ];

    /// <summary>Both days of the simulated year on which the clocks change.</summary>
    public static IReadOnlyList<DateOnly> ClockChanges { get; } = [new(2026, 3, 29), new(2026, 10, 25)];

    /// <summary>The local day of an instant.</summary>
    public static DateOnly Day(DateTimeOffset instant)
    {
        foreach (var (from, to) in Summers)
        {
            if (instant >= from && instant < to)
            {
                return DateOnly.FromDateTime(instant.UtcDateTime.AddHours(1));
            }
        }

        return DateOnly.FromDateTime(instant.UtcDateTime);
    }

    /// <summary>Monday to Friday, and no bank holiday.</summary>
    public static bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !BankHolidays.Contains(day);

    /// <summary>The nth working day after a day.</summary>
    public static DateOnly WorkingDaysAfter(DateOnly day, int days)
    {
        while (days > 0)
        {
            day = day.AddDays(1);
            days -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>This day, or the first working day after it.</summary>
    public static DateOnly OnWorkingDay(DateOnly day) => IsWorkingDay(day) ? day : WorkingDaysAfter(day, 1);

    /// <summary>Last day on which a decision that the family was told about can be appealed, without a certificate: two months from the notice.</summary>
    public static DateOnly LastToAppeal(DateOnly told) => AfterVacation(told.AddMonths(2));

    /// <summary>Tribunal rules r12: a last day in August, from Christmas to New Year, or that is no working day moves to the next working day after it.</summary>
    public static DateOnly AfterVacation(DateOnly last) => last switch
    {
        { Month: 8 } => OnWorkingDay(new DateOnly(last.Year, 9, 1)),
        { Month: 12, Day: >= 25 } => OnWorkingDay(new DateOnly(last.Year + 1, 1, 2)),
        { Month: 1, Day: 1 } => OnWorkingDay(new DateOnly(last.Year, 1, 2)),
        _ => OnWorkingDay(last),
    };

    /// <summary>The bank holidays of a year by the standing rule.</summary>
    private static IEnumerable<DateOnly> ByTheRule(DateOnly easter)
    {
        var year = easter.Year;
        yield return Weekday(new DateOnly(year, 1, 1));
        yield return easter.AddDays(-2);
        yield return easter.AddDays(1);
        yield return MondayFrom(1, 5);
        yield return MondayFrom(25, 5);
        yield return MondayFrom(25, 8);
        var christmas = Weekday(new DateOnly(year, 12, 25));
        yield return christmas;
        yield return new DateOnly(year, 12, 25) is { DayOfWeek: DayOfWeek.Sunday } ? new DateOnly(year, 12, 27) : Weekday(new DateOnly(year, 12, 26)) is var boxing && boxing == christmas ? boxing.AddDays(1) : boxing;

        DateOnly MondayFrom(int day, int month) => Enumerable.Range(0, 7).Select(n => new DateOnly(year, month, day).AddDays(n)).First(d => d.DayOfWeek == DayOfWeek.Monday);
        static DateOnly Weekday(DateOnly day) => day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(2), DayOfWeek.Sunday => day.AddDays(1), _ => day };
    }

    private static DateTimeOffset LastSunday(int year, int month)
    {
        var last = new DateTimeOffset(year, month, 31, 1, 0, 0, TimeSpan.Zero);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
