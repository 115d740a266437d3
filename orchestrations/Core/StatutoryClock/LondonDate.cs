namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// The calendar day in England at a given instant. The day is computed from the Summer Time Order 2002 (last Sunday of March to last Sunday
/// of October, changing at 01:00 UTC, as since 1996), so that a due date never depends on the machine's time zone data.
/// </summary>
public static class LondonDate
{
    /// <summary>The local date in England at an instant.</summary>
    /// <param name="instant">An instant since 1996, with any UTC offset.</param>
    public static DateOnly Of(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        var summer = utc >= LastSunday(utc.Year, 3) && utc < LastSunday(utc.Year, 10);
        return DateOnly.FromDateTime(summer ? utc.AddHours(1) : utc);
    }

    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateOnly(year, month, 31);
        return last.AddDays(-(int)last.DayOfWeek).ToDateTime(new TimeOnly(1, 0), DateTimeKind.Utc);
    }
}
