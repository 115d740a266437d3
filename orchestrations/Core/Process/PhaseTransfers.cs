using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The phase transfer for which a plan is reviewed and amended, and the day on which the plan that names the place was sent (reg 18).
/// </summary>
public static class PhaseTransfers
{
    /// <summary>The last recorded transfer, in any year; null before the first.</summary>
    public static PhaseTransfer? Current(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.PhaseTransfers.Count == 0 ? null : state.PhaseTransfers[^1];
    }

    /// <summary>
    /// The day on which the last of the family and the institution was sent the plan that names the place; null until then. If the hub
    /// does not have the text of the plan, the plan is amended outside the hub, and this is recorded in the year of the transfer or the
    /// year before.
    /// </summary>
    public static DateOnly? SentOn(AssessmentState state)
    {
        if (Current(state) is not { } transfer)
        {
            return null;
        }

        if (transfer.Version is { } version && Sent(state, version) is { } sent)
        {
            return sent;
        }

        DateOnly? recorded = null;
        for (var n = 0; n < state.Acts.Count; n++)
        {
            var done = state.Acts[n];
            recorded = done.Act == Act.TransferPlanSent && done.On.Year >= transfer.On.Year - 1 && !(recorded <= done.On) ? done.On : recorded;
        }

        return recorded;
    }

    /// <summary>
    /// The day on which the family was asked which institution it prefers: the recorded day, or the day on which the hub's letter was sent
    /// to the last family member; null until then.
    /// </summary>
    public static DateOnly? AskedOn(AssessmentState state, PhaseTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(transfer);
        return transfer.PreferenceAskedOn ?? (transfer.Letter is { } letter ? Reviews.LastDay(state, NoticeKind.PreferenceAsked, letter, n => n.SentOn, institution: false) : null);
    }

    /// <summary>
    /// The letter that asks a family member for a preference, while it can still be answered (until the plan that names the place has been
    /// sent); null if no such letter was sent to this family member.
    /// </summary>
    /// <param name="state">The case.</param>
    /// <param name="person">The family member; null means the first contact.</param>
    public static Notice? PreferenceLetterFor(AssessmentState state, string? person)
    {
        ArgumentNullException.ThrowIfNull(state);
        return MaintainedPlan.IsMaintainedHere(state) && Awaited(state) is { Letter: { } letter } && SentOn(state) is null
            ? state.Notices.LastOrDefault(n => n.Kind == NoticeKind.PreferenceAsked && n.To == RecipientRole.Family && n.Occasion == letter && n.Person == person && n.SentOn is not null)
            : null;
    }

    /// <summary>The latest answer of each family member, in the order in which they were received.</summary>
    public static IEnumerable<PreferenceAnswer> LastAnswers(PhaseTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return (transfer.Answers ?? []).Reverse().DistinctBy(a => a.Person).Reverse();
    }

    /// <summary>Whether family members prefer different institutions.</summary>
    public static bool HasDifferentPreferences(PhaseTransfer transfer) =>
        LastAnswers(transfer).Where(a => a.Preferred.Length > 0).DistinctBy(a => a.Preferred, StringComparer.OrdinalIgnoreCase).Count() > 1;

    /// <summary>
    /// Whether the recorded placement is for the time after the transfer, because it begins in the calendar year of the transfer.
    /// </summary>
    public static bool HasTransferPlacement(AssessmentState state) =>
        Current(state) is { Transfer: not TransferOfPhase.Stays } transfer && state.Placement?.From?.Year == transfer.On.Year;

    /// <summary>The institutions that were consulted on the latest proposed amendments.</summary>
    public static IEnumerable<ConsultedInstitution> Consulted(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Amendments is [.., var last] ? state.Institutions.Where(one => one.On >= last.ProposedOn) : [];
    }

    /// <summary>The transfer for which the plan must be amended; null if there is no transfer or the child stays.</summary>
    internal static PhaseTransfer? Awaited(AssessmentState state) =>
        state.Stage == Stage.PlanIssued && Current(state) is { Transfer: not TransferOfPhase.Stays } transfer ? transfer : null;

    /// <summary>Whether a time limit belongs to a transfer whose day had passed before there was a plan, so that there was nothing to
    /// review or amend.</summary>
    internal static bool IsBeforePlan(AssessmentState state, Limit limit, DateOnly? planIssued) =>
        limit.Rule.Starts is StartEvent.PhaseTransferPost16 or StartEvent.PhaseTransferSchool or StartEvent.Post16Move
        && limit.Due < (state.TakenOver?.Plan.IssuedOn ?? planIssued);

    private static DateOnly? Sent(AssessmentState state, int version)
    {
        DateOnly? last = null;
        for (var n = 0; n < state.Notices.Count; n++)
        {
            if (state.Notices[n] is { Kind: NoticeKind.FinalPlan or NoticeKind.AmendedPlan, To: RecipientRole.Family or RecipientRole.NamedInstitution } notice && notice.PlanVersion == version)
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
}
