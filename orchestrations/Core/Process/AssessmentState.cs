using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Everything decided and known about one assessment.</summary>
/// <remarks>
/// Lists are never null: if a list is absent from a stored state, the generated reader passes null, which becomes an empty list. Each event
/// creates a new state, so members that seldom change are kept in separate objects, which the next state shares.
/// </remarks>
public sealed record AssessmentState
{
    private readonly BackgroundPart background = BackgroundPart.None;
    private readonly ConsultationPart consultation = ConsultationPart.None;
    private readonly DisputePart dispute = DisputePart.None;
    private readonly PlanLifePart life = PlanLifePart.None;

    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>The number of events that led to this state; 0 before the assessment was opened.</summary>
    public long Version { get; init; }

    /// <summary>The stage of the assessment; meaningless while <see cref="Version"/> is 0.</summary>
    public Stage Stage { get; init; }

    /// <summary>The facts given when the case was opened, with later corrections; null before the case is opened.</summary>
    public OpeningFacts? Facts { get; init; }

    /// <summary>Family members other than the first contact.</summary>
    public IReadOnlyList<FamilyPerson> People { get => background.People; init => background = value is null ? background : background with { People = value }; }

    /// <summary>What the SEN2 return asks about the child, or null if nothing was recorded.</summary>
    public ChildFacts? ChildFacts { get => background.ChildFacts; init => background = value == background.ChildFacts ? background : background with { ChildFacts = value }; }

    /// <summary>The places where the child is or was actually educated, in the order in which each was last recorded.</summary>
    public IReadOnlyList<AttendedPlace> SchoolPlaces { get => background.SchoolPlaces; init => background = value is null ? background : background with { SchoolPlaces = value }; }

    /// <summary>What the SEN2 return asks about the plan, or null if nothing was recorded.</summary>
    public PlanTerms? PlanTerms { get => background.PlanTerms; init => background = value == background.PlanTerms ? background : background with { PlanTerms = value }; }

    /// <summary>What an earlier system reported to DfE about the making of a plan that was taken over.</summary>
    public EarlierReturn? EarlierReturn { get => background.EarlierReturn; init => background = value == background.EarlierReturn ? background : background with { EarlierReturn = value }; }

    /// <summary>Detentions in youth accommodation, in order; the last is the current detention until the release.</summary>
    public IReadOnlyList<Detention> Detentions { get => background.Detentions; init => background = value is null ? background : background with { Detentions = value }; }

    /// <summary>The officer responsible for the case.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>The only officers who can see the case, by the ids with which they sign in; empty if the case is not
    /// restricted.</summary>
    public IReadOnlyList<string> RestrictedTo { get => background.RestrictedTo; init => background = value is null ? background : background with { RestrictedTo = value }; }

    /// <summary>The key worker, who is the family's single point of contact.</summary>
    public string? KeyWorker { get => background.KeyWorker; init => background = value == background.KeyWorker ? background : background with { KeyWorker = value }; }

    /// <summary>The day on which the family was consulted on the request.</summary>
    public DateOnly? ConsultedOn { get; init; }

    /// <summary>The decision whether to assess, with its day and reasons.</summary>
    public MadeDecision? AssessDecision { get; init; }

    /// <summary>The decision whether to issue a plan, with its day and reasons.</summary>
    public MadeDecision? PlanDecision { get; init; }

    /// <summary>All notices that are due or were sent.</summary>
    public IReadOnlyList<Notice> Notices { get; init => field = value ?? []; } = [];

    /// <summary>Notices that ended before they were sent, because another recipient took the recipient's place or the recipient no longer
    /// takes part.</summary>
    public IReadOnlyList<Notice> EndedNotices { get => background.EndedNotices; init => background = value is null ? background : background with { EndedNotices = value }; }

    /// <summary>The advisers named for each kind of advice.</summary>
    public IReadOnlyList<NamedAdviser> Advisers { get; init => field = value ?? []; } = [];

    /// <summary>Requests for advice.</summary>
    public IReadOnlyList<AdviceRequest> Requests { get; init => field = value ?? []; } = [];

    /// <summary>Advice received, and existing advice relied on.</summary>
    public IReadOnlyList<ReceivedAdvice> Advice { get; init => field = value ?? []; } = [];

    /// <summary>Existing advice that was put forward.</summary>
    public IReadOnlyList<ExistingAdvice> Existing { get; init => field = value ?? []; } = [];

    /// <summary>Notes and telephone calls in the council's own file.</summary>
    public IReadOnlyList<CaseNote> CaseNotes { get => background.CaseNotes; init => background = value is null ? background : background with { CaseNotes = value }; }

    /// <summary>Meetings at which a panel considered the case, in the order in which they were recorded; at most one a day.</summary>
    public IReadOnlyList<PanelMeeting> Panels { get => background.Panels; init => background = value is null ? background : background with { Panels = value }; }

    /// <summary>Documents of the case that came neither with advice nor as the family's evidence.</summary>
    public IReadOnlyList<CaseDocument> Documents { get => background.Documents; init => background = value is null ? background : background with { Documents = value }; }

    /// <summary>The family's representations and evidence.</summary>
    public IReadOnlyList<FamilyDocuments> FamilyEvidence { get => background.FamilyEvidence; init => background = value is null ? background : background with { FamilyEvidence = value }; }

    /// <summary>Advisers for whom the family asked.</summary>
    public IReadOnlyList<AdviserWish> Wishes { get => background.Wishes; init => background = value is null ? background : background with { Wishes = value }; }

    /// <summary>The exceptions claimed.</summary>
    public IReadOnlyList<ClaimedException> Exceptions { get; init => field = value ?? []; } = [];

    /// <summary>Time limits that expired without being met.</summary>
    public IReadOnlyList<string> MissedLimits { get; init => field = value ?? []; } = [];

    /// <summary>Changes that officers made to lines of the plan, in order.</summary>
    public IReadOnlyList<Plans.PlanEdit> Edits { get; init => field = value ?? []; } = [];

    /// <summary>Findings on the plan that an officer has accepted.</summary>
    public IReadOnlyList<Plans.FindingAccepted> AcceptedFindings { get; init => field = value ?? []; } = [];

    /// <summary>Versions of the plan, in order.</summary>
    public IReadOnlyList<PlanVersion> Plans { get; init => field = value ?? []; } = [];

    /// <summary>The newest version of the plan in full.</summary>
    public PlanDocument? NewestPlan { get; init; }

    /// <summary>The family's representations.</summary>
    public IReadOnlyList<Representation> Representations { get => consultation.Representations; init => consultation = value is null ? consultation : consultation with { Representations = value }; }

    /// <summary>The day on which the family asked for a meeting.</summary>
    public DateOnly? MeetingAskedOn { get => consultation.MeetingAskedOn; init => consultation = value == consultation.MeetingAskedOn ? consultation : consultation with { MeetingAskedOn = value }; }

    /// <summary>The day on which the meeting was held.</summary>
    public DateOnly? MeetingHeldOn { get => consultation.MeetingHeldOn; init => consultation = value == consultation.MeetingHeldOn ? consultation : consultation with { MeetingHeldOn = value }; }

    /// <summary>The institutions consulted.</summary>
    public IReadOnlyList<ConsultedInstitution> Institutions { get => consultation.Institutions; init => consultation = value is null ? consultation : consultation with { Institutions = value }; }

    /// <summary>The last list of schools that was shared with the family, or null if none was.</summary>
    public SharedSchools? SchoolList { get => consultation.SchoolList; init => consultation = value == consultation.SchoolList ? consultation : consultation with { SchoolList = value }; }

    /// <summary>The ICB's answer on section G of one version of the plan.</summary>
    public IcbAnswer? IcbAnswer { get => consultation.IcbAnswer; init => consultation = value == consultation.IcbAnswer ? consultation : consultation with { IcbAnswer = value }; }

    /// <summary>The day on which a personal budget was asked for.</summary>
    public DateOnly? BudgetAskedOn { get => consultation.BudgetAskedOn; init => consultation = value == consultation.BudgetAskedOn ? consultation : consultation with { BudgetAskedOn = value }; }

    /// <summary>How the request for a personal budget was settled.</summary>
    public BudgetSettlement? Budget { get => consultation.Budget; init => consultation = value == consultation.Budget ? consultation : consultation with { Budget = value }; }

    /// <summary>The placement for section I.</summary>
    public Placement? Placement { get => consultation.Placement; init => consultation = value == consultation.Placement ? consultation : consultation with { Placement = value }; }

    /// <summary>The plan that was taken over because it was issued elsewhere; null if the plan was made here.</summary>
    public TakenOverPlan? TakenOver { get => life.TakenOver; init => life = value == life.TakenOver ? life : life with { TakenOver = value }; }

    /// <summary>The takeover of the assessment while it was under way; null if the assessment was opened here.</summary>
    public TakenUnderWay? TakenUnderWay { get => background.TakenUnderWay; init => background = value == background.TakenUnderWay ? background : background with { TakenUnderWay = value }; }

    /// <summary>The number of people who were the family's first contact before the present one; null if there was nobody.</summary>
    public int? FormerContacts { get => background.FormerContacts; init => background = value == background.FormerContacts ? background : background with { FormerContacts = value }; }

    /// <summary>Ids of the people who no longer take part.</summary>
    public IReadOnlyList<string> FormerPeople { get => background.FormerPeople; init => background = value is null ? background : background with { FormerPeople = value }; }

    /// <summary>The day on which the last of the family, the institution and the ICB was sent the final plan.</summary>
    public DateOnly? FinalPlanSentOn { get; init; }

    /// <summary>The day on which the assessment ended without a plan.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Steps of mediation, in order.</summary>
    public IReadOnlyList<RecordedMediationStep> Mediation { get => dispute.Mediation; init => dispute = value is null ? dispute : dispute with { Mediation = value }; }

    /// <summary>Steps of an appeal, in order.</summary>
    public IReadOnlyList<RecordedAppealStep> Appeal { get => dispute.Appeal; init => dispute = value is null ? dispute : dispute with { Appeal = value }; }

    /// <summary>The day on which the council last reversed one of its own refusals.</summary>
    public DateOnly? RefusalReversedOn { get => dispute.RefusalReversedOn; init => dispute = value == dispute.RefusalReversedOn ? dispute : dispute with { RefusalReversedOn = value }; }

    /// <summary>The last decision whether to amend the plan after a re-assessment, or after the Tribunal referred the case back.</summary>
    public MadeDecision? AmendDecision { get => dispute.AmendDecision; init => dispute = value == dispute.AmendDecision ? dispute : dispute with { AmendDecision = value }; }

    /// <summary>Earlier decisions whether to amend the plan after a re-assessment, or after the Tribunal referred the case back.</summary>
    public IReadOnlyList<MadeDecision> EarlierAmendDecisions { get => dispute.EarlierAmendDecisions; init => dispute = value is null ? dispute : dispute with { EarlierAmendDecisions = value }; }

    /// <summary>The last refusal to re-assess.</summary>
    public MadeDecision? ReassessmentRefusal { get; init; }

    /// <summary>The last re-assessment that was asked for or decided on, or null if there was none.</summary>
    public PlanReassessment? Reassessment { get => life.Reassessment; init => life = value == life.Reassessment ? life : life with { Reassessment = value }; }

    /// <summary>The last round of requests for advice for a re-assessment, or null if none has begun.</summary>
    public ReassessmentRound? ReassessmentRound { get => life.ReassessmentRound; init => life = value == life.ReassessmentRound ? life : life with { ReassessmentRound = value }; }

    /// <summary>Days that the tribunal set.</summary>
    public IReadOnlyList<TribunalDay> TribunalDays { get => dispute.TribunalDays; init => dispute = value is null ? dispute : dispute with { TribunalDays = value }; }

    /// <summary>Recommendations of the tribunal on health or social care.</summary>
    public IReadOnlyList<Recommendation> Recommendations { get => dispute.Recommendations; init => dispute = value is null ? dispute : dispute with { Recommendations = value }; }

    /// <summary>Escalation steps taken for time limits that the council itself must meet, each with the name of the limit and the key of
    /// the step.</summary>
    public IReadOnlyList<string> ChasedDuties { get; init => field = value ?? []; } = [];

    /// <summary>Recorded actions that have no separate step, in order of recording.</summary>
    public IReadOnlyList<RecordedAct> Acts { get => life.Acts; init => life = value is null ? life : life with { Acts = value }; }

    /// <summary>Reviews of the plan, in order; the last is the current review.</summary>
    public IReadOnlyList<PlanReview> Reviews { get => life.Reviews; init => life = value is null ? life : life with { Reviews = value }; }

    /// <summary>Amendments that were proposed, in order.</summary>
    public IReadOnlyList<PlanAmendment> Amendments { get => life.Amendments; init => life = value is null ? life : life with { Amendments = value }; }

    /// <summary>The last time that ceasing the plan was considered, or null if it never was.</summary>
    public PlanCeasing? Ceasing { get => life.Ceasing; init => life = value == life.Ceasing ? life : life with { Ceasing = value }; }

    /// <summary>Phase transfers, one for each calendar year, in the order in which each was last recorded.</summary>
    public IReadOnlyList<PhaseTransfer> PhaseTransfers { get => life.PhaseTransfers; init => life = value is null ? life : life with { PhaseTransfers = value }; }

    /// <summary>The last change of ICB of a child who has a plan, or null if none is on record.</summary>
    public IcbChange? IcbChange { get => life.IcbChange; init => life = value == life.IcbChange ? life : life with { IcbChange = value }; }

    /// <summary>The personal budget of a plan that was issued, or null if nothing was decided about it.</summary>
    public PlanBudget? PlanBudget { get => life.PlanBudget; init => life = value == life.PlanBudget ? life : life with { PlanBudget = value }; }

    /// <summary>What the plan costs: one record for each day from which a cost applies, in the order in which each was last
    /// recorded.</summary>
    public IReadOnlyList<PlanCosts> Costs { get => life.Costs; init => life = value is null ? life : life with { Costs = value }; }

    /// <summary>The move of the family to another council's area if this council must hand on the plan; null if no such move is on record.</summary>
    public PlanMove? MovingTo { get; init; }

    /// <summary>Matters that an officer must deal with.</summary>
    public IReadOnlyList<Attention> Attention { get; init => field = value ?? []; } = [];

    /// <summary>Effects that failed and that nobody has dealt with.</summary>
    public IReadOnlyList<FailedEffect> FailedEffects { get; init; } = [];

    /// <summary>The last day of a pause in chasing, or null if chasing is not paused.</summary>
    public DateOnly? ChasingPausedUntil { get; init; }

    /// <summary>Links given to the family.</summary>
    public IReadOnlyList<FamilyLink> FamilyLinks { get; init; } = [];

    /// <summary>Whether an officer can see the case: every officer can, unless the case is restricted to others.</summary>
    /// <param name="officer">The id with which the officer signs in.</param>
    public bool IsOpenTo(string officer) => RestrictedTo.Count == 0 || RestrictedTo.Contains(officer, StringComparer.Ordinal);

    /// <summary>The state before anything has happened.</summary>
    public static AssessmentState None(AssessmentId id) => new() { Id = id };
}
