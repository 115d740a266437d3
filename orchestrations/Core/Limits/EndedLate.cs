using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Limits that an input takes away after their last day: an order that comes after the 20 weeks does not make them kept. The miss is
/// usually on record since the morning after, but not when the hub stood still, did not believe its clock, or had not yet woken.
/// </summary>
internal static class EndedLate
{
    /// <summary>
    /// Puts the misses on record, before what the input makes of the case. The input's own day is compared, not the day on which the hub
    /// came to decide it: an order in time that is entered late takes the limit away in time.
    /// </summary>
    /// <param name="d">The decision, with what the input makes of the case.</param>
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

    /// <summary>Superseded, not to be met any more, or begun again after its last day. Still open, or met late, it is recorded by the passing of time.</summary>
    private static bool IsTakenAway(Limit limit, IReadOnlyList<Limit> after, Deciding d)
    {
        var now = after.FirstOrDefault(l => l.Key == limit.Key && l.Due == limit.Due);
        return now is null
            ? after.FirstOrDefault(l => l.Key == limit.Key) is not { } other || other.From > limit.Due
            : Limits.Progress(now, d.State, d.Today).Standing is LimitStanding.Superseded or LimitStanding.Fallen;
    }
}
