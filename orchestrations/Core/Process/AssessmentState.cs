using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Everything decided and known about one assessment.</summary>
/// <remarks>
/// Lists are never null: the generated reader sets members that a stored state does not have to null, and that means empty here. Each event makes a
/// new state, so members that seldom change are kept in parts, which the next state shares.
/// </remarks>
public sealed record AssessmentState
{
    private readonly BackgroundPart background = BackgroundPart.None;
    private readonly ConsultationPart consultation = ConsultationPart.None;
    private readonly DisputePart dispute = DisputePart.None;
    private readonly PlanLifePart life = PlanLifePart.None;

    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>Number of events behind this state; 0 before it was opened.</summary>
    public long Version { get; init; }

    /// <summary>Its stage; meaningless while <see cref="Version"/> is 0.</summary>
    public Stage Stage { get; init; }

    /// <summary>The facts given at the opening, with later corrections. Null before it.</summary>
    public OpeningFacts? Facts { get; init; }

    /// <summary>People of the family other than the first contact.</summary>
    public IReadOnlyList<FamilyPerson> People { get => background.People; init => background = value is null ? background : background with { People = value }; }

    /// <summary>What the SEN2 return asks about the child; null where nothing was recorded.</summary>
    public ChildFacts? ChildFacts { get => background.ChildFacts; init => background = value == background.ChildFacts ? background : background with { ChildFacts = value }; }

    /// <summary>Where the child is and was actually educated, in the order of the last record of each.</summary>
    public IReadOnlyList<AttendedPlace> SchoolPlaces { get => background.SchoolPlaces; init => background = value is null ? background : background with { SchoolPlaces = value }; }

    /// <summary>What the SEN2 return asks about the plan; null where nothing was recorded.</summary>
    public PlanTerms? PlanTerms { get => background.PlanTerms; init => background = value == background.PlanTerms ? background : background with { PlanTerms = value }; }

    /// <summary>What an earlier system reported to DfE about the making of a plan that was taken over.</summary>
    public EarlierReturn? EarlierReturn { get => background.EarlierReturn; init => background = value == background.EarlierReturn ? background : background with { EarlierReturn = value }; }

    /// <summary>Detentions in youth accommodation, in order; the last one is the current one until its release.</summary>
    public IReadOnlyList<Detention> Detentions { get => background.Detentions; init => background = value is null ? background : background with { Detentions = value }; }

    /// <summary>Officer responsible for the case.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>The only people at the council who may see the case, by the ids under which they sign in; empty where it is not restricted.</summary>
    public IReadOnlyList<string> RestrictedTo { get => background.RestrictedTo; init => background = value is null ? background : background with { RestrictedTo = value }; }

    /// <summary>The family's single contact.</summary>
    public string? KeyWorker { get => background.KeyWorker; init => background = value == background.KeyWorker ? background : background with { KeyWorker = value }; }

    /// <summary>Day the family was consulted on the request.</summary>
    public DateOnly? ConsultedOn { get; init; }

    /// <summary>Day and reasons of the decision whether to assess.</summary>
    public MadeDecision? AssessDecision { get; init; }

    /// <summary>Day and reasons of the decision whether to issue a plan.</summary>
    public MadeDecision? PlanDecision { get; init; }

    /// <summary>Every notice that is due or was sent.</summary>
    public IReadOnlyList<Notice> Notices { get; init => field = value ?? []; } = [];

    /// <summary>Which advice is asked of whom.</summary>
    public IReadOnlyList<NamedAdviser> Advisers { get; init => field = value ?? []; } = [];

    /// <summary>Requests for advice.</summary>
    public IReadOnlyList<AdviceRequest> Requests { get; init => field = value ?? []; } = [];

    /// <summary>Advice received, and existing advice relied on.</summary>
    public IReadOnlyList<ReceivedAdvice> Advice { get; init => field = value ?? []; } = [];

    /// <summary>Existing advice that was put forward.</summary>
    public IReadOnlyList<ExistingAdvice> Existing { get; init => field = value ?? []; } = [];

    /// <summary>Notes and telephone calls of the council's own file.</summary>
    public IReadOnlyList<CaseNote> CaseNotes { get => background.CaseNotes; init => background = value is null ? background : background with { CaseNotes = value }; }

    /// <summary>Meetings at which a panel considered the case, in the order in which they were recorded; one for each day.</summary>
    public IReadOnlyList<PanelMeeting> Panels { get => background.Panels; init => background = value is null ? background : background with { Panels = value }; }

    /// <summary>Documents of the case that came neither with advice nor as the family's evidence.</summary>
    public IReadOnlyList<CaseDocument> Documents { get => background.Documents; init => background = value is null ? background : background with { Documents = value }; }

    /// <summary>Representations and evidence of the family.</summary>
    public IReadOnlyList<FamilyDocuments> FamilyEvidence { get => background.FamilyEvidence; init => background = value is null ? background : background with { FamilyEvidence = value }; }

    /// <summary>Advisers that the family asked for.</summary>
    public IReadOnlyList<AdviserWish> Wishes { get => background.Wishes; init => background = value is null ? background : background with { Wishes = value }; }

    /// <summary>Exceptions claimed.</summary>
    public IReadOnlyList<ClaimedException> Exceptions { get; init => field = value ?? []; } = [];

    /// <summary>Limits that passed unmet.</summary>
    public IReadOnlyList<string> MissedLimits { get; init => field = value ?? []; } = [];

    /// <summary>Changes to plan lines by persons, in order.</summary>
    public IReadOnlyList<Plans.PlanEdit> Edits { get; init => field = value ?? []; } = [];

    /// <summary>Findings on the plan that an officer has accepted.</summary>
    public IReadOnlyList<Plans.FindingAccepted> AcceptedFindings { get; init => field = value ?? []; } = [];

    /// <summary>Versions of the plan, in order.</summary>
    public IReadOnlyList<PlanVersion> Plans { get; init => field = value ?? []; } = [];

    /// <summary>The newest version in full.</summary>
    public PlanDocument? NewestPlan { get; init; }

    /// <summary>Representations of the family.</summary>
    public IReadOnlyList<Representation> Representations { get => consultation.Representations; init => consultation = value is null ? consultation : consultation with { Representations = value }; }

    /// <summary>Day on which the family asked for a meeting.</summary>
    public DateOnly? MeetingAskedOn { get => consultation.MeetingAskedOn; init => consultation = value == consultation.MeetingAskedOn ? consultation : consultation with { MeetingAskedOn = value }; }

    /// <summary>Day on which it was held.</summary>
    public DateOnly? MeetingHeldOn { get => consultation.MeetingHeldOn; init => consultation = value == consultation.MeetingHeldOn ? consultation : consultation with { MeetingHeldOn = value }; }

    /// <summary>Institutions consulted.</summary>
    public IReadOnlyList<ConsultedInstitution> Institutions { get => consultation.Institutions; init => consultation = value is null ? consultation : consultation with { Institutions = value }; }

    /// <summary>The last list of schools that was shared with the family; null where none was.</summary>
    public SharedSchools? SchoolList { get => consultation.SchoolList; init => consultation = value == consultation.SchoolList ? consultation : consultation with { SchoolList = value }; }

    /// <summary>The ICB's answer on section G of one version.</summary>
    public IcbAnswer? IcbAnswer { get => consultation.IcbAnswer; init => consultation = value == consultation.IcbAnswer ? consultation : consultation with { IcbAnswer = value }; }

    /// <summary>Day on which a personal budget was asked for.</summary>
    public DateOnly? BudgetAskedOn { get => consultation.BudgetAskedOn; init => consultation = value == consultation.BudgetAskedOn ? consultation : consultation with { BudgetAskedOn = value }; }

    /// <summary>How it was settled.</summary>
    public BudgetSettlement? Budget { get => consultation.Budget; init => consultation = value == consultation.Budget ? consultation : consultation with { Budget = value }; }

    /// <summary>The placement for section I.</summary>
    public Placement? Placement { get => consultation.Placement; init => consultation = value == consultation.Placement ? consultation : consultation with { Placement = value }; }

    /// <summary>The plan that was taken over, where it was issued elsewhere; null where it was made here.</summary>
    public TakenOverPlan? TakenOver { get => life.TakenOver; init => life = value == life.TakenOver ? life : life with { TakenOver = value }; }

    /// <summary>Day on which the last of the three recipients was sent the final plan.</summary>
    public DateOnly? FinalPlanSentOn { get; init; }

    /// <summary>Day on which the assessment ended without a plan.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Steps of mediation, in order.</summary>
    public IReadOnlyList<MediationTaken> Mediation { get => dispute.Mediation; init => dispute = value is null ? dispute : dispute with { Mediation = value }; }

    /// <summary>Steps of an appeal, in order.</summary>
    public IReadOnlyList<AppealTaken> Appeal { get => dispute.Appeal; init => dispute = value is null ? dispute : dispute with { Appeal = value }; }

    /// <summary>Day on which the council last withdrew one of its own refusals.</summary>
    public DateOnly? RefusalReversedOn { get => dispute.RefusalReversedOn; init => dispute = value == dispute.RefusalReversedOn ? dispute : dispute with { RefusalReversedOn = value }; }

    /// <summary>The last decision on the plan after a re-assessment or a referral back; yes means to amend it.</summary>
    public MadeDecision? AmendDecision { get => dispute.AmendDecision; init => dispute = value == dispute.AmendDecision ? dispute : dispute with { AmendDecision = value }; }

    /// <summary>The decisions of this kind before the last one.</summary>
    public IReadOnlyList<MadeDecision> EarlierAmendDecisions { get => dispute.EarlierAmendDecisions; init => dispute = value is null ? dispute : dispute with { EarlierAmendDecisions = value }; }

    /// <summary>The last refusal to re-assess.</summary>
    public MadeDecision? ReassessmentRefusal { get; init; }

    /// <summary>The last re-assessment that was asked for or decided on; null if never.</summary>
    public PlanReassessment? Reassessment { get => life.Reassessment; init => life = value == life.Reassessment ? life : life with { Reassessment = value }; }

    /// <summary>The last round of requests for advice of a re-assessment; null where none began.</summary>
    public ReassessmentRound? ReassessmentRound { get => life.ReassessmentRound; init => life = value == life.ReassessmentRound ? life : life with { ReassessmentRound = value }; }

    /// <summary>Days that the tribunal set.</summary>
    public IReadOnlyList<TribunalDay> TribunalDays { get => dispute.TribunalDays; init => dispute = value is null ? dispute : dispute with { TribunalDays = value }; }

    /// <summary>Recommendations of the tribunal on health or social care.</summary>
    public IReadOnlyList<Recommendation> Recommendations { get => dispute.Recommendations; init => dispute = value is null ? dispute : dispute with { Recommendations = value }; }

    /// <summary>Steps of the ladder taken for limits that the council itself must meet, each with the limit's name and the step's key.</summary>
    public IReadOnlyList<string> ChasedDuties { get; init => field = value ?? []; } = [];

    /// <summary>Acts without a step of their own, in order.</summary>
    public IReadOnlyList<ActDone> Acts { get => life.Acts; init => life = value is null ? life : life with { Acts = value }; }

    /// <summary>Reviews of the plan, in order; the last one is the current one.</summary>
    public IReadOnlyList<PlanReview> Reviews { get => life.Reviews; init => life = value is null ? life : life with { Reviews = value }; }

    /// <summary>Amendments that were proposed, in order.</summary>
    public IReadOnlyList<PlanAmendment> Amendments { get => life.Amendments; init => life = value is null ? life : life with { Amendments = value }; }

    /// <summary>The last time that ceasing the plan was considered; null if never.</summary>
    public PlanCeasing? Ceasing { get => life.Ceasing; init => life = value == life.Ceasing ? life : life with { Ceasing = value }; }

    /// <summary>Transfers of phase, one a calendar year, in the order of the last record of each.</summary>
    public IReadOnlyList<PhaseTransfer> PhaseTransfers { get => life.PhaseTransfers; init => life = value is null ? life : life with { PhaseTransfers = value }; }

    /// <summary>The last change of ICB of a child who has a plan; null where none is on record.</summary>
    public IcbChange? IcbChange { get => life.IcbChange; init => life = value == life.IcbChange ? life : life with { IcbChange = value }; }

    /// <summary>The personal budget of a plan that was issued; null where nothing was decided about it.</summary>
    public PlanBudget? PlanBudget { get => life.PlanBudget; init => life = value == life.PlanBudget ? life : life with { PlanBudget = value }; }

    /// <summary>What the plan costs, one record for each first day, in the order of the last record of each.</summary>
    public IReadOnlyList<PlanCosts> Costs { get => life.Costs; init => life = value is null ? life : life with { Costs = value }; }

    /// <summary>The move of the family to another council's area, where this council has the plan to hand on; null where none is on record.</summary>
    public PlanMove? MovingTo { get; init; }

    /// <summary>What an officer must look at.</summary>
    public IReadOnlyList<Attention> Attention { get; init => field = value ?? []; } = [];

    /// <summary>Effects that failed and that nobody has dealt with.</summary>
    public IReadOnlyList<FailedEffect> FailedEffects { get; init; } = [];

    /// <summary>Last day of a pause in chasing; null when chasing was not paused.</summary>
    public DateOnly? ChasingPausedUntil { get; init; }

    /// <summary>Links given to the family.</summary>
    public IReadOnlyList<FamilyLink> FamilyLinks { get; init; } = [];

    /// <summary>Whether somebody at the council may see the case at all: everybody may, unless it is restricted to others.</summary>
    /// <param name="officer">The id under which they sign in.</param>
    public bool IsOpenTo(string officer) => RestrictedTo.Count == 0 || RestrictedTo.Contains(officer, StringComparer.Ordinal);

    /// <summary>The state before anything has happened.</summary>
    public static AssessmentState None(AssessmentId id) => new() { Id = id };
}
