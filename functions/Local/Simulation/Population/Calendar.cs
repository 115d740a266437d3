namespace IntegrationHub.Local.Simulation.Population;

/// <summary>
/// The simulation's own calendar: local days in London, written apart from the hub's, so that each finds the other's slips.
/// </summary>
public static class Calendar
{
    /// <summary>The first instant of British Summer Time in each year that a simulation may reach, and the first after it. Source: Summer Time Order 2002.</summary>
    private static readonly (DateTimeOffset From, DateTimeOffset To)[] Summers =
    [
        (Utc(2025, 3, 30), Utc(2025, 10, 26)), (Utc(2026, 3, 29), Utc(2026, 10, 25)), (Utc(2027, 3, 28), Utc(2027, 10, 31)),
        (Utc(2028, 3, 26), Utc(2028, 10, 29)), (Utc(2029, 3, 25), Utc(2029, 10, 28)),
    ];

    /// <summary>Bank holidays in England, as announced or by the standing rule. Source: gov.uk.</summary>
    private static readonly HashSet<DateOnly> BankHolidays =
    [
        new(2026, 1, 1), new(2026, 4, 3), new(2026, 4, 6), new(2026, 5, 4), new(2026, 5, 25), new(2026, 8, 31), new(2026, 12, 25), new(2026, 12, 28),
        new(2027, 1, 1), new(2027, 3, 26), new(2027, 3, 29), new(2027, 5, 3), new(2027, 5, 31), new(2027, 8, 30), new(2027, 12, 27), new(2027, 12, 28),
        new(2028, 1, 3), new(2028, 4, 14), new(2028, 4, 17), new(2028, 5, 1), new(2028, 5, 29), new(2028, 8, 28), new(2028, 12, 25), new(2028, 12, 26),
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

    private static DateTimeOffset Utc(int year, int month, int day) => new(year, month, day, 1, 0, 0, TimeSpan.Zero);
}
