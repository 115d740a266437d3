using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What an assessment still needs, with the day on which each part is expected.</summary>
internal sealed record ForecastPath
{
    /// <summary>
    /// Calendar days that each part of an assessment usually takes once all earlier parts are done; the numbers come from practice, not
    /// from the law.
    /// </summary>
    private const int ToConsult = 5;
    private const int ToDecide = 5;
    private const int ToNotify = 2;
    private const int LeastOverdue = 7;
    private const int ToDecideOnPlan = 7;
    private const int ToDraft = 7;
    private const int ToFinalise = 10;
    private const int ToSend = 2;

    internal required DateOnly Decision { get; init; }

    internal required string BeforeDecision { get; init; }

    internal required DateOnly PlanDecision { get; init; }

    internal required string BeforePlanDecision { get; init; }

    internal required DateOnly FinalPlan { get; init; }

    internal required DateOnly FinalPlanAtBest { get; init; }

    internal required string BeforeFinalPlan { get; init; }

    internal static ForecastPath Of(AssessmentState state, DateOnly today, Rules rules)
    {
        var (decision, beforeDecision) = DecisionOf(state, today);
        var (advice, beforeAdvice) = AdviceOf(state, today, rules, decision, beforeDecision);
        var (plan, beforePlan) = state.PlanDecision is { } made
            ? (made.On, "")
            : (Later(advice, today).AddDays(ToDecideOnPlan), beforeAdvice.Length > 0 ? beforeAdvice : "Whether to issue a plan has not been decided.");
        var (final, best, beforeFinal) = FinalOf(state, today, rules, plan, beforePlan);
        return new ForecastPath
        {
            Decision = decision,
            BeforeDecision = beforeDecision,
            PlanDecision = plan,
            BeforePlanDecision = beforePlan,
            FinalPlan = final,
            FinalPlanAtBest = best,
            BeforeFinalPlan = beforeFinal,
        };
    }

    private static (DateOnly Day, string Before) DecisionOf(AssessmentState state, DateOnly today)
    {
        if (state.AssessDecision is not { } made)
        {
            return state.ConsultedOn is null
                ? (today.AddDays(ToConsult + ToDecide), "The family has not been consulted.")
                : (today.AddDays(ToDecide), "Whether to assess has not been decided.");
        }

        var kind = made.Yes ? NoticeKind.WillAssess : NoticeKind.WillNotAssess;
        var unsent = state.Notices.FirstOrDefault(n => n.Kind == kind && n.SentOn is null);
        return unsent is null ? (made.On, "") : (today.AddDays(ToNotify), $"The decision has not been sent to {Words.Of(unsent.To)}.");
    }

    /// <summary>The day on which all advice is expected to have arrived, which is the day of the latest answer.</summary>
    private static (DateOnly Day, string Before) AdviceOf(AssessmentState state, DateOnly today, Rules rules, DateOnly decision, string beforeDecision)
    {
        if (state.Stage == Stage.Considering)
        {
            return (AnswerBy(state, Later(decision, today), rules), beforeDecision);
        }

        (DateOnly Day, string Before) last = (today, "");
        var agency = false;
        foreach (var request in state.Requests)
        {
            if (Awaited(state, request, today, rules) is { } awaited && (last.Before.Length == 0 || awaited.Day > last.Day || (awaited.Day == last.Day && request.Agency is not null && !agency)))
            {
                // If two answers are expected on one day, the answer of a body with a duty to answer takes precedence over the family's
                // answer.
                last = awaited;
                agency = request.Agency is not null;
            }
        }

        return last;
    }

    private static (DateOnly Day, string Before)? Awaited(AssessmentState state, AdviceRequest request, DateOnly today, Rules rules)
    {
        var what = Capital(Words.Of(request.Kind)) + (request.Agency is { } agency ? $" from {agency.Name}" : "");
        var (be, have, was) = request.Agency is null ? ("are", "have", "were") : ("is", "has", "was");
        if (request.Status == RequestStatus.Declined)
        {
            return Chasing.LacksAdviser(state, request)
                ? (AnswerBy(state, today, rules), $"{what} was declined on {Words.Day(request.StatusOn, true)}, and nobody has been asked in its place.")
                : null;
        }

        if (!request.IsOpen)
        {
            return null;
        }

        if (request.IsToBeEntered)
        {
            return (today, $"{what} {have} come and must be entered.");
        }

        var due = Chasing.DueDay(state, request, rules);
        var returned = request.Status == RequestStatus.ReturnedInsufficient ? $"{what} {was} returned as insufficient on {Words.Day(request.StatusOn, true)}" : null;
        if (request.ExpectedOn is { } said && said >= today)
        {
            // The adviser knows best when the answer will arrive, even if that is after the last day.
            return (said, $"{what} {be} expected on {Words.Day(said, true)}, as the adviser stated{(said > due ? $"; the last day {(due >= today ? "is" : "was")} {Words.Day(due, true)}" : "")}.");
        }

        return due >= today
            ? (due, returned is null ? $"{what} {be} due on {Words.Day(due, true)}." : $"{returned} and {be} due again on {Words.Day(due, true)}.")
            : (Overdue(due, today), returned is null ? $"{what} {be} overdue since {Words.Day(due, true)}." : $"{returned} and {have} not come back; the last day was {Words.Day(due, true)}.");
    }

    private static (DateOnly Day, DateOnly AtBest, string Before) FinalOf(
        AssessmentState state, DateOnly today, Rules rules, DateOnly plan, string beforePlan)
    {
        if (state.Stage == Stage.Finalising)
        {
            var unsent = state.Notices.FirstOrDefault(n => n.Kind == NoticeKind.FinalPlan && n.SentOn is null);
            return (today.AddDays(ToSend), today, unsent is null ? "The final plan has not been sent." : $"The final plan has not been sent to {Words.Of(unsent.To)}.");
        }

        if (state.Stage == Stage.Consulting && ClockFacts.NewestDraftNotice(state)?.ServedOn is { } served)
        {
            var family = AfterRepresentations(state, served, rules);
            var (day, before) = AfterDraft(state, today, rules, family);
            return (day.AddDays(ToFinalise), Later(family, today), before);
        }

        var drafted = state.Stage == Stage.Consulting ? today.AddDays(ToSend) : Later(plan, today).AddDays(ToDraft);
        var why = state.Plans.Any(p => p.Kind == PlanKind.Draft) ? "The draft plan has not been served on the family." : beforePlan.Length > 0 ? beforePlan : "The draft plan has not been prepared.";
        return (AfterRepresentations(state, drafted, rules).AddDays(ToFinalise), AfterRepresentations(state, today, rules), why);
    }

    private static (DateOnly Day, string Before) AfterDraft(AssessmentState state, DateOnly today, Rules rules, DateOnly family)
    {
        if (state.Institutions.FirstOrDefault(i => i.AnsweredOn is null) is { } asked && state.Placement is null)
        {
            var due = By(state, StartEvent.InstitutionConsulted, asked.On, rules);
            var comes = due >= today ? due : Overdue(due, today);
            if (comes > family)
            {
                return (comes, due >= today
                    ? $"The answer of {asked.Institution.Name} is due on {Words.Day(due, true)}."
                    : $"The answer of {asked.Institution.Name} was due on {Words.Day(due, true)} and is overdue.");
            }
        }

        return family > today
            ? (family, $"The family can comment on the draft until {Words.Day(family.AddDays(-1), true)}.")
            : (today, state.Placement is null ? "No placement has been named." : "The final plan has not been prepared.");
    }

    /// <summary>The last day of the time limit that begins with an event on the given day.</summary>
    private static DateOnly By(AssessmentState state, StartEvent starts, DateOnly from, Rules rules) =>
        Clock.Due(rules.LawOf(state).From(starts)!, from, rules.Counting)!.Value;

    private static DateOnly AnswerBy(AssessmentState state, DateOnly askedOn, Rules rules) => By(state, StartEvent.AdviceReceivedByBody, askedOn, rules);

    /// <summary>
    /// The first day after the family's time to comment on a draft, a time that cannot be made shorter by working faster.
    /// </summary>
    private static DateOnly AfterRepresentations(AssessmentState state, DateOnly served, Rules rules) => By(state, StartEvent.DraftServed, served, rules).AddDays(1);

    /// <summary>
    /// If something is already some days late, it is expected to take the same number of days again, and at least a week.
    /// </summary>
    private static DateOnly Overdue(DateOnly due, DateOnly today) => today.AddDays(Math.Max(LeastOverdue, today.DayNumber - due.DayNumber));

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
