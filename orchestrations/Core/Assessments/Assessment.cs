using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The whole life of one assessment, decided purely: <see cref="Decide"/> says what follows from news, <see cref="DecideDue"/> what
/// follows from the passing of time, <see cref="Evolve"/> what the state is afterwards. Nothing else changes an assessment.
/// </summary>
public static partial class Assessment
{
    /// <summary>What follows from <paramref name="input"/>. Never throws: what is not lawful or not possible now is refused and changes nothing.</summary>
    /// <param name="state">The state; <see cref="AssessmentState.None"/> for an assessment that was not opened.</param>
    /// <param name="input">The news.</param>
    /// <param name="by">Who brings it. That the caller may speak to this assessment at all was checked at the door.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="rules">The rules.</param>
    public static Decision Decide(AssessmentState state, AssessmentInput input, Actor by, DateTimeOffset now, Rules rules)
    {
        var d = new Deciding(state, by, now, rules);
        if (d.Require(InputCatalogue.Of(input).Senders.Contains(by.Role), "not-the-sender", "This cannot be sent in this capacity.")
            && (input is OpenAssessment || d.Require(state.Facts is not null, "not-open", "There is no such assessment.")))
        {
            Dispatch(d, input);
        }

        return d.Close();
    }

    /// <summary>What has fallen due by <paramref name="now"/>: steps of the chase ladder, limits that passed unmet; and when to look again.</summary>
    public static Decision DecideDue(AssessmentState state, DateTimeOffset now, Rules rules)
    {
        if (state.Facts is null)
        {
            return new Decision { Events = [], Effects = [], After = state };
        }

        var d = new Deciding(state, Actor.TheHub, now, rules);
        var limits = Clock.Limits(ClockFacts.Of(state), rules.Law, rules.Counting);
        Chasing.TakeDueSteps(d, limits);
        Limits.RecordMissed(d, limits);
        // What falls due by itself is no fact that a limit runs from, so the limits of the state before are those of the state after.
        return d.Close(WakeUp.Next(d.State, d.Today, limits, rules), limits);
    }

    private static void Dispatch(Deciding d, AssessmentInput input)
    {
        switch (input)
        {
            case OpenAssessment i: Opening.Open(d, i); break;
            case CorrectFacts i: Opening.Correct(d, i); break;
            case AssignCaseOfficer i: Opening.Assign(d, i); break;
            case AssignKeyWorker i: Opening.Assign(d, i); break;
            case RecordConsultation i: WhetherToAssess.Consulted(d, i); break;
            case DecideWhetherToAssess i: WhetherToAssess.Decide(d, i); break;
            case RecordNoticeSent i: Notices.RecordSent(d, i); break;

            case NameAdviser i: Asking.Name(d, i); break;
            case RequestAdvice i: Asking.Request(d, i); break;
            case AskForAdviser i: Asking.Wish(d, i); break;
            case AnswerAdviserWish i: Asking.AnswerWish(d, i); break;
            case WithdrawAdviceRequest i: Asking.Withdraw(d, i); break;
            case AcknowledgeAdviceRequest i: Answering.Acknowledge(d, i); break;
            case AcceptAdviceRequest i: Answering.Accept(d, i); break;
            case DeclineAdviceRequest i: Answering.Decline(d, i); break;
            case SubmitAdvice i: Answering.Submit(d, i); break;
            case RecordMissedAppointment i: Answering.MissedAppointment(d, i); break;
            case ReturnAdvice i: Answering.Return(d, i); break;
            case ProposeExistingAdvice i: RelyingOnExisting.Propose(d, i); break;
            case AgreeExistingAdvice i: RelyingOnExisting.Judge(d, i); break;

            case ClaimException i: Exceptions.Claim(d, i); break;
            case EndException i: Exceptions.End(d, i); break;
            case RecordDelayReason i: Exceptions.Explain(d, i); break;

            case DecideWhetherToIssuePlan i: WhetherToIssue.Decide(d, i); break;
            case EditPlan i: Drafting.Edit(d, i); break;
            case AcceptPlanFinding i: Drafting.Accept(d, i); break;
            case PrepareDraft: Drafting.Prepare(d); break;
            case RecordRepresentations i: Consulting.Represent(d, i); break;
            case AskForMeeting i: Consulting.AskForMeeting(d, i); break;
            case RecordMeetingHeld i: Consulting.MeetingHeld(d, i); break;
            case ConsultInstitution i: Consulting.Consult(d, i); break;
            case RecordInstitutionAnswer i: Consulting.InstitutionAnswer(d, i); break;
            case RecordIcbAgreement i: Consulting.IcbAnswer(d, i); break;
            case AskForPersonalBudget i: Consulting.AskForBudget(d, i); break;
            case SettlePersonalBudget i: Consulting.SettleBudget(d, i); break;
            case NamePlacement i: Finalising.NamePlacement(d, i); break;
            case FinalisePlan i: Finalising.Finalise(d, i); break;

            case WithdrawRequest i: Ending.Withdraw(d, i); break;
            case MoveToAnotherCouncil i: Ending.Move(d, i); break;
            case NoteMediation i: Disputes.Note(d, i); break;
            case NoteAppeal i: Disputes.Note(d, i); break;
            case ResolveAttention i: Effects.Resolve(d, i); break;
            case EffectSettled i: Effects.Settled(d, i); break;
            case RecordPlanRead i: PlanReading.Record(d, i); break;
            case NoteSchoolClosure i: Unasked.Closure(d, i); break;
            case NotePushedAssessment i: Unasked.Pushed(d, i); break;
            case RecordFamilyEvidence i: FamilyEvidence.Record(d, i); break;
            case SettlePushedAssessment i: Unasked.Settle(d, i); break;
            case NoteAnswerNotTaken i: Answering.NotTaken(d, i); break;
            case RemindNow i: Operating.Remind(d, i); break;
            case SendRequestAgain i: Operating.SendAgain(d, i); break;
            case RetryEffect i: Operating.Retry(d, i); break;
            case AbandonEffect i: Operating.Abandon(d, i); break;
            case PauseChasing i: Operating.Pause(d, i); break;
            case ResumeChasing i: Operating.Resume(d, i); break;
            case IssueFamilyLink i: Operating.Issue(d, i); break;
            case RevokeFamilyLink i: Operating.Revoke(d, i); break;
            default: d.Refuse("unknown-input", "The hub does not know this input."); break;
        }
    }
}
