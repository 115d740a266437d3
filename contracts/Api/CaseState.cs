using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Contracts.Api;

/// <summary>Everything decided and known about one assessment.</summary>
public sealed record CaseState
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>Number of events that led to this state; 0 if not opened.</summary>
    public required long Version { get; init; }

    /// <summary>Stage of the assessment; meaningless while <c>Version</c> is 0.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Facts given when the case was opened, with corrections. Absent until the case is opened.</summary>
    public CaseFacts? Facts { get; init; }

    /// <summary>People of the family other than the first contact.</summary>
    public required IReadOnlyList<FamilyPerson> People { get; init; }

    /// <summary>Officer responsible for the case.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>The family's single contact.</summary>
    public string? KeyWorker { get; init; }

    /// <summary>Day the family was consulted on the request.</summary>
    public DateOnly? ConsultedOn { get; init; }

    /// <summary>Day and reasons of the decision whether to assess.</summary>
    public MadeDecision? AssessDecision { get; init; }

    /// <summary>Day and reasons of the decision whether to issue a plan.</summary>
    public MadeDecision? PlanDecision { get; init; }

    /// <summary>Every notice that is due or was sent.</summary>
    public required IReadOnlyList<Notice> Notices { get; init; }

    /// <summary>The adviser for each kind of advice.</summary>
    public required IReadOnlyList<NamedAdviser> Advisers { get; init; }

    /// <summary>Requests for advice.</summary>
    public required IReadOnlyList<AdviceRequest> Requests { get; init; }

    /// <summary>Advice received, and existing advice relied on.</summary>
    public required IReadOnlyList<ReceivedAdvice> Advice { get; init; }

    /// <summary>Existing advice that was put forward.</summary>
    public required IReadOnlyList<ExistingAdvice> Existing { get; init; }

    /// <summary>Other documents in the case.</summary>
    public required IReadOnlyList<CaseDocument> Documents { get; init; }

    /// <summary>The family's representations and evidence.</summary>
    public required IReadOnlyList<FamilyDocuments> FamilyEvidence { get; init; }

    /// <summary>Advisers that the family asked for.</summary>
    public required IReadOnlyList<AdviserWish> Wishes { get; init; }

    /// <summary>Exceptions claimed.</summary>
    public required IReadOnlyList<ClaimedException> Exceptions { get; init; }

    /// <summary>Time limits that were missed.</summary>
    public required IReadOnlyList<string> MissedLimits { get; init; }

    /// <summary>Officers' changes to lines of the plan, in order.</summary>
    public required IReadOnlyList<PlanEdit> Edits { get; init; }

    /// <summary>Findings on the plan that an officer has accepted.</summary>
    public required IReadOnlyList<FindingAccepted> AcceptedFindings { get; init; }

    /// <summary>Versions of the plan, in order.</summary>
    public required IReadOnlyList<PlanVersion> Plans { get; init; }

    /// <summary>The newest version in full.</summary>
    public PlanDocument? NewestPlan { get; init; }

    /// <summary>The family's representations.</summary>
    public required IReadOnlyList<Representation> Representations { get; init; }

    /// <summary>Day on which the family asked for a meeting.</summary>
    public DateOnly? MeetingAskedOn { get; init; }

    /// <summary>Day of the meeting about the draft plan.</summary>
    public DateOnly? MeetingHeldOn { get; init; }

    /// <summary>Institutions consulted.</summary>
    public required IReadOnlyList<ConsultedInstitution> Institutions { get; init; }

    /// <summary>ICB's answer on section G of a plan version.</summary>
    public IcbAnswer? IcbAnswer { get; init; }

    /// <summary>Day on which a personal budget was asked for.</summary>
    public DateOnly? BudgetAskedOn { get; init; }

    /// <summary>How the budget was settled.</summary>
    public BudgetSettlement? Budget { get; init; }

    /// <summary>The placement for section I.</summary>
    public Placement? Placement { get; init; }

    /// <summary>The plan taken over from elsewhere; absent if made here.</summary>
    public TakenOverPlan? TakenOver { get; init; }

    /// <summary>Day on which the last of the three recipients was sent the final plan.</summary>
    public DateOnly? FinalPlanSentOn { get; init; }

    /// <summary>Day on which the assessment ended without a plan.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Steps of mediation, in order.</summary>
    public required IReadOnlyList<RecordedMediationStep> Mediation { get; init; }

    /// <summary>Steps of an appeal, in order.</summary>
    public required IReadOnlyList<RecordedAppealStep> Appeal { get; init; }

    /// <summary>Day on which the council last withdrew one of its own refusals.</summary>
    public DateOnly? RefusalReversedOn { get; init; }

    /// <summary>Last decision whether to amend the plan after re-assessment or the Tribunal's referral back.</summary>
    public MadeDecision? AmendDecision { get; init; }

    /// <summary>The last refusal to re-assess.</summary>
    public MadeDecision? ReassessmentRefusal { get; init; }

    /// <summary>Days that the tribunal set.</summary>
    public required IReadOnlyList<TribunalDay> TribunalDays { get; init; }

    /// <summary>Recommendations of the tribunal on health or social care.</summary>
    public required IReadOnlyList<Recommendation> Recommendations { get; init; }

    /// <summary>
    /// Reminders of the council's own limits; each names the limit and the step of the reminder schedule.
    /// </summary>
    public required IReadOnlyList<string> ChasedDuties { get; init; }

    /// <summary>Recorded actions that have no separate step.</summary>
    public required IReadOnlyList<RecordedAct> Acts { get; init; }

    /// <summary>Matters for officers to deal with.</summary>
    public required IReadOnlyList<Attention> Attention { get; init; }

    /// <summary>Effects that failed and that nobody has dealt with.</summary>
    public required IReadOnlyList<FailedEffect> FailedEffects { get; init; }

    /// <summary>Last day of a pause in reminders; absent if not paused.</summary>
    public DateOnly? ChasingPausedUntil { get; init; }

    /// <summary>Links given to the family.</summary>
    public required IReadOnlyList<FamilyLink> FamilyLinks { get; init; }

    /// <summary>
    /// Sign-in ids of the only officers who may see the case; empty if not restricted.
    /// </summary>
    public required IReadOnlyList<string> RestrictedTo { get; init; }

    /// <summary>Reviews of the plan, in order; the last one is the current one.</summary>
    public required IReadOnlyList<PlanReview> Reviews { get; init; }

    /// <summary>Case notes and telephone calls recorded by the council.</summary>
    public required IReadOnlyList<CaseNote> CaseNotes { get; init; }

    /// <summary>Panel meetings that considered the case, one for each day.</summary>
    public required IReadOnlyList<PanelMeeting> Panels { get; init; }

    /// <summary>Amendments that were proposed, in order.</summary>
    public required IReadOnlyList<PlanAmendment> Amendments { get; init; }

    /// <summary>The last consideration of ceasing the plan, if any.</summary>
    public PlanCeasing? Ceasing { get; init; }
}
