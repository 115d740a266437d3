using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Chases late advice automatically, so that nobody has to remember to do so.</summary>
public static class Chasing
{
    /// <summary>
    /// Whether reminders are sent for advice. Reminders are sent while the advice can still be used in the plan. For a declined request,
    /// reminders are sent only while nobody else has been asked for that advice. The chase ladder decides whether there are still reminders
    /// to send.
    /// </summary>
    public static bool IsChased(AssessmentState state, AdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        return !request.IsToBeEntered && IsChasedFor(state, request);
    }

    private static bool IsChasedFor(AssessmentState state, AdviceRequest request) =>
        request.Review is not null ? ReviewAdvice.IsChased(state, request)
            : request.Reassessment is not null
            ? Detentions.Current(state) is null && AdviceRounds.MayBeAnswered(state, request) && (request.Status != RequestStatus.Declined || LacksAdviser(state, request))
            : state.Stage != Stage.PlanIssued && IsChased(state.Stage) && (request.Status != RequestStatus.Declined || LacksAdviser(state, request));

    // An issued plan is reviewed, and advice is requested again for each review.
    private static bool IsChased(Stage stage) => stage is Stage.Assessing or Stage.Drafting or Stage.Consulting or Stage.PlanIssued;

    /// <summary>Last day for the answer to a request, counted from the day on which the request arrived or, if that is not known, from
    /// the day of the request.</summary>
    public static DateOnly DueDay(AssessmentState state, AdviceRequest request, Rules rules)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(rules);
        return request.Review is null
            ? DueDay(request, request.ReceivedByBodyOn ?? request.RequestedOn, LawOf(state, request, rules), rules.Counting)
            : ReviewAdvice.DueDay(state, request, rules.OrdinaryLawOf(state));
    }

    /// <summary>Last day on which the answer is certainly in time, whether or not the day of receipt is counted.</summary>
    public static DateOnly LastSafeDay(AssessmentState state, AdviceRequest request, Rules rules)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(rules);
        return request.Review is null
            ? DueDay(request, request.ReceivedByBodyOn ?? request.RequestedOn, LawOf(state, request, rules), CountingPractice.DayOne)
            : ReviewAdvice.DueDay(state, request, rules.OrdinaryLawOf(state));
    }

    // A re-assessment is suspended during a detention and continues afterwards under the law under which it began.
    private static RuleSet LawOf(AssessmentState state, AdviceRequest request, Rules rules) => request.Reassessment is null ? rules.LawOf(state) : rules.OrdinaryLawOf(state);

    /// <summary>Last day for the answer to a request that is made on a given day.</summary>
    internal static DateOnly DueDay(AdviceRequest? request, DateOnly from, RuleSet law, CountingPractice counting)
    {
        var starts = request is null or { Duty: AnswerDuty.Section31Body } ? StartEvent.AdviceReceivedByBody : StartEvent.AdviceReceivedByOther;
        return Clock.Due(law.From(starts)!, from, counting)!.Value;
    }

    internal static void TakeDueSteps(Deciding d)
    {
        if (!IsChased(d.State.Stage) || d.State.ChasingPausedUntil >= d.Today)
        {
            return;
        }

        foreach (var request in d.State.Requests)
        {
            if (!IsChased(d.State, request))
            {
                continue;
            }

            var due = DueDay(d.State, request, d.Rules);
            if (!(d.Rules.Chase.NextDay(request, due) <= d.Today))
            {
                continue;
            }

            TakeAll(d, request, d.Rules.Chase.DueSteps(request, due, d.Today), due);
        }
    }

    /// <summary>The first day on which a step of the chase ladder is due, or null if there are no more steps.</summary>
    internal static DateOnly? NextDay(AssessmentState state, Rules rules)
    {
        DateOnly? next = null;
        if (IsChased(state.Stage))
        {
            foreach (var request in state.Requests)
            {
                if (IsChased(state, request)
                    && rules.Chase.NextDay(request, DueDay(state, request, rules)) is { } step && !(next <= step))
                {
                    next = step;
                }
            }
        }

        return next <= state.ChasingPausedUntil ? state.ChasingPausedUntil?.AddDays(1) : next;
    }

    /// <summary>
    /// Whether a declined request delays the assessment or re-assessment, until another adviser is asked for the advice, existing advice is
    /// relied on, or the plan is decided without the advice.
    /// </summary>
    internal static bool LacksAdviser(AssessmentState state, AdviceRequest declined) =>
        (declined.Reassessment is { } round ? ReassessmentRound.Open(state) == round : state.Stage == Stage.Assessing)
        && !state.Existing.Any(x => x.ReliedOn && x.Kind == declined.Kind && x.Reassessment == declined.Reassessment)
        && !state.Requests.Any(r => r.Kind == declined.Kind && r.Review is null && r.Reassessment == declined.Reassessment && r.Status is not (RequestStatus.Declined or RequestStatus.Withdrawn));

    private static void TakeAll(Deciding d, AdviceRequest request, IReadOnlyList<ChaseStep> steps, DateOnly due)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            // If several steps are due at once after an outage, each role is notified only of the last step.
            var told = !steps.Skip(i + 1).Any(later => later.To == steps[i].To);
            Take(d, request, steps[i], due, told);
        }
    }

    private static void Take(Deciding d, AdviceRequest request, ChaseStep step, DateOnly due, bool told)
    {
        d.Happened(new ChaseStepTaken(request.Id, step.Key, due, step.To, told));
        if (!told)
        {
            return;
        }

        if (request.Agency is not { } agency)
        {
            d.AskAttention($"{step.Key}-{request.Id}", request.Status == RequestStatus.ReturnedInsufficient
                ? "The family was asked for more information and has not sent it. Ask whether the family would like help."
                : "The family's views have not been received. Ask whether the family would like help to give its views.");
        }
        else if (step.Kind == ChaseStepKind.Reminder)
        {
            d.AddEffect(new SendReminder(request.Id, agency.Id, step.Key));
        }
        else
        {
            d.AddEffect(new SendEscalation(request.Id, agency.Id, step.Key, step.To));
        }
    }
}
