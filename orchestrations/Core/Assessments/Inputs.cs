using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>News for one assessment. What it may lead to is decided by <see cref="Assessment.Decide"/>; <see cref="InputCatalogue"/> says who may send it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OpenAssessment), "openAssessment")]
[JsonDerivedType(typeof(RecordConsultation), "recordConsultation")]
[JsonDerivedType(typeof(RecordNoticeSent), "recordNoticeSent")]
[JsonDerivedType(typeof(AssignCaseOfficer), "assignCaseOfficer")]
[JsonDerivedType(typeof(AssignKeyWorker), "assignKeyWorker")]
[JsonDerivedType(typeof(CorrectFacts), "correctFacts")]
[JsonDerivedType(typeof(NameAdviser), "nameAdviser")]
[JsonDerivedType(typeof(DecideWhetherToAssess), "decideWhetherToAssess")]
[JsonDerivedType(typeof(RequestAdvice), "requestAdvice")]
[JsonDerivedType(typeof(AskForAdviser), "askForAdviser")]
[JsonDerivedType(typeof(AnswerAdviserWish), "answerAdviserWish")]
[JsonDerivedType(typeof(AcknowledgeAdviceRequest), "acknowledgeAdviceRequest")]
[JsonDerivedType(typeof(AcceptAdviceRequest), "acceptAdviceRequest")]
[JsonDerivedType(typeof(DeclineAdviceRequest), "declineAdviceRequest")]
[JsonDerivedType(typeof(SubmitAdvice), "submitAdvice")]
[JsonDerivedType(typeof(ReturnAdvice), "returnAdvice")]
[JsonDerivedType(typeof(WithdrawAdviceRequest), "withdrawAdviceRequest")]
[JsonDerivedType(typeof(ProposeExistingAdvice), "proposeExistingAdvice")]
[JsonDerivedType(typeof(AgreeExistingAdvice), "agreeExistingAdvice")]
[JsonDerivedType(typeof(RecordMissedAppointment), "recordMissedAppointment")]
[JsonDerivedType(typeof(ClaimException), "claimException")]
[JsonDerivedType(typeof(EndException), "endException")]
[JsonDerivedType(typeof(RecordDelayReason), "recordDelayReason")]
[JsonDerivedType(typeof(DecideWhetherToIssuePlan), "decideWhetherToIssuePlan")]
[JsonDerivedType(typeof(EditPlan), "editPlan")]
[JsonDerivedType(typeof(AcceptPlanFinding), "acceptPlanFinding")]
[JsonDerivedType(typeof(PrepareDraft), "prepareDraft")]
[JsonDerivedType(typeof(RecordRepresentations), "recordRepresentations")]
[JsonDerivedType(typeof(AskForMeeting), "askForMeeting")]
[JsonDerivedType(typeof(RecordMeetingHeld), "recordMeetingHeld")]
[JsonDerivedType(typeof(ConsultInstitution), "consultInstitution")]
[JsonDerivedType(typeof(RecordInstitutionAnswer), "recordInstitutionAnswer")]
[JsonDerivedType(typeof(RecordIcbAgreement), "recordIcbAgreement")]
[JsonDerivedType(typeof(AskForPersonalBudget), "askForPersonalBudget")]
[JsonDerivedType(typeof(SettlePersonalBudget), "settlePersonalBudget")]
[JsonDerivedType(typeof(NamePlacement), "namePlacement")]
[JsonDerivedType(typeof(FinalisePlan), "finalisePlan")]
[JsonDerivedType(typeof(WithdrawRequest), "withdrawRequest")]
[JsonDerivedType(typeof(MoveToAnotherCouncil), "moveToAnotherCouncil")]
[JsonDerivedType(typeof(NoteMediation), "noteMediation")]
[JsonDerivedType(typeof(NoteAppeal), "noteAppeal")]
[JsonDerivedType(typeof(ResolveAttention), "resolveAttention")]
[JsonDerivedType(typeof(EffectSettled), "effectSettled")]
[JsonDerivedType(typeof(RemindNow), "remindNow")]
[JsonDerivedType(typeof(SendRequestAgain), "sendRequestAgain")]
[JsonDerivedType(typeof(RetryEffect), "retryEffect")]
[JsonDerivedType(typeof(AbandonEffect), "abandonEffect")]
[JsonDerivedType(typeof(PauseChasing), "pauseChasing")]
[JsonDerivedType(typeof(ResumeChasing), "resumeChasing")]
[JsonDerivedType(typeof(IssueFamilyLink), "issueFamilyLink")]
[JsonDerivedType(typeof(RevokeFamilyLink), "revokeFamilyLink")]
[JsonDerivedType(typeof(RecordPlanRead), "recordPlanRead")]
[JsonDerivedType(typeof(NoteSchoolClosure), "noteSchoolClosure")]
[JsonDerivedType(typeof(NotePushedAssessment), "notePushedAssessment")]
[JsonDerivedType(typeof(SettlePushedAssessment), "settlePushedAssessment")]
[JsonDerivedType(typeof(RecordFamilyEvidence), "recordFamilyEvidence")]
[JsonDerivedType(typeof(NoteAnswerNotTaken), "noteAnswerNotTaken")]
public abstract record AssessmentInput;

/// <summary>Open an assessment: a request was received, or the council became responsible.</summary>
public sealed record OpenAssessment(OpeningFacts Facts) : AssessmentInput;

/// <summary>The family was consulted before the decision whether to assess. CFA 2014 s36(4).</summary>
/// <param name="On">Day of the consultation.</param>
/// <param name="Summary">What the family said.</param>
public sealed record RecordConsultation(DateOnly On, string Summary) : AssessmentInput;

/// <summary>How a notice went. Education Act 1996 s572: delivered, left at the address, or posted; by e-mail only where agreed.</summary>
public enum NoticeChannel
{
    /// <summary>By the hub's own electronic means.</summary>
    Electronic,

    /// <summary>By post.</summary>
    Post,

    /// <summary>Handed over, or left at the usual address.</summary>
    ByHand,
}

/// <summary>A notice was sent by other means than the hub's own (posted, handed over).</summary>
/// <param name="NoticeId">The notice, as listed in the assessment.</param>
/// <param name="SentOn">Day it was sent: most limits are met by sending.</param>
/// <param name="ServedOn">Day it was served, where that is known to be another day; the family's 15 days run from it.</param>
/// <param name="Channel">How it went.</param>
public sealed record RecordNoticeSent(string NoticeId, DateOnly SentOn, NoticeChannel Channel, DateOnly? ServedOn = null) : AssessmentInput;

/// <summary>An officer takes over the case.</summary>
public sealed record AssignCaseOfficer(string Officer) : AssessmentInput;

/// <summary>A key worker is the family's single contact.</summary>
public sealed record AssignKeyWorker(string KeyWorker, string? Organisation = null) : AssessmentInput;

/// <summary>A fact told at the opening was wrong or has changed. Null leaves a fact as it is.</summary>
/// <param name="Reason">Why the record is corrected.</param>
/// <param name="ReceivedOn">The true day of receipt; every limit follows it.</param>
public sealed record CorrectFacts(
    string Reason,
    DateOnly? ReceivedOn = null,
    Child? Child = null,
    FamilyContact? Family = null,
    SettingKind? SettingKind = null,
    Agency? Setting = null,
    Agency? Icb = null,
    CapacityRecord? Capacity = null) : AssessmentInput;

/// <summary>Say who is asked for one kind of advice.</summary>
public sealed record NameAdviser(AdviceKind Kind, Agency Agency) : AssessmentInput;

/// <summary>Decide whether to assess. Not the notice: that is sent to each recipient after it.</summary>
/// <param name="Assess">True: the assessment is carried out. False: it is refused.</param>
/// <param name="Reasons">Reasons, which a refusal's notice must carry.</param>
public sealed record DecideWhetherToAssess(bool Assess, string Reasons) : AssessmentInput;

/// <summary>
/// Ask one more adviser, or ask another one in place of one who declined or is not available (reg 6(1)(b)(ii)).
/// </summary>
/// <param name="Kind">Kind of advice.</param>
/// <param name="Agency">Who is asked.</param>
/// <param name="Reason">Why this one: "the council thinks it appropriate" (f), or why the first could not be had.</param>
/// <param name="InPlaceOf">Id of the request that this one stands in for, if any.</param>
public sealed record RequestAdvice(AdviceKind Kind, Agency Agency, string Reason, string? InPlaceOf = null) : AssessmentInput;

/// <summary>The family asks that a person or service be asked for advice, reg 6(1)(h).</summary>
public sealed record AskForAdviser(string WishId, Agency Agency, string Reason) : AssessmentInput;

/// <summary>The council answers that wish. A refusal needs its recorded reason: the request was not reasonable.</summary>
public sealed record AnswerAdviserWish(string WishId, bool Ask, string Reason) : AssessmentInput;

/// <summary>The one asked has the request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ReceivedOn">Day it reached the body, where the body gives it.</param>
public sealed record AcknowledgeAdviceRequest(string RequestId, DateOnly? ReceivedOn = null) : AssessmentInput;

/// <summary>The one asked will answer.</summary>
public sealed record AcceptAdviceRequest(string RequestId) : AssessmentInput;

/// <summary>The one asked will not answer, and why. A s31 body may do so only with written reasons.</summary>
public sealed record DeclineAdviceRequest(string RequestId, string Reason) : AssessmentInput;

/// <summary>The advice.</summary>
public sealed record SubmitAdvice(string RequestId, AdviceContent Content) : AssessmentInput;

/// <summary>The advice is not sufficient; it goes back to its author with what is missing.</summary>
public sealed record ReturnAdvice(string AdviceId, string Reason) : AssessmentInput;

/// <summary>The council no longer asks for it.</summary>
public sealed record WithdrawAdviceRequest(string RequestId, string Reason) : AssessmentInput;

/// <summary>There is advice already that may be sufficient, reg 6(4).</summary>
/// <param name="ExistingId">Id for this piece, chosen by the sender, unique in the assessment: <c>existing-ehcat-report</c>.</param>
/// <param name="Kind">The kind of advice it would stand for.</param>
/// <param name="Agency">Who gave it.</param>
/// <param name="Content">What it says.</param>
/// <param name="Origin">Where it came from.</param>
public sealed record ProposeExistingAdvice(string ExistingId, AdviceKind Kind, Agency Agency, AdviceContent Content, string? Origin = null) : AssessmentInput;

/// <summary>One of the three parties is satisfied, or not, that the existing advice is sufficient.</summary>
public sealed record AgreeExistingAdvice(string ExistingId, AgreeingParty Party, bool Agrees) : AssessmentInput;

/// <summary>The child missed an appointment for an examination or test made by the body within its six weeks, reg 8(2)(c).</summary>
public sealed record RecordMissedAppointment(string RequestId, DateOnly On) : AssessmentInput;

/// <summary>Claim an exception. It relieves limits whose words it meets; it never moves a day.</summary>
/// <param name="ExceptionId">Id chosen by the sender, unique in the assessment.</param>
/// <param name="Ground">The ground.</param>
/// <param name="From">First day, inclusive.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="Evidence">What it rests on.</param>
/// <param name="WhyImpractical">Why it made keeping the limit impractical: the causal test.</param>
public sealed record ClaimException(string ExceptionId, Ground Ground, DateOnly From, DateOnly To, string Evidence, string WhyImpractical) : AssessmentInput;

/// <summary>The cause ended on another day than claimed, or the claim is taken back (<paramref name="EndedOn"/> null).</summary>
public sealed record EndException(string ExceptionId, string Reason, DateOnly? EndedOn = null) : AssessmentInput;

/// <summary>Why something is late although no statutory exception applies: kept apart from exceptions on purpose.</summary>
public sealed record RecordDelayReason(string Reason) : AssessmentInput;

/// <summary>Decide whether to issue a plan. CFA 2014 s36(9), s37.</summary>
/// <param name="Issue">True: a plan is drafted. False: no plan is necessary.</param>
/// <param name="Reasons">Reasons.</param>
/// <param name="Without">Ids of requests still open that are not waited for, with <paramref name="WithoutReason"/>.</param>
/// <param name="WithoutReason">Why they are not waited for.</param>
public sealed record DecideWhetherToIssuePlan(bool Issue, string Reasons, IReadOnlyList<string>? Without = null, string? WithoutReason = null) : AssessmentInput;

/// <summary>Change, add or remove one line of the plan; both texts are kept.</summary>
/// <param name="EditId">Id chosen by the sender, unique in the assessment.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">What the change rests on; after a served draft only some causes are allowed without re-issuing it (Code 9.125).</param>
/// <param name="LineId">The line to change or remove; null for a new one.</param>
/// <param name="Section">The section of a new line.</param>
/// <param name="NewText">The new words; null where they stay or the line is removed.</param>
/// <param name="Who">Who provides it, for provision.</param>
/// <param name="HowOften">How often.</param>
/// <param name="HowLong">How long each time.</param>
/// <param name="Remove">The line leaves the plan.</param>
/// <param name="Answers">For an outcome the need lines it answers, for provision the outcome lines it serves; null leaves them.</param>
/// <param name="PreparesForAdulthood">Whether the provision prepares for adulthood; null leaves it.</param>
/// <param name="ReadFromAdvice">For a line read in from a document: the advice that it came from.</param>
public sealed record EditPlan(
    string EditId,
    string Reason,
    PlanEditCause Cause,
    string? LineId = null,
    PlanSectionLetter? Section = null,
    string? NewText = null,
    string? Who = null,
    string? HowOften = null,
    string? HowLong = null,
    bool Remove = false,
    IReadOnlyList<string>? Answers = null,
    bool? PreparesForAdulthood = null,
    string? ReadFromAdvice = null) : AssessmentInput;

/// <summary>An officer has looked at a finding on the plan and lets it stand.</summary>
/// <param name="Code">Code of the finding.</param>
/// <param name="LineId">The line it speaks of; null for the whole plan.</param>
/// <param name="Reason">Why it may stand.</param>
public sealed record AcceptPlanFinding(string Code, string Reason, string? LineId = null) : AssessmentInput;

/// <summary>Put the draft together from the advice and send it to the family. After a served draft: re-issue it; the 15 days start again.</summary>
public sealed record PrepareDraft : AssessmentInput;

/// <summary>The family's representations on the draft, reg 13(1).</summary>
/// <param name="Version">The draft they speak of.</param>
/// <param name="On">Day they were received.</param>
/// <param name="Text">What they say.</param>
/// <param name="RequestedInstitution">The institution they ask for, s38(2)(b).</param>
public sealed record RecordRepresentations(int Version, DateOnly On, string Text, Agency? RequestedInstitution = null) : AssessmentInput;

/// <summary>The family asks for a meeting with an officer about the draft, reg 13(1)(b).</summary>
public sealed record AskForMeeting(DateOnly On) : AssessmentInput;

/// <summary>The meeting took place.</summary>
public sealed record RecordMeetingHeld(DateOnly On) : AssessmentInput;

/// <summary>An institution that may be named was sent the draft. CFA 2014 ss39(2), 40(3).</summary>
public sealed record ConsultInstitution(Agency Institution, DateOnly On) : AssessmentInput;

/// <summary>Its answer.</summary>
public sealed record RecordInstitutionAnswer(AgencyId Institution, DateOnly On, bool CanMeetNeeds, string Reasons) : AssessmentInput;

/// <summary>The ICB agrees, or does not, to the health provision of section G in the newest version, reg 12(2).</summary>
public sealed record RecordIcbAgreement(bool Agreed, string AgreedBy, DateOnly On, string? Reasons = null) : AssessmentInput;

/// <summary>The family asks for a personal budget, CFA 2014 s49.</summary>
public sealed record AskForPersonalBudget(DateOnly On) : AssessmentInput;

/// <summary>The personal budget is settled: agreed with its provision and amount, or refused with reasons.</summary>
public sealed record SettlePersonalBudget(bool Agreed, DateOnly On, string Text, Plans.PersonalBudgetForm? Form = null, decimal? AnnualAmountPounds = null) : AssessmentInput;

/// <summary>The placement for section I. It enters no draft (s38(5)) and must be in the final plan.</summary>
/// <param name="InstitutionType">Type of institution.</param>
/// <param name="Institution">The named institution; null where only a type is named.</param>
/// <param name="Reasons">Reasons, where it is not the one that the family asked for (s39(4)).</param>
public sealed record NamePlacement(string InstitutionType, Agency? Institution = null, string? Reasons = null) : AssessmentInput;

/// <summary>Finalise the plan and send it to the family, the institution and the ICB.</summary>
public sealed record FinalisePlan(string SignedBy) : AssessmentInput;

/// <summary>The family withdraws the request.</summary>
public sealed record WithdrawRequest(DateOnly On, string Reason) : AssessmentInput;

/// <summary>The family moved: another council is responsible.</summary>
public sealed record MoveToAnotherCouncil(LocalAuthorityCode Council, DateOnly MovedOn, DateOnly BecameAwareOn) : AssessmentInput;
