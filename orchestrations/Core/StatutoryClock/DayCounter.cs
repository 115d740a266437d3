namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>Counts from the day on which a time limit starts to its last day.</summary>
internal sealed record DayCounter(CountingPractice Practice, WorkingCalendar Calendar)
{
    private static readonly DayCounter[] OfEngland = [.. Enum.GetValues<CountingPractice>().Select(practice => new DayCounter(practice, WorkingCalendar.England))];

    /// <summary>Creates a counter for a counting practice and a calendar of working days, by default that of England.</summary>
    internal static DayCounter For(CountingPractice practice, WorkingCalendar? calendar) =>
        calendar is null ? OfEngland[(int)practice] : new DayCounter(practice, calendar);

    /// <summary>The last day of a time limit, or null for "as soon as practicable".</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="start">The day of the fact from which the limit runs.</param>
    /// <param name="otherStart">For a rule with a second period, the day of the fact from which that period runs; for a rule with a different
    /// period for a council that did not know of the fact, the day on which it became aware; null until then.</param>
    internal DateOnly? Due(Rule rule, DateOnly start, DateOnly? otherStart = null)
    {
        if (rule.FixedDay is { } day)
        {
            return new DateOnly(start.Year, day.Month, day.Day);
        }

        if (rule.Length is not { } length)
        {
            return null;
        }

        if (rule.IfUnaware is { } unaware && otherStart is { } aware && End(aware, unaware.Length, unaware.Unit, Counting.After, false) > start)
        {
            // If the family moves at a weekend, the 15 working days can end on the Friday before. The last day is then the day of the move.
            var ofUnaware = End(aware, unaware.Length, unaware.Unit, Counting.BeginningWith, false);
            return ofUnaware > start ? ofUnaware : start;
        }

        var last = End(start, length, rule.Unit, rule.Counting, rule.TribunalTime);
        if (rule.FromReceipt && Practice == CountingPractice.DayOne)
        {
            last = last.AddDays(-1);
        }

        if (rule.OrIfLater is { } later && otherStart is { } second)
        {
            var other = End(second, later.Length, later.Unit, rule.Counting, rule.TribunalTime);
            last = other > last ? other : last;
        }

        return rule.TribunalTime ? FirstTribunalDay(last) : last;
    }

    private DateOnly End(DateOnly start, int length, LengthUnit unit, Counting counting, bool tribunalTime)
    {
        var firstCounts = counting == Counting.BeginningWith;
        return unit switch
        {
            LengthUnit.Days => start.AddDays(firstCounts ? length - 1 : length),
            LengthUnit.Weeks => start.AddDays((7 * length) - (firstCounts ? 1 : 0)),
            LengthUnit.Months => Months(start, length, firstCounts),
            _ => AddWorkingDays(firstCounts ? start.AddDays(-1) : start, length, tribunalTime),
        };
    }

    // HESC Rules r12(3)(b): "days in August and from 25 December to 1 January" are not counted at all.
    private DateOnly AddWorkingDays(DateOnly day, int count, bool tribunalTime)
    {
        if (!tribunalTime)
        {
            return Calendar.Add(day, count);
        }

        while (count > 0)
        {
            day = day.AddDays(1);
            if (!IsVacation(day) && Calendar.IsWorkingDay(day))
            {
                count--;
            }
        }

        return day;
    }

    // HESC Rules r12(2) and (3)(a). A last day in the vacation is first moved to the day after the vacation, and then to a working day.
    private DateOnly FirstTribunalDay(DateOnly last)
    {
        while (IsVacation(last))
        {
            last = last.AddDays(1);
        }

        return Calendar.FirstWorkingDay(last);
    }

    private static bool IsVacation(DateOnly day) => day is { Month: 8 } or { Month: 12, Day: >= 25 } or { Month: 1, Day: 1 };

    // The period ends on the corresponding date or, in a shorter month, on its last day. A period "starting with" a date ends the day
    // before the corresponding date; if there is no such date (29 February), the period includes the whole of the shorter month.
    private static DateOnly Months(DateOnly start, int length, bool firstCounts)
    {
        var corresponding = start.AddMonths(length);
        return firstCounts && corresponding.Day == start.Day ? corresponding.AddDays(-1) : corresponding;
    }
}
