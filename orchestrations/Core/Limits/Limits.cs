using System.Globalization;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The state of a time limit of an assessment.</summary>
public enum LimitStatus
{
    /// <summary>The time limit must be met by its last day.</summary>
    Open,

    /// <summary>The time limit was met.</summary>
    Met,

    /// <summary>The limit was met after its last day.</summary>
    MetLate,

    /// <summary>The limit was not met by its last day.</summary>
    Missed,

    /// <summary>The limit no longer has to be met, because of what has happened in the case or because a period given to others has
    /// ended.</summary>
    Fallen,

    /// <summary>A period given to others, such as the family's time to appeal, has not ended, or a planning date has not passed. Nobody in
    /// the council has to meet this limit.</summary>
    Runs,

    /// <summary>Before the limit was met or missed, it was replaced by the time limits under an order, an agreement or a concession.</summary>
    Superseded,
}

/// <summary>One time limit of an assessment with its state on one day.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Standing">State of the limit on that day.</param>
/// <param name="MetOn">Day on which the limit was met, or null if it has not been met.</param>
/// <param name="Awaits">Who or what the limit is waiting for.</param>
public sealed record LimitProgress(Limit Limit, LimitStatus Standing, DateOnly? MetOn, IReadOnlyList<string> Awaits);

/// <summary>The time limits of an assessment and their states.</summary>
public static class Limits
{
    /// <summary>All time limits of an assessment, in the order of the rule set.</summary>
    public static IReadOnlyList<LimitProgress> Of(AssessmentState state, DateOnly today, Rules rules) => state.Facts is null
        ? []
        : [.. All(state, rules).Select(l => Progress(l, state, today))];

    /// <summary>The time limits of an assessment, under the law in force on the day of the request.</summary>
    internal static IReadOnlyList<Limit> All(AssessmentState state, Rules rules)
    {
        var facts = ClockFacts.Of(state);
        var limits = Clock.Limits(facts, rules.OrdinaryLawOf(state), rules.Counting);
        if (state.Detentions.Count > 0)
        {
            limits = DetainedLimits.Of(state, limits, Clock.Limits(facts, rules.DetainedLaw, rules.Counting), rules.DetainedLaw);
        }

        if (state.PhaseTransfers.Count > 0)
        {
            limits = [.. limits.Where(l => !PhaseTransfers.IsBeforePlan(state, l, facts.PlanIssued))];
        }

        // The hub does not know whether a review that would have been due before the plan was taken over was held, so it says nothing about
        // that review.
        return Reviews.IsLastUnknown(state)
            ? [.. limits.Where(l => l.Rule.Starts != StartEvent.PlanMadeOrReviewed || l.Due >= state.TakenOver!.On)]
            : limits;
    }

    /// <summary>The limit with this name if it must still be met, or null if it has been met or no longer exists.</summary>
    /// <param name="state">The assessment.</param>
    /// <param name="name">Key and last day of the limit, for example <c>orderFinalPlan@2026-07-14</c>.</param>
    /// <param name="today">Today in London.</param>
    /// <param name="rules">The rules.</param>
    public static Limit? OpenLimit(AssessmentState state, string name, DateOnly today, Rules rules) =>
        Of(state, today, rules).FirstOrDefault(l => l.Limit.ReplacedOn is null && MissedKey(l.Limit) == name && l.Standing is LimitStatus.Open or LimitStatus.Missed)?.Limit;

    /// <summary>
    /// Records each limit that was not met by its last day, once. A limit from which an exception gives relief is also recorded, with the
    /// exception, because it is still shown and counted. A limit that was met late, but before the morning check could find it unmet (for
    /// example by a notice sent at night), is also recorded.
    /// </summary>
    internal static void RecordMissed(Deciding d, IReadOnlyList<Limit> limits)
    {
        foreach (var limit in limits)
        {
            // The name is checked last, because creating it takes memory and few of the time limits that have expired were missed.
            if (limit.Due < d.Today
                && Progress(limit, d.State, d.Today).Standing is LimitStatus.Missed or LimitStatus.MetLate
                && !d.State.MissedLimits.Contains(MissedKey(limit)))
            {
                d.Happened(new LimitMissed(MissedKey(limit), limit.Due!.Value, [.. limit.RelievedBy.Select(Grounds.Name)], limit.Due < (d.State.TakenOver?.On ?? d.State.TakenUnderWay?.On) ? d.Today : null));
            }
        }
    }

    /// <summary>The day after the last day of the earliest time limit that is still open, or null if none is open.</summary>
    internal static DateOnly? NextMiss(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits)
    {
        DateOnly? next = null;
        foreach (var limit in limits)
        {
            if (limit.Due is { } due && due >= today && !(next <= due.AddDays(1)) && Progress(limit, state, today).Standing == LimitStatus.Open)
            {
                next = due.AddDays(1);
            }
        }

        return next;
    }

    /// <summary>The state of one time limit. The limit's rule says what meets the limit and what removes it.</summary>
    internal static LimitProgress Progress(Limit limit, AssessmentState state, DateOnly today)
    {
        if (state.TakenOver is not null && limit.Rule.Starts is StartEvent.Received or StartEvent.FinalPlanDue)
        {
            // The council that made the plan had to meet these time limits. This hub does not know whether those limits were met.
            return new LimitProgress(limit, LimitStatus.Fallen, null, []);
        }

        var by = limit.Rule.MetBy;
        var (standing, met, awaits) = by.Kind switch
        {
            MetByKind.Notice => NoticeProgress.Of(limit, state),
            MetByKind.Act => Done(by.Acts, limit, state) is { } day ? (LimitStatus.Met, day, []) : Unmet(limit, state),
            _ => (limit.Due < today ? LimitStatus.Fallen : LimitStatus.Runs, (DateOnly?)null, []),
        };

        if (standing == LimitStatus.Open && IsUnknown(limit, state))
        {
            return new LimitProgress(limit, LimitStatus.Fallen, null, []);
        }

        if (limit.ReplacedOn is { } replaced && standing is not LimitStatus.Runs && !(met < replaced))
        {
            // If a limit was missed before something replaced it, its state remains missed. If something replaced the limit in time, it may
            // have been recorded only after the limit was recorded as missed.
            return limit.Due < replaced && state.MissedLimits.Count > 0 && state.MissedLimits.Contains(MissedKey(limit))
                ? new LimitProgress(limit, LimitStatus.Missed, null, [])
                : new LimitProgress(limit, LimitStatus.Superseded, null, []);
        }

        // Once the plan is transferred, the other council must do whatever had not been done. The family's time to appeal continues.
        if ((standing is LimitStatus.Open || (standing is LimitStatus.Runs && !limit.Rule.TribunalTime)) && MaintainedPlan.HandoverDay(state) is not null)
        {
            return new LimitProgress(limit, LimitStatus.Fallen, null, []);
        }

        if (standing == LimitStatus.Met && met > limit.Due)
        {
            standing = LimitStatus.MetLate;
        }
        else if (standing == LimitStatus.Open && limit.Due < today)
        {
            standing = LimitStatus.Missed;
        }

        return new LimitProgress(limit, standing, met, awaits);
    }

    /// <summary>
    /// Whether an assessment was taken over after the decision to assess, and the day of a notice that was due before the takeover is not
    /// known. The hub says nothing about such a limit until the day is recorded. A notice that was returned or did not arrive is known not
    /// to have been given.
    /// </summary>
    private static bool IsUnknown(Limit limit, AssessmentState state) =>
        state.TakenUnderWay is { IsDecided: true } taken && limit.Rule.Starts == StartEvent.Received && !(limit.Due >= taken.On)
        && limit.Rule.MetBy.Notices.Any(notice => notice is LegalNotice.WillAssess or LegalNotice.AssessmentConsidered)
        && !state.Notices.Any(n => (n.NotArrived is not null || n.Setbacks is not null) && limit.Rule.MetBy.Notices.Any(notice => NoticeProgress.KindOf(notice) == n.Kind));

    /// <summary>The state of an unmet limit: open, or no longer needed if something in the case has removed it.</summary>
    internal static (LimitStatus Standing, DateOnly? Met, IReadOnlyList<string> Awaits) Unmet(Limit limit, AssessmentState state) =>
        Done(limit.Rule.EndedBy, limit, state) is not null ? (LimitStatus.Fallen, null, []) : (LimitStatus.Open, null, Awaited(limit, state));

    /// <summary>If a limit is counted from a new start, for example when a draft is issued again, it is a different limit, so the last day
    /// is part of its name.</summary>
    internal static string MissedKey(Limit limit) => string.Create(CultureInfo.InvariantCulture, $"{limit.Key}@{limit.Due:yyyy-MM-dd}");

    /// <summary>The first day on which one of the given acts was done, or null if none was done.</summary>
    internal static DateOnly? Done(IReadOnlyList<Act> acts, Limit limit, AssessmentState state)
    {
        DateOnly? first = null;
        for (var n = 0; n < acts.Count; n++)
        {
            if (ActDays.Of(acts[n], state, limit) is { } day && !(first <= day))
            {
                first = day;
            }
        }

        return first;
    }

    private static IReadOnlyList<string> Awaited(Limit limit, AssessmentState state) => limit.Rule.Starts switch
    {
        StartEvent.AdviceReceivedByBody or StartEvent.AdviceReceivedByOther => [Words.Of(ActDays.Request(state, limit).Kind)],
        _ => [limit.Rule.MetBy.Awaits!],
    };
}
