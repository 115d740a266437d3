using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Records the steps of mediation and appeal with their dates, so that the time limits run, and carries out what the steps require. An
/// order to assess restarts the assessment, and an order to amend makes the notices of the amended plan due.
/// </summary>
internal static class Disputes
{
    internal static void Note(Deciding d, NoteMediation input)
    {
        if (IsDisputable(d)
            && d.Require((input.Step == MediationStep.Agreed) == input.Remedy.HasValue, "remedy-unclear", "Name the remedy for an agreement, and only for an agreement.")
            && Fits(d, StartEvent.AgreementReached, input.Remedy)
            && d.Require(
                d.State.Mediation.All(m => m.Step != input.Step || (m.Step == MediationStep.Agreed && m.Remedy != input.Remedy) || IsOfAnEarlierDecision(d.State, m.On)),
                "already-noted",
                "This step of mediation is already on record."))
        {
            d.Happened(new MediationNoted(input.Step, input.On, input.Remedy, input.OtherDate));
            if (input.Step == MediationStep.Agreed)
            {
                Remedy(d, input.Remedy!.Value, "Agreed in mediation.");
            }
        }
    }

    internal static void Note(Deciding d, NoteAppeal input)
    {
        var obliges = input.Step is AppealStep.Conceded or AppealStep.Ordered;
        int? appeal = null;
        if (IsDisputable(d)
            && d.Require(obliges == input.Remedy.HasValue, "remedy-unclear", "Name the remedy for an order or a concession, and only for these.")
            && d.Require(
                input.BeforeResponse is null || input.Step == AppealStep.Conceded, "not-conceded", "Say only for a concession whether the Tribunal was notified before the council's response.")
            && Fits(d, input.Step == AppealStep.Ordered ? StartEvent.TribunalOrder : StartEvent.AppealConceded, input.Remedy)
            && d.Require(
                input.Step == AppealStep.Registered || d.State.Appeal.Any(a => a.Step == AppealStep.Registered), "no-appeal", "No appeal is on record.")
            && d.Require(
                AppealNumbers.TellsApart(d, input)
                    || d.State.Appeal.All(a => a.Step != input.Step || a.Remedy != input.Remedy || IsOfAnEarlierDecision(d.State, a.On))
                    || (input.Step is AppealStep.Dismissed or AppealStep.Withdrawn && Appeals.AreUnderWay(d.State))
                    || IsBroughtAgain(d, input),
                "already-noted",
                "This step of the appeal is already on record. If it belongs to another appeal, give the number of that appeal (`appeal`).")
            && AppealNumbers.Find(d, input, out appeal)
            && (AppealNumbers.TellsApart(d, input) || EndsOne(d, input)))
        {
            bool? inTime = input.Step == AppealStep.Conceded ? input.BeforeResponse ?? IsBeforeResponse(d, input.On, appeal) : null;
            d.Happened(new AppealNoted(input.Step, input.On, input.Remedy, input.OtherDate, inTime, input.Another, appeal));
            if (obliges)
            {
                Remedy(d, input.Remedy!.Value, input.Step == AppealStep.Ordered ? "Ordered by the First-tier Tribunal." : "Conceded in the appeal.");
            }
        }
    }

    /// <summary>If two appeals are running, a message that is sent twice ends only one of them. The sender must say if both appeals ended
    /// on the same day.</summary>
    private static bool EndsOne(Deciding d, NoteAppeal input)
    {
        var alike = d.State.Appeal.Count(a => a.Step == input.Step && a.On == input.On);
        return input.Step is AppealStep.Dismissed or AppealStep.Withdrawn && alike > 1
            ? d.Require(false, "already-noted", "Two appeals are already on record as ended in this way on that day.")
            : input.Another == true
            ? d.Require(input.Step is AppealStep.Dismissed or AppealStep.Withdrawn && alike == 1, "not-another", "Give `another` only if exactly one appeal is already on record as ended in this way on that day. Otherwise leave out `another`.")
            : d.Require(
                input.Step is not (AppealStep.Dismissed or AppealStep.Withdrawn) || alike == 0, "already-noted", "An appeal is already on record as ended in this way on that day. If a second appeal also ended, give `another`.");
    }

    /// <summary>Whether an appeal is registered again after it ended without an order, because it was reinstated or brought again in time.</summary>
    private static bool IsBroughtAgain(Deciding d, NoteAppeal input) => input.Step == AppealStep.Registered
        && d.State.Appeal is [.., { Step: AppealStep.Withdrawn or AppealStep.Dismissed }]
        && !Appeals.AreUnderWay(d.State)
        && d.State.Appeal.All(a => a.On <= input.On && (a.Step != AppealStep.Registered || a.On != input.On));

    /// <summary>Whether the family was sent a decision that it can dispute now, or has already disputed a decision.</summary>
    internal static bool IsDisputable(Deciding d) => d.Require(
        d.State.Appeal.Count + d.State.Mediation.Count > 0 || ClockFacts.Of(d.State).AppealableNoticeSent is not null,
        "nothing-to-appeal",
        "The family has not been sent a decision that can be appealed.");

    /// <summary>
    /// The day on which the duty to decide on the plan arose: the day of the council's own decision to re-assess, or of the last order,
    /// concession or agreement to re-assess or to decide again. A refusal that was referred back before there was a plan is decided again
    /// in the assessment, not here.
    /// </summary>
    internal static DateOnly? ObligesSince(AssessmentState state) => state.Appeal.Select(a => (a.Remedy, a.On)).Concat(state.Mediation.Select(m => (m.Remedy, m.On)))
        .Where(obliged => obliged.Remedy is StatutoryClock.Remedy.Reassess || (obliged.Remedy is StatutoryClock.Remedy.Reconsider && !(obliged.On < state.FinalPlanSentOn))).Select(obliged => (DateOnly?)obliged.On)
        .Append(Reassessments.AgreedOn(state)).Max();

    /// <summary>Id of the task for an officer to carry out a remedy, or null if there is no remedy.</summary>
    internal static string? RemedyId(Remedy? remedy) => remedy is { } known ? $"remedy-{known}" : null;

    /// <summary>Whether a remedy is accepted: it must have a time limit and fit the disputed decision.</summary>
    private static bool Fits(Deciding d, StartEvent starts, Remedy? remedy) => remedy is not { } known
        || (d.Require(d.Rules.LawOf(d.State).HasLimitFor(starts, known), "no-such-remedy", "The law sets no time limit for this remedy in this kind of step. Choose another remedy, or record the correct kind of step.")
            && d.Require(IsOfTheDecision(d.State, known), "remedy-does-not-fit", "This remedy does not fit the decision that the family disputes."));

    private static bool IsOfTheDecision(AssessmentState state, Remedy remedy) => remedy switch
    {
        StatutoryClock.Remedy.Assess => state.Notices.Any(n => n.Kind == NoticeKind.WillNotAssess),
        StatutoryClock.Remedy.MakePlan => state.Notices.Any(n => n.Kind == NoticeKind.NoPlan),
        StatutoryClock.Remedy.Reconsider or StatutoryClock.Remedy.NotAppealable or StatutoryClock.Remedy.BoardOnly => true,
        _ => state.TakenOver is not null || state.Notices.Any(n => n is { Kind: NoticeKind.FinalPlan, SentOn: not null }),
    };

    /// <summary>Whether a step of mediation or of an appeal belongs to an earlier decision. A second decision can be disputed even if the
    /// first was disputed too.</summary>
    private static bool IsOfAnEarlierDecision(AssessmentState state, DateOnly on) => on < ClockFacts.Of(state).AppealableNoticeSent;

    /// <summary>Whether the concession came before the council's response. Reg 45 sets the time limits only if the council notifies the
    /// Tribunal before it has responded or its time to respond has passed.</summary>
    private static bool IsBeforeResponse(Deciding d, DateOnly on, int? appeal)
    {
        var response = Limits.All(d.State, d.Rules).LastOrDefault(l => l.Rule.Starts == StartEvent.AppealSentToCouncil && (appeal is null || Appeals.Of(d.State, l)?.Number == appeal));
        return !(on > response?.Due) && (response is null || Appeals.Of(d.State, response) is not { } conceded || !(Appeals.AnsweredOn(d.State, conceded) <= on));
    }

    private static void Remedy(Deciding d, Remedy remedy, string reason)
    {
        switch (remedy, d.State.Stage)
        {
            case (StatutoryClock.Remedy.Assess, Stage.RefusedToAssess):
                WhetherToAssess.Agree(d, reason);
                break;
            case (StatutoryClock.Remedy.MakePlan, Stage.NoPlan):
                d.Happened(new PlanAgreed(d.Today, reason, [], null));
                d.AddEffect(new PublishStatus(d.State.Stage));
                break;
            case (StatutoryClock.Remedy.Assess or StatutoryClock.Remedy.MakePlan, _):
                // The remedy is already under way, for example because of a concession before the order.
                break;
            case (StatutoryClock.Remedy.Reassess, _):
                Notices.TellAll(d, LegalNotice.WillReassess);
                d.AskAttention(RemedyId(remedy)!, $"{reason} Re-assess, then decide on the plan (decide-on-plan).");
                ReassessmentAdvice.Begin(d);
                break;
            case (StatutoryClock.Remedy.AmendContents or StatutoryClock.Remedy.NameInstitution, _):
                Notices.TellAll(d, LegalNotice.AmendedPlan);
                break;
            case (StatutoryClock.Remedy.ContinueAndAmend, _):
                Notices.TellAll(d, LegalNotice.AmendedPlan);
                d.AskAttention(RemedyId(remedy)!, $"{reason} Continue to maintain the plan, and record that (record-act).");
                break;
            case (StatutoryClock.Remedy.Reconsider, Stage.RefusedToAssess or Stage.NoPlan):
                d.Happened(new DecisionReopened(d.Today, d.State.Stage == Stage.NoPlan ? Stage.Assessing : Stage.Considering));
                d.AddEffect(new PublishStatus(d.State.Stage));
                break;
            case (StatutoryClock.Remedy.Reconsider, _):
                d.AskAttention(RemedyId(remedy)!, $"{reason} Decide again (decide-on-plan), and notify the decision.");
                break;
            default:
                d.AskAttention(RemedyId(remedy)!, $"{reason} Carry out the remedy within its time limit, and record that (record-act).");
                break;
        }
    }
}
