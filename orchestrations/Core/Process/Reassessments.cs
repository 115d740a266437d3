namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The last re-assessment that was requested or decided on: when its letters were sent, and when it ended (regs 23 to 27).
/// </summary>
public static class Reassessments
{
    /// <summary>The request to re-assess that waits for a decision, or null if there is none.</summary>
    public static PlanReassessment? PendingRequest(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Reassessment is { DecidedOn: null } asked ? asked : null;
    }

    /// <summary>Whether a re-assessment is under way: the council has not decided on the plan, or has decided to amend it but not yet sent the
    /// amended plan to everybody.</summary>
    public static bool IsUnderWay(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return AgreedOn(state) is not null && (Decision(state) is not { } decided || (decided.Yes && FinishedOn(state) is null));
    }

    /// <summary>The day on which the council decided to re-assess, or null if it has not.</summary>
    internal static DateOnly? AgreedOn(AssessmentState state) => state.Reassessment is { Agreed: true } agreed ? agreed.DecidedOn : null;

    /// <summary>
    /// The day from which the council has to re-assess: the day of the council's own decision, or of the last order, concession or
    /// agreement to re-assess.
    /// </summary>
    internal static DateOnly? ReassessesSince(AssessmentState state) => state.Appeal.Select(a => (a.Remedy, a.On)).Concat(state.Mediation.Select(m => (m.Remedy, m.On)))
        .Where(obliged => obliged.Remedy is StatutoryClock.Remedy.Reassess).Select(obliged => (DateOnly?)obliged.On)
        .Append(AgreedOn(state)).Max();

    /// <summary>The day on which the decision whether to re-assess was sent to the last family member; null until then.</summary>
    public static DateOnly? NotifiedOn(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (FirstNotice(state) is not { } first)
        {
            return null;
        }

        DateOnly? last = null;
        for (var n = 0; n < state.Notices.Count; n++)
        {
            var notice = state.Notices[n];
            if (notice.Kind == first.Kind && notice.Occasion == first.Occasion && notice.To == RecipientRole.Family)
            {
                if (notice.SentOn is not { } on)
                {
                    return null;
                }

                last = last > on ? last : on;
            }
        }

        return last;
    }

    /// <summary>
    /// The day of the notice that answers a request or, if there was no request, of the council's own decision (reg 27(2)); null until
    /// then.
    /// </summary>
    internal static DateOnly? BeganOn(AssessmentState state) =>
        state.Reassessment is not { Agreed: true } agreed ? null : agreed.AskedOn is null ? agreed.DecidedOn : FirstNotice(state)?.SentOn;

    /// <summary>
    /// The day on which the amended plan after the re-assessment was sent to the last of the family, the institution and the ICB; null until
    /// then.
    /// </summary>
    public static DateOnly? FinishedOn(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Decision(state) is not { Yes: true } decided)
        {
            return null;
        }

        DateOnly? first = null;
        foreach (var sending in state.Notices.Where(n => n.Kind == NoticeKind.AmendedPlan).GroupBy(n => (n.PlanVersion, n.Occasion)))
        {
            if (sending.All(n => n.SentOn is not null) && sending.Max(n => n.SentOn) is { } on && on >= decided.On && !(first <= on))
            {
                first = on;
            }
        }

        return first;
    }

    /// <summary>
    /// Refuses a decision while the letter about the previous decision has not been sent, because the two decisions would be treated as
    /// one.
    /// </summary>
    internal static bool IsBeforeNotified(Deciding d, NoticeKind kind) =>
        d.Require(d.State.Notices.All(n => n.Kind != kind || n.SentOn is not null), "not-notified", "The letter about the previous decision has not been sent to everybody yet.");

    /// <summary>The state with a different day for the request, or without the request if it was never made. A request that was decided on
    /// cannot be removed.</summary>
    internal static AssessmentState WithRequest(AssessmentState state, DateOnly was, DateOnly? on) =>
        state.Reassessment is not { } asked || asked.AskedOn != was || asked.DecidedOn < on ? state
        : on is not null ? state with { Reassessment = asked with { AskedOn = on } }
        : asked.DecidedOn is null ? state with { Reassessment = null } : state;

    // The first decision on the plan since the council agreed to re-assess. Any later decision relates to an order or a concession.
    private static MadeDecision? Decision(AssessmentState state)
    {
        if (AgreedOn(state) is not { } since)
        {
            return null;
        }

        for (var n = 0; n < state.EarlierAmendDecisions.Count; n++)
        {
            if (state.EarlierAmendDecisions[n].On >= since)
            {
                return state.EarlierAmendDecisions[n];
            }
        }

        return state.AmendDecision is { } decided && decided.On >= since ? decided : null;
    }

    // The first notice of the decision whether to re-assess. If an order is made later, a separate notice follows it.
    private static Notice? FirstNotice(AssessmentState state)
    {
        if (state.Reassessment is not { DecidedOn: { } on } decided)
        {
            return null;
        }

        var kind = decided.Agreed ? NoticeKind.WillReassess : NoticeKind.WillNotReassess;
        for (var n = 0; n < state.Notices.Count; n++)
        {
            if (state.Notices[n] is { To: RecipientRole.Family, Person: null } notice && notice.Kind == kind && notice.PlannedOn >= on)
            {
                return notice;
            }
        }

        return null;
    }
}
