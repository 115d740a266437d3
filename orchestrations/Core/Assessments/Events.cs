using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A fact of an assessment, in the past tense. Never changed, never removed: the audit trail. See docs/assessment-events.md.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AssessmentOpened), "assessmentOpened")]
[JsonDerivedType(typeof(FamilyConsulted), "familyConsulted")]
[JsonDerivedType(typeof(NoticePlanned), "noticePlanned")]
[JsonDerivedType(typeof(NoticeSent), "noticeSent")]
[JsonDerivedType(typeof(CaseOfficerAssigned), "caseOfficerAssigned")]
[JsonDerivedType(typeof(KeyWorkerAssigned), "keyWorkerAssigned")]
[JsonDerivedType(typeof(FactsCorrected), "factsCorrected")]
[JsonDerivedType(typeof(AdviserNamed), "adviserNamed")]
[JsonDerivedType(typeof(AssessmentAgreed), "assessmentAgreed")]
[JsonDerivedType(typeof(AssessmentRefused), "assessmentRefused")]
[JsonDerivedType(typeof(AdviceRequested), "adviceRequested")]
[JsonDerivedType(typeof(AdviceRequestMoved), "adviceRequestMoved")]
[JsonDerivedType(typeof(AdviceReceived), "adviceReceived")]
[JsonDerivedType(typeof(AdviceReturned), "adviceReturned")]
[JsonDerivedType(typeof(AdviserWished), "adviserWished")]
[JsonDerivedType(typeof(AdviserWishAnswered), "adviserWishAnswered")]
[JsonDerivedType(typeof(ExistingAdviceProposed), "existingAdviceProposed")]
[JsonDerivedType(typeof(ExistingAdviceJudged), "existingAdviceJudged")]
[JsonDerivedType(typeof(ExistingAdviceReliedOn), "existingAdviceReliedOn")]
[JsonDerivedType(typeof(AppointmentMissed), "appointmentMissed")]
[JsonDerivedType(typeof(ChaseStepTaken), "chaseStepTaken")]
[JsonDerivedType(typeof(ExceptionClaimed), "exceptionClaimed")]
[JsonDerivedType(typeof(ExceptionEnded), "exceptionEnded")]
[JsonDerivedType(typeof(DelayExplained), "delayExplained")]
[JsonDerivedType(typeof(LimitMissed), "limitMissed")]
[JsonDerivedType(typeof(PlanAgreed), "planAgreed")]
[JsonDerivedType(typeof(PlanRefused), "planRefused")]
[JsonDerivedType(typeof(PlanEdited), "planEdited")]
[JsonDerivedType(typeof(PlanFindingAccepted), "planFindingAccepted")]
[JsonDerivedType(typeof(PlanPrepared), "planPrepared")]
[JsonDerivedType(typeof(PlanKept), "planKept")]
[JsonDerivedType(typeof(RepresentationsReceived), "representationsReceived")]
[JsonDerivedType(typeof(MeetingAskedFor), "meetingAskedFor")]
[JsonDerivedType(typeof(MeetingHeld), "meetingHeld")]
[JsonDerivedType(typeof(InstitutionConsulted), "institutionConsulted")]
[JsonDerivedType(typeof(InstitutionAnswered), "institutionAnswered")]
[JsonDerivedType(typeof(IcbAnswered), "icbAnswered")]
[JsonDerivedType(typeof(PersonalBudgetAskedFor), "personalBudgetAskedFor")]
[JsonDerivedType(typeof(PersonalBudgetSettled), "personalBudgetSettled")]
[JsonDerivedType(typeof(PlacementNamed), "placementNamed")]
[JsonDerivedType(typeof(FinalPlanSent), "finalPlanSent")]
[JsonDerivedType(typeof(RequestWithdrawn), "requestWithdrawn")]
[JsonDerivedType(typeof(MovedToAnotherCouncil), "movedToAnotherCouncil")]
[JsonDerivedType(typeof(MediationNoted), "mediationNoted")]
[JsonDerivedType(typeof(AppealNoted), "appealNoted")]
[JsonDerivedType(typeof(AttentionAsked), "attentionAsked")]
[JsonDerivedType(typeof(AttentionResolved), "attentionResolved")]
[JsonDerivedType(typeof(EffectFailed), "effectFailed")]
[JsonDerivedType(typeof(EffectRetried), "effectRetried")]
[JsonDerivedType(typeof(EffectAbandoned), "effectAbandoned")]
[JsonDerivedType(typeof(RemindedByHand), "remindedByHand")]
[JsonDerivedType(typeof(RequestSentAgain), "requestSentAgain")]
[JsonDerivedType(typeof(ChasingPaused), "chasingPaused")]
[JsonDerivedType(typeof(ChasingResumed), "chasingResumed")]
[JsonDerivedType(typeof(FamilyLinkIssued), "familyLinkIssued")]
[JsonDerivedType(typeof(FamilyLinkRevoked), "familyLinkRevoked")]
[JsonDerivedType(typeof(PlanRead), "planRead")]
[JsonDerivedType(typeof(FamilyEvidenceReceived), "familyEvidenceReceived")]
[JsonDerivedType(typeof(PushedAssessmentSettled), "pushedAssessmentSettled")]
public abstract record AssessmentEvent;

/// <summary>An event with its place, its instant and who caused it.</summary>
public sealed record RecordedEvent
{
    /// <summary>1, 2, 3 ... without gaps within one assessment.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who caused it, and on whose behalf.</summary>
    public required Actor By { get; init; }

    /// <summary>The message that led to it; null for what fell due.</summary>
    public string? MessageId { get; init; }

    /// <summary>The sender's correlation id, carried through.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What happened.</summary>
    public required AssessmentEvent What { get; init; }
}

/// <summary>The assessment was opened.</summary>
public sealed record AssessmentOpened(AssessmentId Assessment, OpeningFacts Facts) : AssessmentEvent;

/// <summary>The family was consulted.</summary>
public sealed record FamilyConsulted(DateOnly On, string Summary) : AssessmentEvent;

/// <summary>A notice is due to a recipient.</summary>
public sealed record NoticePlanned(Notice Notice) : AssessmentEvent;

/// <summary>A notice was sent and, where known, served.</summary>
public sealed record NoticeSent(string NoticeId, DateOnly SentOn, DateOnly ServedOn, NoticeChannel Channel) : AssessmentEvent;

/// <summary>A case officer took over.</summary>
public sealed record CaseOfficerAssigned(string Officer, string? Before = null) : AssessmentEvent;

/// <summary>A key worker took over.</summary>
public sealed record KeyWorkerAssigned(string KeyWorker, string? Organisation = null, string? Before = null) : AssessmentEvent;

/// <summary>Facts were corrected; <paramref name="Facts"/> is how they now stand.</summary>
public sealed record FactsCorrected(OpeningFacts Facts, string Reason) : AssessmentEvent;

/// <summary>It was said who is asked for one kind of advice.</summary>
public sealed record AdviserNamed(AdviceKind Kind, Agency Agency) : AssessmentEvent;

/// <summary>It was decided to assess.</summary>
public sealed record AssessmentAgreed(DateOnly On, string Reasons) : AssessmentEvent;

/// <summary>It was decided not to assess.</summary>
public sealed record AssessmentRefused(DateOnly On, string Reasons) : AssessmentEvent;

/// <summary>Advice was asked for.</summary>
public sealed record AdviceRequested(AdviceRequest Request, string? Reason = null, string? InPlaceOf = null) : AssessmentEvent;

/// <summary>A request moved on in its life.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="To">Its new status.</param>
/// <param name="On">Day of the change.</param>
/// <param name="Reason">The reason, where one is required.</param>
/// <param name="ReceivedByBodyOn">Day it reached the body, when that became known.</param>
public sealed record AdviceRequestMoved(string RequestId, RequestStatus To, DateOnly On, string? Reason = null, DateOnly? ReceivedByBodyOn = null) : AssessmentEvent;

/// <summary>Advice was received.</summary>
public sealed record AdviceReceived(ReceivedAdvice Advice) : AssessmentEvent;

/// <summary>Advice was returned as insufficient.</summary>
public sealed record AdviceReturned(string AdviceId, DateOnly On, string Reason) : AssessmentEvent;

/// <summary>The family asked for an adviser.</summary>
public sealed record AdviserWished(string WishId, Agency Agency, string Reason) : AssessmentEvent;

/// <summary>That wish was answered.</summary>
public sealed record AdviserWishAnswered(string WishId, bool Ask, string Reason) : AssessmentEvent;

/// <summary>Existing advice was put forward.</summary>
public sealed record ExistingAdviceProposed(ExistingAdvice Advice) : AssessmentEvent;

/// <summary>One party said whether it is satisfied with it.</summary>
public sealed record ExistingAdviceJudged(string ExistingId, AgreeingParty Party, bool Agrees) : AssessmentEvent;

/// <summary>All three are satisfied: it stands for the advice (reg 6(4)).</summary>
public sealed record ExistingAdviceReliedOn(string ExistingId, DateOnly On) : AssessmentEvent;

/// <summary>The child missed an appointment made by the body.</summary>
public sealed record AppointmentMissed(string RequestId, DateOnly On) : AssessmentEvent;

/// <summary>A step of the chase ladder was taken for a request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Step">The step.</param>
/// <param name="Due">The day its limit ends.</param>
/// <param name="ToRole">The role that is told.</param>
/// <param name="Told">False where a later step of the same day to the same role says it all.</param>
public sealed record ChaseStepTaken(string RequestId, string Step, DateOnly Due, string ToRole, bool Told) : AssessmentEvent;

/// <summary>An exception was claimed.</summary>
public sealed record ExceptionClaimed(ClaimedException Exception) : AssessmentEvent;

/// <summary>Its end was corrected, or it was taken back (<paramref name="EndedOn"/> null).</summary>
public sealed record ExceptionEnded(string ExceptionId, string Reason, DateOnly? EndedOn = null) : AssessmentEvent;

/// <summary>A delay was explained, without any claim of an exception.</summary>
public sealed record DelayExplained(DateOnly On, string Reason) : AssessmentEvent;

/// <summary>A limit passed unmet.</summary>
/// <param name="Limit">Key of the limit.</param>
/// <param name="Due">Its last day.</param>
/// <param name="RelievedBy">Grounds that had relieved it by then; empty when none had.</param>
public sealed record LimitMissed(string Limit, DateOnly Due, IReadOnlyList<string> RelievedBy) : AssessmentEvent;

/// <summary>It was decided to issue a plan.</summary>
public sealed record PlanAgreed(DateOnly On, string Reasons, IReadOnlyList<string> Without, string? WithoutReason = null) : AssessmentEvent;

/// <summary>It was decided that no plan is necessary.</summary>
public sealed record PlanRefused(DateOnly On, string Reasons) : AssessmentEvent;

/// <summary>A line of the plan was changed by a person; both texts are kept.</summary>
public sealed record PlanEdited(Plans.PlanEdit Edit) : AssessmentEvent;

/// <summary>A finding on the plan was looked at and may stand.</summary>
public sealed record PlanFindingAccepted(Plans.FindingAccepted Finding) : AssessmentEvent;

/// <summary>A version of the plan was put together.</summary>
public sealed record PlanPrepared(PlanDocument Document, string ContentHash) : AssessmentEvent;

/// <summary>That version was kept under a name that nothing can change.</summary>
/// <param name="Version">The version.</param>
/// <param name="Where">The name.</param>
/// <param name="ManifestHash">Hash of its entry in the manifest, which chains all versions: with it a manifest rewritten as a whole is found out.</param>
public sealed record PlanKept(int Version, string Where, string? ManifestHash = null) : AssessmentEvent;

/// <summary>A version of the plan was given to a reader, in one form.</summary>
public sealed record PlanRead(int Version, string Format, Actor Reader) : AssessmentEvent;

/// <summary>The family made representations.</summary>
public sealed record RepresentationsReceived(int Version, DateOnly On, string Text, Agency? RequestedInstitution = null) : AssessmentEvent;

/// <summary>The family asked for a meeting.</summary>
public sealed record MeetingAskedFor(DateOnly On) : AssessmentEvent;

/// <summary>The meeting was held.</summary>
public sealed record MeetingHeld(DateOnly On) : AssessmentEvent;

/// <summary>An institution was consulted.</summary>
public sealed record InstitutionConsulted(Agency Institution, DateOnly On) : AssessmentEvent;

/// <summary>It answered.</summary>
public sealed record InstitutionAnswered(AgencyId Institution, DateOnly On, bool CanMeetNeeds, string Reasons) : AssessmentEvent;

/// <summary>The ICB agreed, or did not, to section G of a version.</summary>
public sealed record IcbAnswered(int Version, bool Agreed, string AgreedBy, DateOnly On, string? Reasons = null) : AssessmentEvent;

/// <summary>The family asked for a personal budget.</summary>
public sealed record PersonalBudgetAskedFor(DateOnly On) : AssessmentEvent;

/// <summary>It was settled.</summary>
public sealed record PersonalBudgetSettled(SettlePersonalBudget Settlement) : AssessmentEvent;

/// <summary>The placement was named.</summary>
public sealed record PlacementNamed(string InstitutionType, Agency? Institution = null, string? Reasons = null) : AssessmentEvent;

/// <summary>The final plan has been sent to the family, the institution and the ICB; the last of them on this day.</summary>
public sealed record FinalPlanSent(int Version, DateOnly On) : AssessmentEvent;

/// <summary>The request was withdrawn.</summary>
public sealed record RequestWithdrawn(DateOnly On, string Reason) : AssessmentEvent;

/// <summary>Another council became responsible.</summary>
public sealed record MovedToAnotherCouncil(LocalAuthorityCode Council, DateOnly MovedOn, DateOnly BecameAwareOn) : AssessmentEvent;

/// <summary>A step of mediation was noted.</summary>
public sealed record MediationNoted(MediationStep Step, DateOnly On, Remedy? Remedy = null, DateOnly? OtherDate = null) : AssessmentEvent;

/// <summary>A step of an appeal was noted.</summary>
public sealed record AppealNoted(AppealStep Step, DateOnly On, Remedy? Remedy = null, DateOnly? OtherDate = null) : AssessmentEvent;

/// <summary>A person must look at something.</summary>
public sealed record AttentionAsked(Attention Attention) : AssessmentEvent;

/// <summary>Somebody has.</summary>
public sealed record AttentionResolved(string AttentionId, string Resolution) : AssessmentEvent;

/// <summary>An effect failed for good.</summary>
public sealed record EffectFailed(FailedEffect Failure) : AssessmentEvent;

/// <summary>A person had a failed effect tried again; it runs under a new id.</summary>
public sealed record EffectRetried(string EffectId, string Reason) : AssessmentEvent;

/// <summary>A person decided that a failed effect is not to happen any more.</summary>
public sealed record EffectAbandoned(string EffectId, string Reason) : AssessmentEvent;

/// <summary>A person had a reminder sent outside the ladder.</summary>
public sealed record RemindedByHand(string RequestId, DateOnly On, string Reason) : AssessmentEvent;

/// <summary>A person had a request sent again.</summary>
public sealed record RequestSentAgain(string RequestId, DateOnly On, string Reason) : AssessmentEvent;

/// <summary>Chasing was paused up to and including a day.</summary>
public sealed record ChasingPaused(DateOnly Until, string Reason) : AssessmentEvent;

/// <summary>Chasing was resumed before that day.</summary>
public sealed record ChasingResumed(string Reason) : AssessmentEvent;

/// <summary>The family was given a link to its page.</summary>
public sealed record FamilyLinkIssued(string LinkId, DateOnly On, DateOnly ExpiresOn) : AssessmentEvent;

/// <summary>A link was revoked.</summary>
public sealed record FamilyLinkRevoked(string LinkId, string Reason) : AssessmentEvent;

/// <summary>A pushed assessment that waited for a person was attached here, was found not to belong here, or was settled without this assessment.</summary>
public sealed record PushedAssessmentSettled(string PushId, PushedOutcome Outcome, string Reason, Actor By) : AssessmentEvent;

/// <summary>Representations or evidence of the family were received; their documents go with every request for advice from here on.</summary>
public sealed record FamilyEvidenceReceived(RecordFamilyEvidence Evidence) : AssessmentEvent;
