namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>The period of a time limit, including its first and last day.</summary>
internal readonly record struct Period(DateOnly First, DateOnly Last)
{
    internal bool Contains(DateOnly day) => First <= day && day <= Last;

    /// <summary>The number of days of <paramref name="other"/> that fall inside this period; zero or less if none does.</summary>
    internal int DaysShared(Period other) =>
        (Last < other.Last ? Last : other.Last).DayNumber - (First > other.First ? First : other.First).DayNumber + 1;
}

/// <summary>Whether a claimed ground applies to one time limit. The council must judge and record whether the ground made it impractical to
/// meet the limit.</summary>
internal static class ReliefTest
{
    internal static bool Passes(
        GroundTest test, ExceptionFact exception, Period period, IReadOnlyList<AdviceFact> asked, AdviceFact? ofLimit) => test.Kind switch
        {
            GroundTestKind.AnyDay => period.DaysShared(new(exception.From, exception.To)) > 0,

            // The law says "during that time period": the weeks of absence must fall inside the limit's own period (regs 5(4)(d), 8(2)(b),
            // 10(4)(d)).
            GroundTestKind.DaysInARow => period.DaysShared(new(exception.From, exception.To)) >= test.MinimumDays,
            GroundTestKind.Appointment => ofLimit is not null && period.Contains(exception.From) && IsOf(exception, ofLimit),
            GroundTestKind.Closure => IsClosure(test, exception, period, asked),
            _ => false,
        };

    private static bool IsOf(ExceptionFact exception, AdviceFact advice) =>
        exception.AdviceKey is { } key ? key == advice.Key : exception.AdviceKind == advice.Kind;

    // Reg 10(4)(a): four continuous weeks, and advice requested "beginning one week before any date on which" the school closed "and ending
    // one week before the date on which it re-opens".
    private static bool IsClosure(GroundTest test, ExceptionFact closure, Period period, IReadOnlyList<AdviceFact> asked)
    {
        if (closure.To.DayNumber - closure.From.DayNumber + 1 < test.MinimumDays)
        {
            return false;
        }

        // The closure is computed in day numbers, so that a claim with an absurd first or last day has no effect and does not throw an
        // exception.
        var opens = closure.From.DayNumber - test.AskedFromDaysBefore;
        var closes = closure.To.DayNumber + 1 - test.AskedUntilDaysBefore;
        foreach (var advice in asked)
        {
            // A request after the due date cannot have made it impractical to meet the limit.
            if (test.AdviceKinds.Contains(advice.Kind) && opens <= advice.Requested.DayNumber && advice.Requested.DayNumber <= closes && advice.Requested <= period.Last
                && (closure.AdviceKey is null || closure.AdviceKey == advice.Key))
            {
                return true;
            }
        }

        return false;
    }
}
