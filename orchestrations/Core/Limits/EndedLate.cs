using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Limits that an input removes after their last day: an order that comes after the 20 weeks does not mean that they were met. The miss is
/// usually recorded the morning after, but not when the hub was down, did not trust its clock, or had not woken yet.
/// </summary>
internal static class EndedLate
{
    /// <summary>
    /// Records the misses, before the effects of the input. The input's own day is compared, not the day on which the hub
    /// decided it: an order made in time but entered late removes the limit in time.
    /// </summary>
    /// <param name="d">The decision, with the effects of the input.</param>
    /// <param name="before">The case before it.</param>
    /// <param name="on">The input's own day.</param>
    internal static void Record(Deciding d, AssessmentState before, DateOnly on)
    {
        IReadOnlyList<Limit>? after = null;
        foreach (var limit in Limits.All(before, d.Rules))
        {
            if (limit.Due < on && Limits.Progress(limit, before, on).Standing == LimitStanding.Missed && !before.MissedLimits.Contains(Limits.MissedKey(limit))
                && IsTakenAway(limit, after ??= Limits.All(d.State, d.Rules), d))
            {
                d.HappenedFirst(new LimitMissed(Limits.MissedKey(limit), limit.Due!.Value, [.. limit.RelievedBy.Select(Grounds.Name)]));
            }
        }
    }

    /// <summary>
    /// Superseded, no longer to be met, or begun again after its last day. One that is still open, or was met late, is recorded as time passes.
    /// </summary>
    private static bool IsTakenAway(Limit limit, IReadOnlyList<Limit> after, Deciding d)
    {
        var now = after.FirstOrDefault(l => l.Key == limit.Key && l.Due == limit.Due);
        return now is null
            ? after.FirstOrDefault(l => l.Key == limit.Key) is not { } other || other.From > limit.Due
            : Limits.Progress(now, d.State, d.Today).Standing is LimitStanding.Superseded or LimitStanding.Fallen;
    }
}
