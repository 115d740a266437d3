namespace IntegrationHub.Orchestrations.Assessments;

// The members are described in AssessmentState.

/// <summary>What is known about the child and the people around the case.</summary>
internal sealed record BackgroundPart
{
    internal static readonly BackgroundPart None = new();

    public IReadOnlyList<FamilyPerson> People { get; init; } = [];

    public ChildFacts? ChildFacts { get; init; }

    public IReadOnlyList<AttendedPlace> SchoolPlaces { get; init; } = [];

    public PlanTerms? PlanTerms { get; init; }

    public EarlierReturn? EarlierReturn { get; init; }

    public IReadOnlyList<string> RestrictedTo { get; init; } = [];

    public string? KeyWorker { get; init; }

    public IReadOnlyList<Detention> Detentions { get; init; } = [];

    public IReadOnlyList<CaseNote> CaseNotes { get; init; } = [];

    public IReadOnlyList<PanelMeeting> Panels { get; init; } = [];

    public IReadOnlyList<CaseDocument> Documents { get; init; } = [];

    public IReadOnlyList<FamilyDocuments> FamilyEvidence { get; init; } = [];

    public IReadOnlyList<AdviserWish> Wishes { get; init; } = [];

    public IReadOnlyList<Notice> EndedNotices { get; init; } = [];

    public TakenUnderWay? TakenUnderWay { get; init; }

    public int? FormerContacts { get; init; }

    public IReadOnlyList<string> FormerPeople { get; init; } = [];
}

/// <summary>Comments on the draft: from the family, from a meeting, from institutions and from the ICB.</summary>
internal sealed record ConsultationPart
{
    internal static readonly ConsultationPart None = new();

    public IReadOnlyList<Representation> Representations { get; init; } = [];

    public DateOnly? MeetingAskedOn { get; init; }

    public DateOnly? MeetingHeldOn { get; init; }

    public IReadOnlyList<ConsultedInstitution> Institutions { get; init; } = [];

    public SharedSchools? SchoolList { get; init; }

    public IcbAnswer? IcbAnswer { get; init; }

    public DateOnly? BudgetAskedOn { get; init; }

    public BudgetSettlement? Budget { get; init; }

    public Placement? Placement { get; init; }
}

/// <summary>Mediation, appeals and what followed from them.</summary>
internal sealed record DisputePart
{
    internal static readonly DisputePart None = new();

    public IReadOnlyList<RecordedMediationStep> Mediation { get; init; } = [];

    public IReadOnlyList<RecordedAppealStep> Appeal { get; init; } = [];

    public DateOnly? RefusalReversedOn { get; init; }

    public MadeDecision? AmendDecision { get; init; }

    public IReadOnlyList<MadeDecision> EarlierAmendDecisions { get; init; } = [];

    public IReadOnlyList<TribunalDay> TribunalDays { get; init; } = [];

    public IReadOnlyList<Recommendation> Recommendations { get; init; } = [];
}

/// <summary>What happened to the plan after it was made.</summary>
internal sealed record PlanLifePart
{
    internal static readonly PlanLifePart None = new();

    public TakenOverPlan? TakenOver { get; init; }

    public IReadOnlyList<RecordedAct> Acts { get; init; } = [];

    public IReadOnlyList<PlanReview> Reviews { get; init; } = [];

    public IReadOnlyList<PlanAmendment> Amendments { get; init; } = [];

    public PlanCeasing? Ceasing { get; init; }

    public PlanReassessment? Reassessment { get; init; }

    public ReassessmentRound? ReassessmentRound { get; init; }

    public IReadOnlyList<PhaseTransfer> PhaseTransfers { get; init; } = [];

    public IcbChange? IcbChange { get; init; }

    public PlanBudget? PlanBudget { get; init; }

    public IReadOnlyList<PlanCosts> Costs { get; init; } = [];
}
