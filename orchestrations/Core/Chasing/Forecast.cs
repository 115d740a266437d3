using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Whether a statutory milestone will be met.</summary>
public enum Outlook
{
    /// <summary>The milestone was met in time.</summary>
    Met,

    /// <summary>The milestone is no longer needed, because the case took another course.</summary>
    NotNeeded,

    /// <summary>The milestone will be met in time if the outstanding work takes the usual time.</summary>
    OnTrack,

    /// <summary>The milestone will be met in time only if some of the work is done faster than usual.</summary>
    AtRisk,

    /// <summary>The last day has not passed yet, but the milestone can no longer be met in time, however fast the work is done.</summary>
    WillMiss,

    /// <summary>The last day has passed, and the milestone has not been met or was met late.</summary>
    Missed,
}

/// <summary>The forecast for one milestone.</summary>
/// <param name="Weeks">6, 16 or 20 for the milestones of an assessment; 0 for a time limit under an order, an agreement, a concession or
/// something else.</param>
/// <param name="Due">Last day of the limit.</param>
/// <param name="Outlook">Whether the time limit will be met.</param>
/// <param name="Expected">Day on which the limit was met, or is expected to be met if work takes the usual time.</param>
/// <param name="Reason">The main reason for the outlook, as a sentence without the child's details, or empty if nothing is
/// outstanding.</param>
/// <param name="RelievedBy">Grounds that give relief from the limit, although the limit is still shown and counted.</param>
/// <param name="Limit">Key of the limit to which the forecast applies: the earliest limit in force.</param>
/// <param name="Title">A text that states what must be done by the last day, or for the three milestones the number of weeks.</param>
public sealed record Forecast(
    int Weeks, DateOnly Due, Outlook Outlook, DateOnly? Expected, string Reason, IReadOnlyList<Ground> RelievedBy, string Limit, string Title)
{
    /// <summary>Last day that is certainly in time, whether or not the law counts the day of receipt.</summary>
    public DateOnly SafeBy { get; init; } = Due;

    /// <summary>Whether this is one of the three milestones of an assessment, which the overview counts.</summary>
    public bool IsMilestone => Weeks > 0;
}

/// <summary>
/// Forecasts calculated from the work that is outstanding. The time limits come from the law, but how long work usually takes comes
/// from practice.
/// </summary>
public static class Forecasts
{
    /// <summary>
    /// The forecasts for 6, 16 and 20 weeks, in this order, followed by forecasts for time limits that began with another event and must
    /// still be met. There are no forecasts before the assessment is opened. A milestone is compared with the limit in force, which after
    /// an order is the limit set by the order.
    /// </summary>
    public static IReadOnlyList<Forecast> Of(AssessmentState state, DateOnly today, Rules rules)
    {
        if (state.Facts is null)
        {
            return [];
        }

        var limits = Limits.All(state, rules);
        var ahead = ForecastPath.Of(state, today, rules);
        return
        [
            SixWeeks(state, today, limits, ahead),
            SixteenWeeks(state, today, limits, ahead, rules),
            TwentyWeeks(state, today, limits, ahead, rules),
            .. limits.Where(IsOtherDuty).Select(l => Other(l, state, today)).OfType<Forecast>(),
        ];
    }

    /// <summary>
    /// Of the time limits that are met by this notice and have not been replaced, the one that is due first. If the law can be interpreted in
    /// two ways, the earliest day is the safe choice.
    /// </summary>
    internal static Limit? InForce(IReadOnlyList<Limit> limits, LegalNotice metBy, AssessmentState? owedBy = null)
    {
        Limit? first = null;
        foreach (var limit in limits)
        {
            if (limit.ReplacedOn is null && limit.Due is { } due && limit.Rule.MetBy.Notices.Contains(metBy) && limit.Rule.Binding != Binding.Planning
                && limit.Rule.Starts != StartEvent.PlanIssued && !(first?.Due <= due)
                && (owedBy is null || Limits.Progress(limit, owedBy, due).Standing == LimitStatus.Open))
            {
                first = limit;
            }
        }

        return first;
    }

    /// <summary>
    /// Of the council's other duties that must still be met, the one that is due first, for example under an order made after the plan was
    /// issued.
    /// </summary>
    internal static Limit? NextDuty(IReadOnlyList<Limit> limits, AssessmentState state)
    {
        Limit? first = null;
        foreach (var limit in limits)
        {
            if (IsOtherDuty(limit) && !(first?.Due <= limit.Due) && Limits.Progress(limit, state, limit.Due!.Value).Standing == LimitStatus.Open)
            {
                first = limit;
            }
        }

        return first;
    }

    /// <summary>
    /// Whether the time limit is for a duty of the council that began with something other than the request, for example an order, a
    /// concession, an appeal or a re-assessment.
    /// </summary>
    private static bool IsOtherDuty(Limit limit) =>
        limit is { ReplacedOn: null, Due: not null, Rule: { MetBy: { By: Party.Council or Party.IntegratedCareBoard, Kind: MetByKind.Notice or MetByKind.Act }, Binding: not Binding.Planning } rule }
        && rule.Starts is not (StartEvent.Received or StartEvent.PlanIssued) && rule.Starts is < StartEvent.ReviewMeeting or StartEvent.ReassessmentRequested or StartEvent.ReassessmentAgreed
        && !rule.MetBy.Notices.Contains(LegalNotice.NoPlan) && !rule.MetBy.Notices.Contains(LegalNotice.FinalPlan);

    private static Forecast? Other(Limit limit, AssessmentState state, DateOnly today)
    {
        var progress = Limits.Progress(limit, state, today);
        if (progress.Standing == LimitStatus.Fallen)
        {
            return null;
        }

        var due = limit.Due!.Value;
        var awaited = progress.Awaits.Count > 0 ? string.Join(", ", progress.Awaits) : limit.Title;
        var reason = $"{char.ToUpperInvariant(awaited[0])}{awaited[1..]}: {(due < today ? "overdue since" : "due on")} {Words.Day(due, true)}.";
        return Make((0, limit.Title), limit, due, today, Over(progress), today.AddDays(UsualDaysForADuty), today, reason);
    }

    /// <summary>
    /// Calendar days that an action of the council usually takes once somebody begins; the number comes from practice, not from the law.
    /// </summary>
    private const int UsualDaysForADuty = 5;

    /// <summary>The forecast that matters now: the worst of the open forecasts. If no forecast is open, the result is the last
    /// missed forecast, or null if none was missed.</summary>
    public static Forecast? MostPressing(IReadOnlyList<Forecast> forecasts) =>
        forecasts.Where(f => f.Outlook is Outlook.OnTrack or Outlook.AtRisk or Outlook.WillMiss || (f.Outlook == Outlook.Missed && f.Reason.Length > 0)).MaxBy(f => f.Outlook)
        ?? forecasts.LastOrDefault(f => f.Outlook == Outlook.Missed);

    /// <summary>
    /// If nothing arrives, the first day after <paramref name="today"/> on which an open assessment is at risk, and the first on which it
    /// is certain to be late. Until something arrives, an outlook can only get worse, so lists can store the two days and need not
    /// calculate the forecast again each morning.
    /// </summary>
    public static (DateOnly? AtRiskFrom, DateOnly? LostFrom) Turning(AssessmentState state, DateOnly today, Rules rules)
    {
        if (state.Facts is null || state.Stage.HasEnded())
        {
            return (null, null);
        }

        return (First(Outlook.AtRisk), First(Outlook.WillMiss));

        DateOnly? First(Outlook atLeast)
        {
            int low = 0, high = Math.Max(0, Of(state, today, rules).Max(f => f.Due).DayNumber - today.DayNumber) + 1;
            if (!Is(high))
            {
                return null;
            }

            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Is(middle) ? (low, middle) : (middle + 1, high);
            }

            return today.AddDays(low);

            bool Is(int days) => MostPressing(Of(state, today.AddDays(days), rules))?.Outlook >= atLeast;
        }
    }

    private static Forecast SixWeeks(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits, ForecastPath ahead)
    {
        var limit = limits.First(l => l.Rule.Starts == StartEvent.Received && l.Rule.MetBy.Notices.Contains(LegalNotice.WillAssess));
        var progress = Limits.Progress(limit, state, today);
        return Make(Weeks(limit.Rule), limit, limit.Due!.Value, today, Over(progress), ahead.Decision, today, ahead.BeforeDecision);
    }

    /// <summary>
    /// The forecast for sixteen weeks, by when the family must know whether there will be a plan. Reg 10 requires the decision by this day
    /// if there will be no plan; in other cases a decision by this day is good practice.
    /// </summary>
    private static Forecast SixteenWeeks(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits, ForecastPath ahead, Rules rules)
    {
        var limit = InForce(limits, LegalNotice.NoPlan);
        var first = rules.FirstLimitOf(state, LegalNotice.NoPlan);
        var due = (limit ?? first).Due!.Value;
        (bool, DateOnly?)? over = state switch
        {
            { PlanDecision: { Yes: true } yes } => (true, yes.On),
            { PlanDecision: { Yes: false } } when limit is not null => Over(Limits.Progress(limit, state, today)),
            _ when state.Stage.HasEnded() => (false, null),
            _ => null,
        };
        return Make(Weeks(first.Rule), limit ?? first, due, today, over, ahead.PlanDecision, today, ahead.BeforePlanDecision);
    }

    private static Forecast TwentyWeeks(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits, ForecastPath ahead, Rules rules)
    {
        var limit = InForce(limits, LegalNotice.FinalPlan);
        var first = rules.FirstLimitOf(state, LegalNotice.FinalPlan);
        (bool, DateOnly?)? over = state.TakenOver is not null ? (false, null) : state.FinalPlanSentOn is { } sent ? (true, sent) : state.Stage.HasEnded() ? (false, null) : null;
        return Make(Weeks(first.Rule), limit ?? first, (limit ?? first).Due!.Value, today, over, ahead.FinalPlan, ahead.FinalPlanAtBest, ahead.BeforeFinalPlan);
    }

    private static (bool Met, DateOnly? On)? Over(LimitProgress progress) => progress.Standing switch
    {
        LimitStatus.Met or LimitStatus.MetLate => (true, progress.MetOn),
        LimitStatus.Fallen => (false, null),
        _ => null,
    };

    private static (int Weeks, string Title) Weeks(Rule rule) => (rule.Length!.Value, FormattableString.Invariant($"{rule.Length} weeks"));

    private static Forecast Make((int Weeks, string Title) what, Limit limit, DateOnly due, DateOnly today, (bool Met, DateOnly? On)? over, DateOnly expected, DateOnly atBest, string reason)
    {
        var (outlook, day, why) = over switch
        {
            { Met: false } => (Outlook.NotNeeded, (DateOnly?)null, ""),
            { Met: true, On: var on } => (on > due ? Outlook.Missed : Outlook.Met, on, ""),
            _ when today > due => (Outlook.Missed, expected, reason),
            _ when atBest > due => (Outlook.WillMiss, expected, reason),
            _ when expected > due => (Outlook.AtRisk, expected, reason),
            _ => (Outlook.OnTrack, expected, reason),
        };
        return new Forecast(what.Weeks, due, outlook, day, why, limit.RelievedBy, limit.Key, what.Title) { SafeBy = limit.SafeBy ?? due };
    }
}
