using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Records limits that an input removes after their last day. An order that comes after the 20 weeks, for instance, does not mean that the
/// 20 weeks were met. A missed limit is usually recorded the morning after, but not if the hub was down, did not trust its clock, or had
/// not yet run that day.
/// </summary>
internal static class EndedLate
{
    /// <summary>
    /// Records the missed limits, before the effects of the input. The day given in the input is compared, not the day on which the hub
    /// decided it, because an order made in time but entered late removes the limit in time.
    /// </summary>
    /// <param name="d">The decision, with the effects of the input.</param>
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
    /// Whether the limit was superseded, no longer needs to be met, or began again after its last day. A limit that is still open, or was
    /// met late, is recorded as time passes.
    /// </summary>
    private static bool IsTakenAway(Limit limit, IReadOnlyList<Limit> after, Deciding d)
    {
        var now = after.FirstOrDefault(l => l.Key == limit.Key && l.Due == limit.Due);
        return now is null
            ? after.FirstOrDefault(l => l.Key == limit.Key) is not { } other || other.From > limit.Due
            : Limits.Progress(now, d.State, d.Today).Standing is LimitStatus.Superseded or LimitStatus.Fallen;
    }
}
