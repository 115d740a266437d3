using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The time limits of a case whose child or young person is, or was, detained. Detention and release do not change
/// the day from which the time of an assessment runs (SI 2015/62 reg 15); the last day of a limit decides which rules apply. Suspended
/// time limits apply again after the release.
/// </summary>
internal static class DetainedLimits
{
    /// <summary>Combines the time limits under the ordinary rules with those under the rules for detained people.</summary>
    /// <param name="state">The case, with at least one detention.</param>
    /// <param name="ordinary">The time limits of the case under the rules for people who are not detained.</param>
    /// <param name="detained">The time limits of the case under the rules for detained people.</param>
    /// <param name="law">The rules for detained people.</param>
    internal static IReadOnlyList<Limit> Of(AssessmentState state, IReadOnlyList<Limit> ordinary, IReadOnlyList<Limit> detained, RuleSet law)
    {
        var now = Detentions.Current(state) is not null;
        var kept = ordinary.Where(limit => law.Suspends!.Rules.Contains(limit.RuleKey) || IsOfReassessment(limit) ? !now && !IsOfDetention(limit)
            : law.Find(limit.RuleKey) is null || !IsOfDetention(limit) || WasMetBefore(limit)).ToList();
        return
        [
            .. kept,
            .. detained.Where(limit => !IsOfReassessment(limit) && (ordinary.Any(other => IsSame(other, limit)) ? !kept.Any(other => IsSame(other, limit))
                : now ? IsBegunByDetention(limit) || IsOfDetention(limit)
                : IsBegunByDetention(limit) && Limits.Progress(limit, state, limit.Due ?? limit.From) is not { MetOn: null, Standing: not LimitStatus.Fallen })),
        ];

        // While the child or young person is detained, a re-assessment and the time for its advice are suspended.
        bool IsOfReassessment(Limit limit) => limit.Rule.Starts is StartEvent.AdviceReceivedByBody or StartEvent.AdviceReceivedByOther && ActDays.Request(state, limit).Reassessment is not null;

        // If a time limit has a last day, the rules that apply on that day govern it; otherwise, the rules that apply today.
        bool IsOfDetention(Limit limit) => limit.Due is { } due ? Detentions.Covers(state, due) : now;

        // What was done before the detention began does not have to be done again under other rules.
        bool WasMetBefore(Limit limit) => Limits.Progress(limit, state, limit.Due ?? limit.From).MetOn is { } met && !Detentions.Covers(state, met);
    }

    // After the release, time limits that began with the detention are shown only if they were met. An act that was not done is no longer
    // needed, and a missed limit remains on record.
    private static bool IsBegunByDetention(Limit limit) => limit.Rule.Starts is StartEvent.DetentionKnown or StartEvent.PlanKeptSince;

    private static bool IsSame(Limit one, Limit other) => one.Key == other.Key && one.From == other.From;
}
