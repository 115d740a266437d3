using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Whether a statutory milestone will be met.</summary>
public enum Outlook
{
    /// <summary>Met in time.</summary>
    Met,

    /// <summary>The course of the case took it away.</summary>
    NotNeeded,

    /// <summary>Met in time when what is outstanding takes as long as it usually takes.</summary>
    OnTrack,

    /// <summary>Met in time only when something goes faster than usual.</summary>
    AtRisk,

    /// <summary>Its day is still ahead, but cannot be kept any more, however fast everything goes.</summary>
    WillMiss,

    /// <summary>Its day has passed, unmet or met late.</summary>
    Missed,
}

/// <summary>The forecast for one milestone.</summary>
/// <param name="Weeks">6, 16 or 20.</param>
/// <param name="Due">Its last day.</param>
/// <param name="Outlook">Whether it will be met.</param>
/// <param name="Expected">Day on which it was met, or on which it is to be expected at the usual pace.</param>
/// <param name="Reason">The one thing that decides it, as a sentence without the child's details; empty where nothing is outstanding.</param>
/// <param name="RelievedBy">Grounds that relieve the limit; it is shown and counted all the same.</param>
public sealed record Forecast(int Weeks, DateOnly Due, Outlook Outlook, DateOnly? Expected, string Reason, IReadOnlyList<Ground> RelievedBy);

/// <summary>Forecasts from what is outstanding. Nothing here is law; the limits are the law's, the usual pace is practice.</summary>
public static class Forecasts
{
    /// <summary>The forecasts for 6, 16 and 20 weeks, in this order; none before the assessment is opened.</summary>
    public static IReadOnlyList<Forecast> Of(AssessmentState state, DateOnly today, Rules rules)
    {
        if (state.Facts is null)
        {
            return [];
        }

        var limits = Clock.Limits(ClockFacts.Of(state), rules.Law, rules.Counting);
        var ahead = ForecastPath.Of(state, today, limits);
        return
        [
            SixWeeks(state, today, limits, ahead),
            SixteenWeeks(state, today, limits, ahead, rules),
            TwentyWeeks(state, today, limits, ahead, rules),
        ];
    }

    /// <summary>The forecast that matters now: the worst of those that are not over; when all are over the last missed one; null when none was missed.</summary>
    public static Forecast? Deciding(IReadOnlyList<Forecast> forecasts) =>
        forecasts.Where(f => f.Outlook is Outlook.OnTrack or Outlook.AtRisk or Outlook.WillMiss || (f.Outlook == Outlook.Missed && f.Reason.Length > 0)).MaxBy(f => f.Outlook)
        ?? forecasts.LastOrDefault(f => f.Outlook == Outlook.Missed);

    /// <summary>
    /// The first days after <paramref name="today"/> on which an open assessment would be at risk, and beyond help, if nothing arrived. Without news an outlook only gets
    /// worse, so lists can keep these two days and need not work the forecast out anew each morning.
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
            int low = 0, high = 141;
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

            bool Is(int days) => Deciding(Of(state, today.AddDays(days), rules))?.Outlook >= atLeast;
        }
    }

    private static Forecast SixWeeks(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits, ForecastPath ahead)
    {
        var limit = limits.First(l => l.RuleKey == "decideWhetherToAssess");
        var progress = Limits.Progress(limit, state, today);
        return Make(6, limit, limit.Due!.Value, today, Over(progress), ahead.Decision, today, ahead.BeforeDecision);
    }

    /// <summary>By sixteen weeks the family knows whether there will be a plan: reg 10 where there will be none, good practice where there will.</summary>
    private static Forecast SixteenWeeks(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits, ForecastPath ahead, Rules rules)
    {
        var limit = limits.FirstOrDefault(l => l.RuleKey == "notifyNoPlan");
        var due = limit?.Due ?? rules.FinalPlanOf(state.Facts!.ReceivedOn).Due!.Value.AddDays(-28);
        (bool, DateOnly?)? over = state switch
        {
            { PlanDecision: { Yes: true } yes } => (true, yes.On),
            { PlanDecision: not null } when limit is not null => Over(Limits.Progress(limit, state, today)),
            _ when state.Stage.HasEnded() => (false, null),
            _ => null,
        };
        return Make(16, limit, due, today, over, ahead.PlanDecision, today, ahead.BeforePlanDecision);
    }

    private static Forecast TwentyWeeks(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits, ForecastPath ahead, Rules rules)
    {
        var limit = limits.FirstOrDefault(l => l.RuleKey == "finalPlan");
        (bool, DateOnly?)? over = state.FinalPlanSentOn is { } sent ? (true, sent) : state.Stage.HasEnded() ? (false, null) : null;
        return Make(20, limit, limit?.Due ?? rules.FinalPlanOf(state.Facts!.ReceivedOn).Due!.Value, today, over, ahead.FinalPlan, ahead.FinalPlanAtBest, ahead.BeforeFinalPlan);
    }

    private static (bool Met, DateOnly? On)? Over(LimitProgress progress) => progress.Standing switch
    {
        LimitStanding.Met or LimitStanding.MetLate => (true, progress.MetOn),
        LimitStanding.Fallen => (false, null),
        _ => null,
    };

    private static Forecast Make(int weeks, Limit? limit, DateOnly due, DateOnly today, (bool Met, DateOnly? On)? over, DateOnly expected, DateOnly atBest, string reason)
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
        return new Forecast(weeks, due, outlook, day, why, limit?.RelievedBy ?? []);
    }
}
