using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The limits of a case whose child or young person is, or was, detained. Detention and release do not change
/// the day from which the time of an assessment runs (SI 2015/62 reg 15); its last day decides which set applies. Suspended limits run again after the release.
/// </summary>
internal static class DetainedLimits
{
    /// <summary>Puts the limits of both sets together.</summary>
    /// <param name="state">The case, with at least one detention.</param>
    /// <param name="ordinary">Its limits under the set for people who are not detained.</param>
    /// <param name="detained">Its limits under the set for detained people.</param>
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
                : IsBegunByDetention(limit) && Limits.Progress(limit, state, limit.Due ?? limit.From) is not { MetOn: null, Standing: not LimitStanding.Fallen })),
        ];

        // A re-assessment is suspended, and so are the answers of its advisers.
        bool IsOfReassessment(Limit limit) => limit.Rule.Starts is StartEvent.AdviceReceivedByBody or StartEvent.AdviceReceivedByOther && ActDays.Request(state, limit).Reassessment is not null;

        // A limit with a last day belongs to the law of that day, any other to the law of today.
        bool IsOfDetention(Limit limit) => limit.Due is { } due ? Detentions.Covers(state, due) : now;

        // What had been done when the detention began need not be done again by other rules.
        bool WasMetBefore(Limit limit) => Limits.Progress(limit, state, limit.Due ?? limit.From).MetOn is { } met && !Detentions.Covers(state, met);
    }

    // After the release they are shown where they were met; what was not done need not be done any more, and a miss stays on record.
    private static bool IsBegunByDetention(Limit limit) => limit.Rule.Starts is StartEvent.DetentionKnown or StartEvent.PlanKeptSince;

    private static bool IsSame(Limit one, Limit other) => one.Key == other.Key && one.From == other.From;
}
