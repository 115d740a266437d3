using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>When an assessment must be checked even if nothing arrives.</summary>
internal static class WakeUp
{
    /// <summary>06:00 UTC, which is six or seven in the morning in London: after the night's maintenance and before anyone starts
    /// work.</summary>
    private static readonly TimeOnly Morning = new(6, 0);

    internal static DateTimeOffset? Next(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits, Rules rules)
    {
        var next = Limits.NextMiss(state, today, limits);
        if (Chasing.NextDay(state, rules) is { } step && !(next <= step))
        {
            next = step;
        }

        if (DutyChasing.NextDay(state, today, limits, rules) is { } duty && !(next <= duty))
        {
            next = duty;
        }

        if (CeasingPlan.NextDay(state, today, rules) is { } ceased && !(next <= ceased))
        {
            next = ceased;
        }

        if (RightsSwitch.NextDay(state, today) is { } passed && !(next <= passed))
        {
            next = passed;
        }

        return next is { } day ? new DateTimeOffset(day.ToDateTime(Morning), TimeSpan.Zero) : null;
    }
}
