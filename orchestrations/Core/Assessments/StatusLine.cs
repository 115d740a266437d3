using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What an assessment waits for.</summary>
/// <param name="For">In a few words: "medical advice".</param>
/// <param name="Since">First day of the wait.</param>
/// <param name="Due">Day by which it is due.</param>
/// <param name="FinalPlanDue">Last day for the final plan.</param>
public sealed record Wait(string For, DateOnly? Since, DateOnly? Due, DateOnly FinalPlanDue);

/// <summary>The one line that says where an assessment stands: "Waiting: medical advice, day 39 of 42, due 14 July".</summary>
public static class StatusLine
{
    /// <summary>The line for a day.</summary>
    public static string Of(AssessmentState state, DateOnly today, Rules rules)
    {
        if (state.Facts is null)
        {
            return "Not opened";
        }

        var wait = WaitOf(state, today, rules);
        return state.Stage.HasEnded() && wait.For.Length == 0
            ? $"{Words.Of(state.Stage)}{((state.FinalPlanSentOn ?? state.EndedOn) is { } on ? $" on {Words.Day(on, true)}" : "")}"
            : Of(wait.For, wait.Since, wait.Due, today);
    }

    /// <summary>The line for a wait, as lists keep it.</summary>
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

    /// <summary>What it waits for now.</summary>
    /// <param name="state">The state.</param>
    /// <param name="today">Today in London.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="known">Its limits, where the caller has worked them out already.</param>
    internal static Wait WaitOf(AssessmentState state, DateOnly today, Rules rules, IReadOnlyList<Limit>? known = null)
    {
        var limits = known ?? Clock.Limits(ClockFacts.Of(state), rules.Law, rules.Counting);
        var finalPlan = limits.FirstOrDefault(l => l.RuleKey == "finalPlan") ?? rules.FinalPlanOf(state.Facts!.ReceivedOn);
        Wait By(string what, string ruleKey) => limits.FirstOrDefault(l => l.RuleKey == ruleKey) is { } limit
            ? new Wait(what, limit.From, limit.Due, finalPlan.Due!.Value)
            : new Wait(what, null, null, finalPlan.Due!.Value);

        return state.Stage switch
        {
            Stage.Considering => By("decision whether to assess", "decideWhetherToAssess"),
            Stage.Assessing => Advice(state, limits, finalPlan) ?? By("decision whether to issue a plan", "notifyNoPlan"),
            Stage.Drafting => By("draft plan", "draftBy"),
            Stage.Consulting => Consulting(state, today, limits, By),
            Stage.Finalising => By("sending the final plan", "finalPlan"),
            Stage.RefusedToAssess when Unsent(state) => By("notice of the refusal", "decideWhetherToAssess"),
            Stage.NoPlan when Unsent(state) => By("notice that no plan is necessary", "notifyNoPlan"),
            _ => new Wait("", null, null, finalPlan.Due!.Value),
        };
    }

    /// <summary>Of several open requests the one that is due first; among equals the first asked.</summary>
    private static Wait? Advice(AssessmentState state, IReadOnlyList<Limit> limits, Limit finalPlan)
    {
        var first = state.Requests.Where(r => r.IsOpen).MinBy(r => Chasing.DueDay(r, limits));
        return first is null ? null : new Wait(Words.Of(first.Kind), first.ReceivedByBodyOn ?? first.RequestedOn, Chasing.DueDay(first, limits), finalPlan.Due!.Value);
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
        return institution is not null && state.Placement is null ? by("the institution's answer", "institutionResponse") : by("final plan", "finalPlan");
    }

    private static bool Unsent(AssessmentState state) =>
        state.Notices.Any(n => n.Kind is NoticeKind.WillNotAssess or NoticeKind.NoPlan && n.SentOn is null);
}
