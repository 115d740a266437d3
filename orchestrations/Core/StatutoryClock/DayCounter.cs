namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>Counts from the day of a fact to the last day of a limit.</summary>
internal sealed record DayCounter(CountingPractice Practice, WorkingCalendar Calendar)
{
    /// <summary>The last day, or null for "as soon as practicable".</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="start">Day of the fact that it runs from.</param>
    /// <param name="secondStart">Day of the fact that its second period runs from, when it has one and that has happened.</param>
    internal DateOnly? Due(Rule rule, DateOnly start, DateOnly? secondStart = null)
    {
        if (rule.Length is not { } length)
        {
            return null;
        }

        var last = End(start, length, rule.Unit, rule.Counting);
        if (rule.FromReceipt && Practice == CountingPractice.DayOne)
        {
            last = last.AddDays(-1);
        }

        if (rule.OrIfLater is { } later && secondStart is { } second)
        {
            var other = End(second, later.Length, later.Unit, rule.Counting);
            last = other > last ? other : last;
        }

        return rule.TribunalVacations ? AfterVacation(last) : last;
    }

    private DateOnly End(DateOnly start, int length, LengthUnit unit, Counting counting)
    {
        var firstCounts = counting == Counting.BeginningWith;
        return unit switch
        {
            LengthUnit.Days => start.AddDays(firstCounts ? length - 1 : length),
            LengthUnit.Weeks => start.AddDays((7 * length) - (firstCounts ? 1 : 0)),
            LengthUnit.Months => Months(start, length, firstCounts),
            _ => Calendar.Add(firstCounts ? start.AddDays(-1) : start, length),
        };
    }

    // The corresponding date; in a shorter month its last day. "Starting with" a date ends the day before the corresponding one, but where
    // there is no such date (29 February) the period fills the whole of the shorter month.
    private static DateOnly Months(DateOnly start, int length, bool firstCounts)
    {
        var corresponding = start.AddMonths(length);
        return firstCounts && corresponding.Day == start.Day ? corresponding.AddDays(-1) : corresponding;
    }

    // Tribunal Procedure (FTT) (HESC) Rules 2008 r12, as the guidance to families tells it.
    private DateOnly AfterVacation(DateOnly last) => last switch
    {
        { Month: 8 } => Calendar.FirstWorkingDay(new DateOnly(last.Year, 9, 1)),
        { Month: 12, Day: >= 25 } => Calendar.FirstWorkingDay(new DateOnly(last.Year + 1, 1, 2)),
        { Month: 1, Day: 1 } => Calendar.FirstWorkingDay(new DateOnly(last.Year, 1, 2)),
        _ => last,
    };
}
