using System.Collections.Frozen;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One kind of input: its name on the wire and who may send it.</summary>
/// <param name="Name">Name in addresses: <c>decide-whether-to-assess</c>.</param>
/// <param name="Type">The input's type.</param>
/// <param name="Senders">Roles that may send it. An agency always only about what it was asked.</param>
/// <param name="Title">What it says, in a few words.</param>
public sealed record InputKind(string Name, Type Type, IReadOnlyList<ActorRole> Senders, string Title)
{
    /// <summary>Nobody outside sends it, so it has no address.</summary>
    public bool IsHubsOwn => Senders is [ActorRole.Hub];
}

/// <summary>Every input there is and who may send it: the one list behind the HTTP endpoints, the access rules and the documents.</summary>
public static class InputCatalogue
{
    private static readonly ActorRole[] Council = [ActorRole.CouncilOfficer];
    private static readonly ActorRole[] CouncilOrAgency = [ActorRole.CouncilOfficer, ActorRole.Agency];
    private static readonly ActorRole[] CouncilOrFamily = [ActorRole.CouncilOfficer, ActorRole.Family];
    private static readonly ActorRole[] Anyone = [ActorRole.CouncilOfficer, ActorRole.Agency, ActorRole.Family];
    private static readonly ActorRole[] CouncilOrOperator = [ActorRole.CouncilOfficer, ActorRole.Operator];
    private static readonly ActorRole[] HubOnly = [ActorRole.Hub];

    /// <summary>All inputs, in the order of an assessment's life.</summary>
    public static readonly IReadOnlyList<InputKind> All =
    [
        new("open-assessment", typeof(OpenAssessment), Council, "Open an assessment"),
        new("record-consultation", typeof(RecordConsultation), Council, "Record that the family was consulted"),
        new("record-notice-sent", typeof(RecordNoticeSent), Council, "Record a notice sent by other means"),
        new("assign-case-officer", typeof(AssignCaseOfficer), Council, "Assign the case officer"),
        new("assign-key-worker", typeof(AssignKeyWorker), Council, "Assign the key worker"),
        new("correct-facts", typeof(CorrectFacts), Council, "Correct a fact told at the opening"),
        new("name-adviser", typeof(NameAdviser), Council, "Say who is asked for one kind of advice"),
        new("decide-whether-to-assess", typeof(DecideWhetherToAssess), Council, "Decide whether to assess"),
        new("request-advice", typeof(RequestAdvice), Council, "Ask one more adviser"),
        new("ask-for-adviser", typeof(AskForAdviser), CouncilOrFamily, "The family asks for an adviser"),
        new("answer-adviser-wish", typeof(AnswerAdviserWish), Council, "Answer the family's wish for an adviser"),
        new("record-family-evidence", typeof(RecordFamilyEvidence), CouncilOrFamily, "Record the family's representations on the request, or its evidence"),
        new("acknowledge-advice-request", typeof(AcknowledgeAdviceRequest), CouncilOrAgency, "The request has arrived"),
        new("accept-advice-request", typeof(AcceptAdviceRequest), CouncilOrAgency, "The request will be answered"),
        new("decline-advice-request", typeof(DeclineAdviceRequest), CouncilOrAgency, "The request will not be answered"),
        new("submit-advice", typeof(SubmitAdvice), Anyone, "Submit advice"),
        new("return-advice", typeof(ReturnAdvice), Council, "Return advice as insufficient"),
        new("withdraw-advice-request", typeof(WithdrawAdviceRequest), Council, "Withdraw a request for advice"),
        new("propose-existing-advice", typeof(ProposeExistingAdvice), Anyone, "Put existing advice forward"),
        new("agree-existing-advice", typeof(AgreeExistingAdvice), Anyone, "Say whether existing advice is sufficient"),
        new("record-missed-appointment", typeof(RecordMissedAppointment), CouncilOrAgency, "Record a missed appointment"),
        new("claim-exception", typeof(ClaimException), Council, "Claim a statutory exception"),
        new("end-exception", typeof(EndException), Council, "Correct an exception's end or take it back"),
        new("record-delay-reason", typeof(RecordDelayReason), Council, "Explain a delay that no exception covers"),
        new("decide-whether-to-issue-plan", typeof(DecideWhetherToIssuePlan), Council, "Decide whether to issue a plan"),
        new("edit-plan", typeof(EditPlan), Council, "Change a line of the plan"),
        new("accept-plan-finding", typeof(AcceptPlanFinding), Council, "Let a finding on the plan stand"),
        new("prepare-draft", typeof(PrepareDraft), Council, "Prepare the draft and send it"),
        new("record-representations", typeof(RecordRepresentations), CouncilOrFamily, "Record the family's representations"),
        new("ask-for-meeting", typeof(AskForMeeting), CouncilOrFamily, "The family asks for a meeting"),
        new("record-meeting-held", typeof(RecordMeetingHeld), Council, "Record the meeting"),
        new("consult-institution", typeof(ConsultInstitution), Council, "Consult an institution"),
        new("record-institution-answer", typeof(RecordInstitutionAnswer), CouncilOrAgency, "Record the institution's answer"),
        new("record-icb-agreement", typeof(RecordIcbAgreement), CouncilOrAgency, "Record the ICB's answer on section G"),
        new("ask-for-personal-budget", typeof(AskForPersonalBudget), CouncilOrFamily, "The family asks for a personal budget"),
        new("settle-personal-budget", typeof(SettlePersonalBudget), Council, "Settle the personal budget"),
        new("name-placement", typeof(NamePlacement), Council, "Name the placement"),
        new("finalise-plan", typeof(FinalisePlan), Council, "Finalise the plan"),
        new("withdraw-request", typeof(WithdrawRequest), CouncilOrFamily, "The family withdraws the request"),
        new("move-to-another-council", typeof(MoveToAnotherCouncil), Council, "Another council becomes responsible"),
        new("note-mediation", typeof(NoteMediation), Council, "Note a step of mediation"),
        new("note-appeal", typeof(NoteAppeal), Council, "Note a step of an appeal"),
        new("resolve-attention", typeof(ResolveAttention), Council, "Say that something was dealt with"),
        new("remind-now", typeof(RemindNow), CouncilOrOperator, "Remind of a request now"),
        new("send-request-again", typeof(SendRequestAgain), CouncilOrOperator, "Send a request again"),
        new("retry-effect", typeof(RetryEffect), CouncilOrOperator, "Try a failed effect again"),
        new("abandon-effect", typeof(AbandonEffect), CouncilOrOperator, "Give a failed effect up"),
        new("pause-chasing", typeof(PauseChasing), CouncilOrOperator, "Pause chasing"),
        new("resume-chasing", typeof(ResumeChasing), CouncilOrOperator, "Resume chasing"),
        new("issue-family-link", typeof(IssueFamilyLink), Council, "Give the family a link to its page"),
        new("revoke-family-link", typeof(RevokeFamilyLink), CouncilOrOperator, "Revoke a family's link"),
        new("effect-settled", typeof(EffectSettled), HubOnly, "An effect ended"),
        new("record-plan-read", typeof(RecordPlanRead), HubOnly, "A version of the plan is given to a reader"),
        new("note-school-closure", typeof(NoteSchoolClosure), HubOnly, "A school that was asked is closed"),
        new("note-pushed-assessment", typeof(NotePushedAssessment), HubOnly, "An assessment was pushed that may be about this child"),
        new("settle-pushed-assessment", typeof(SettlePushedAssessment), HubOnly, "A pushed assessment waits no longer"),
        new("note-answer-not-taken", typeof(NoteAnswerNotTaken), HubOnly, "A body's answer could not be taken in"),
    ];

    private static readonly FrozenDictionary<Type, InputKind> ByType = All.ToFrozenDictionary(k => k.Type);

    /// <summary>The kind of an input.</summary>
    public static InputKind Of(AssessmentInput input) => ByType[input.GetType()];
}
