using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What an assessment waits for.</summary>
/// <param name="For">What the assessment waits for, in a few words, for example "medical advice".</param>
/// <param name="Since">First day of the wait.</param>
/// <param name="Due">Last day of the wait.</param>
/// <param name="FinalPlanDue">Last day for the final plan.</param>
public sealed record Wait(string For, DateOnly? Since, DateOnly? Due, DateOnly FinalPlanDue);

/// <summary>
/// One line that gives the current status of an assessment, for example "Waiting: medical advice, day 39 of 42, due 14 July".
/// </summary>
public static class StatusLine
{
    /// <summary>The status line of an assessment on a day.</summary>
    public static string Of(AssessmentState state, DateOnly today, Rules rules)
    {
        if (state.Facts is null)
        {
            return "Not opened";
        }

        var wait = WaitOf(state, today, rules);
        var line = Of(state.Stage, wait.For, wait.Since, wait.Due, today);
        return CeasingPlan.InWords(state, rules) is { } kept ? $"{kept} {line}" : line;
    }

    /// <summary>The status line for a stage and a wait that are stored in lists of assessments.</summary>
    public static string Of(Stage stage, string waitingFor, DateOnly? since, DateOnly? due, DateOnly today) => waitingFor.Length == 0
        ? $"{Words.Of(stage)}{(since is { } on ? $" on {Words.Day(on, true)}" : "")}"
        : Of(waitingFor, since, due, today);

    /// <summary>The status line for a wait that is stored in lists of assessments.</summary>
    public static string Of(string waitingFor, DateOnly? since, DateOnly? due, DateOnly today)
    {
        if (since is not { } from || due is not { } last)
        {
            return $"Waiting: {waitingFor}";
        }

        var late = today.DayNumber - last.DayNumber;
        return late > 0
            ? FormattableString.Invariant($"Overdue: {waitingFor}, {late} {(late == 1 ? "day" : "days")} late, was due {Words.Day(last)}")
            : FormattableString.Invariant($"Waiting: {waitingFor}, day {today.DayNumber - from.DayNumber} of {last.DayNumber - from.DayNumber}, due {Words.Day(last)}");
    }

    /// <summary>What the assessment is waiting for now.</summary>
    /// <param name="state">The state.</param>
    /// <param name="today">Today in London.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="known">The time limits of the assessment, if the caller has already calculated them.</param>
    internal static Wait WaitOf(AssessmentState state, DateOnly today, Rules rules, IReadOnlyList<Limit>? known = null)
    {
        var limits = known ?? Limits.All(state, rules);
        var finalPlan = Forecasts.InForce(limits, LegalNotice.FinalPlan) ?? rules.FirstLimitOf(state, LegalNotice.FinalPlan);
        Wait For(string what, Limit? limit) => new(what, limit?.From, limit?.Due, finalPlan.Due!.Value);
        Wait By(string what, string ruleKey) => For(what, limits.FirstOrDefault(l => l.RuleKey == ruleKey && l.ReplacedOn is null));
        Wait Sending(string what, LegalNotice notice) => For(what, Forecasts.InForce(limits, notice, state) ?? Forecasts.InForce(limits, notice));

        return state.Stage switch
        {
            Stage.Considering => Sending("decision whether to assess", LegalNotice.WillAssess),
            Stage.Assessing => Advice(state, rules, finalPlan) ?? Sending("decision whether to issue a plan", LegalNotice.NoPlan),
            Stage.Drafting => Forecasts.InForce(limits, LegalNotice.DraftPlan, state) is { } draft ? For("draft plan", draft) : By("draft plan", "draftBy"),
            Stage.Consulting => Consulting(state, today, limits, By),
            Stage.Finalising => Sending("sending the final plan", LegalNotice.FinalPlan),
            Stage.RefusedToAssess when Unsent(state) => Sending("notice of the refusal", LegalNotice.WillNotAssess),
            Stage.NoPlan when Unsent(state) => Sending("notice that no plan is necessary", LegalNotice.NoPlan),
            _ when Forecasts.NextDuty(limits, state) is { } duty => For(duty.Rule.MetBy.Awaits!, duty),
            _ => new Wait("", state.FinalPlanSentOn ?? state.EndedOn, null, finalPlan.Due!.Value),
        };
    }

    /// <summary>
    /// The first day after <paramref name="today"/> on which, even if nothing arrives, the assessment waits for something else; null if
    /// there is no such day.
    /// </summary>
    internal static DateOnly? ChangesOn(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits) =>
        state.Stage == Stage.Consulting && limits.FirstOrDefault(l => l.RuleKey == "familyRepresentations") is { Due: { } last } && last >= today ? last.AddDays(1) : null;

    /// <summary>
    /// The wait for the open request that is due first or, if several are due on one day, for the request that was made first.
    /// </summary>
    private static Wait? Advice(AssessmentState state, Rules rules, Limit finalPlan)
    {
        var first = state.Requests.Where(r => r.IsAwaited).MinBy(r => Chasing.DueDay(state, r, rules));
        return first is null
            ? state.Requests.Any(r => r.IsToBeEntered) ? new Wait("advice that has come and must be entered", null, null, finalPlan.Due!.Value) : null
            : new Wait(Words.Of(first.Kind), first.ReceivedByBodyOn ?? first.RequestedOn, Chasing.DueDay(state, first, rules), finalPlan.Due!.Value);
    }

    private static Wait Consulting(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits, Func<string, string, Wait> by)
    {
        var representations = limits.FirstOrDefault(l => l.RuleKey == "familyRepresentations");
        if (representations is null)
        {
            return by("serving the draft on the family", "draftBy");
        }

        if (representations.Due >= today)
        {
            return by("the family's representations", "familyRepresentations");
        }

        var institution = state.Institutions.FirstOrDefault(i => i.AnsweredOn is null);
        return institution is not null && state.Placement is null ? by("the institution's answer", "institutionResponse") : by("final plan", Forecasts.InForce(limits, LegalNotice.FinalPlan)?.RuleKey ?? Clock.FinalPlan);
    }

    private static bool Unsent(AssessmentState state) =>
        state.Notices.Any(n => n.Kind is NoticeKind.WillNotAssess or NoticeKind.NoPlan && n.SentOn is null);
}
