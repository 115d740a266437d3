using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The limits of a case whose child or young person is, or was, detained. Detention and release do not change
/// the day from which the time of an assessment runs (SI 2015/62 reg 15); the last day decides which set applies. Suspended limits run
/// again after the release.
/// </summary>
internal static class DetainedLimits
{
    /// <summary>Combines the limits of both sets.</summary>
    /// <param name="state">The case, with at least one detention.</param>
    /// <param name="ordinary">The limits of the case under the set for people who are not detained.</param>
    /// <param name="detained">The limits of the case under the set for detained people.</param>
    /// <param name="law">The set for detained people.</param>
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

        // A re-assessment is suspended, and so are the answers of its advisers.
        bool IsOfReassessment(Limit limit) => limit.Rule.Starts is StartEvent.AdviceReceivedByBody or StartEvent.AdviceReceivedByOther && ActDays.Request(state, limit).Reassessment is not null;

        // A limit with a last day is governed by the law on that day, and any other limit by the law of today.
        bool IsOfDetention(Limit limit) => limit.Due is { } due ? Detentions.Covers(state, due) : now;

        // Acts that were done before the detention began need not be done again under other rules.
        bool WasMetBefore(Limit limit) => Limits.Progress(limit, state, limit.Due ?? limit.From).MetOn is { } met && !Detentions.Covers(state, met);
    }

    // Limits that began with the detention are shown after the release if they were met. Acts that were not done are no longer needed, and
    // a missed limit stays on record.
    private static bool IsBegunByDetention(Limit limit) => limit.Rule.Starts is StartEvent.DetentionKnown or StartEvent.PlanKeptSince;

    private static bool IsSame(Limit one, Limit other) => one.Key == other.Key && one.From == other.From;
}
