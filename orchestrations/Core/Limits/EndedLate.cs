using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Records as missed the time limits that an input removes after their last day. For example, if an order is made after the 20 weeks have
/// passed, this does not mean that the 20 weeks were met. A missed limit is usually recorded the morning after, unless the hub was down,
/// did not trust its clock, or had not yet run that day.
/// </summary>
internal static class EndedLate
{
    /// <summary>
    /// Records the missed time limits, before the events of the input. The last day is compared with the day given in the input, because an
    /// order that was made in time but entered late removes the limit in time.
    /// </summary>
    /// <param name="d">The decision, in which the input has already been applied.</param>
    /// <param name="before">The case before the input.</param>
    /// <param name="on">The day given in the input.</param>
    internal static void Record(Deciding d, AssessmentState before, DateOnly on)
    {
        IReadOnlyList<Limit>? after = null;
        foreach (var limit in Limits.All(before, d.Rules))
        {
            if (limit.Due < on && Limits.Progress(limit, before, on).Standing == LimitStatus.Missed && !before.MissedLimits.Contains(Limits.MissedKey(limit))
                && IsTakenAway(limit, after ??= Limits.All(d.State, d.Rules), d))
            {
                d.HappenedFirst(new LimitMissed(Limits.MissedKey(limit), limit.Due!.Value, [.. limit.RelievedBy.Select(Grounds.Name)]));
            }
        }
    }

    /// <summary>
    /// Whether, after its last day, the time limit was superseded, no longer had to be met, or began again. A limit that is still open, or
    /// was met late, is recorded elsewhere.
    /// </summary>
    private static bool IsTakenAway(Limit limit, IReadOnlyList<Limit> after, Deciding d)
    {
        var now = after.FirstOrDefault(l => l.Key == limit.Key && l.Due == limit.Due);
        return now is null
            ? after.FirstOrDefault(l => l.Key == limit.Key) is not { } other || other.From > limit.Due
            : Limits.Progress(now, d.State, d.Today).Standing is LimitStatus.Superseded or LimitStatus.Fallen;
    }
}
