namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>In what a limit's length is measured.</summary>
public enum LengthUnit
{
    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Calendar weeks of seven days; holidays count.</summary>
    Weeks,

    /// <summary>Months, to the corresponding date or the last day of a shorter month.</summary>
    Months,

    /// <summary>Working days of England.</summary>
    WorkingDays,

    /// <summary>No number of days: as soon as practicable.</summary>
    AsSoonAsPracticable,
}

/// <summary>The fact from whose day a limit runs.</summary>
public enum StartEvent
{
    /// <summary>The request was received, or the council became responsible (CFA 2014 s24).</summary>
    Received,

    /// <summary>A body bound by section 31 received a request for advice.</summary>
    AdviceReceivedByBody,

    /// <summary>An adviser who is not such a body received a request for advice.</summary>
    AdviceReceivedByOther,

    /// <summary>Not a fact but a due day: that of <c>finalPlan</c>.</summary>
    FinalPlanDue,

    /// <summary>The draft plan was served on the family.</summary>
    DraftServed,

    /// <summary>A consultation was sent to an institution.</summary>
    InstitutionConsulted,

    /// <summary>The final plan and its notice were sent.</summary>
    PlanIssued,

    /// <summary>Written notice of a decision that can be appealed was sent.</summary>
    AppealableNoticeSent,

    /// <summary>The mediation certificate was issued.</summary>
    CertificateIssued,

    /// <summary>The adviser was told that the family does not want mediation.</summary>
    ToldNoMediation,

    /// <summary>Mediation ended.</summary>
    MediationEnded,

    /// <summary>The family told the council of health issues that it wants mediated.</summary>
    HealthIssuesRaised,

    /// <summary>The family told the council that it wants mediation.</summary>
    MediationRequested,

    /// <summary>The council told the integrated care board that the family wants mediation on health issues only.</summary>
    BoardToldOfMediation,

    /// <summary>The adviser was told that mediation could not be arranged in time.</summary>
    ToldMediationNotArranged,

    /// <summary>A mediation agreement was reached.</summary>
    AgreementReached,

    /// <summary>The tribunal sent out its order.</summary>
    TribunalOrder,

    /// <summary>The council told the tribunal that it does not oppose the appeal.</summary>
    AppealConceded,

    /// <summary>The tribunal sent the appeal to the council.</summary>
    AppealSentToCouncil,
}

/// <summary>What an order, an agreement or a concession obliges to.</summary>
public enum Remedy
{
    /// <summary>Carry out an assessment.</summary>
    Assess,

    /// <summary>Carry out a re-assessment.</summary>
    Reassess,

    /// <summary>Make a plan.</summary>
    MakePlan,

    /// <summary>Amend the contents of the plan.</summary>
    AmendContents,

    /// <summary>Name an institution, and nothing else.</summary>
    NameInstitution,

    /// <summary>Continue to maintain the plan.</summary>
    ContinuePlan,

    /// <summary>The plan ceases: an appeal against ceasing it was dismissed.</summary>
    CeasePlan,

    /// <summary>Mediation agreement on issues that cannot be appealed.</summary>
    NotAppealable,

    /// <summary>Mediation agreement with the integrated care board alone.</summary>
    BoardOnly,
}

/// <summary>Whether the first day of a period counts.</summary>
public enum Counting
{
    /// <summary>It does not: within two weeks of the 1st ends on the 15th.</summary>
    After,

    /// <summary>"Beginning with", "starting with": it does; two weeks end on the 14th.</summary>
    BeginningWith,
}

/// <summary>To which course of a case a limit belongs.</summary>
public enum AppliesTo
{
    /// <summary>To every case.</summary>
    Always,

    /// <summary>Only when the council refused to assess.</summary>
    Refused,

    /// <summary>Only when it did not.</summary>
    NotRefused,

    /// <summary>Only when it neither refused to assess nor, later, to make a plan.</summary>
    PlanExpected,

    /// <summary>When it did not refuse, and also when a refusal was overturned by an order, an agreement or a concession.</summary>
    UnderWay,
}

/// <summary>What kind of duty stands behind a limit.</summary>
public enum Binding
{
    /// <summary>Act, regulations or tribunal rules.</summary>
    Statute,

    /// <summary>The SEND Code of Practice: "should".</summary>
    Code,

    /// <summary>No duty: a date to plan by.</summary>
    Planning,
}

/// <summary>Who has to be told for a limit to be met, or whom the step is for.</summary>
public enum Party
{
    /// <summary>Parent or young person, or who acts for the young person.</summary>
    Family,

    /// <summary>The council.</summary>
    Council,

    /// <summary>The integrated care board (responsible commissioning body).</summary>
    IntegratedCareBoard,

    /// <summary>The officers of the council who exercise its social services functions for SEN.</summary>
    SocialServices,

    /// <summary>Head, principal or early years lead of the setting that the child or young person attends.</summary>
    SettingLead,

    /// <summary>School, institution or provider that the plan names.</summary>
    NamedInstitution,

    /// <summary>Mediation adviser.</summary>
    MediationAdviser,

    /// <summary>First-tier Tribunal (SEND).</summary>
    Tribunal,
}

/// <summary>A second period: the limit ends with the later of the two.</summary>
/// <param name="Length">Length, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Starts">The fact that it runs from.</param>
public sealed record SecondPeriod(int Length, LengthUnit Unit, StartEvent Starts);

/// <summary>One limit as the law, the Code or good planning sets it. Data, read from a rule set; never constants.</summary>
public sealed record Rule
{
    /// <summary>Name, unique in the set, for instance <c>finalPlan</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Row in the master table of limits of the domain notes.</summary>
    public required int Row { get; init; }

    /// <summary>What is to be done, in plain English.</summary>
    public required string Title { get; init; }

    /// <summary>Length in <see cref="Unit"/>; absent exactly when that is <see cref="LengthUnit.AsSoonAsPracticable"/>, negative when counted back from a due day.</summary>
    public int? Length { get; init; }

    /// <summary>Unit of <see cref="Length"/>.</summary>
    public required LengthUnit Unit { get; init; }

    /// <summary>The fact that starts it.</summary>
    public required StartEvent Starts { get; init; }

    /// <summary>Only for orders, agreements and concessions: of what kind.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Whether the first day counts.</summary>
    public required Counting Counting { get; init; }

    /// <summary>It runs from the receipt of a request, so <see cref="CountingPractice"/> decides about the first day.</summary>
    public bool FromReceipt { get; init; }

    /// <summary>To which course of a case it belongs.</summary>
    public required AppliesTo AppliesTo { get; init; }

    /// <summary>A second period; the later end counts.</summary>
    public SecondPeriod? OrIfLater { get; init; }

    /// <summary>A last day in August, or from 25 December to 1 January, moves to the next working day of September or January.</summary>
    public bool TribunalVacations { get; init; }

    /// <summary>What stops it: limits are met by sending and notifying, not by deciding.</summary>
    public required string StoppedBy { get; init; }

    /// <summary>Who must be told.</summary>
    public required IReadOnlyList<Party> MustBeTold { get; init; }

    /// <summary>The grounds that may relieve it: a closed list.</summary>
    public required IReadOnlyList<Ground> RelievedBy { get; init; }

    /// <summary>Nothing relieves it once the council has refused to assess (reg 4 has no exception).</summary>
    public bool NotRelievedOnRefusal { get; init; }

    /// <summary>What kind of duty it is.</summary>
    public required Binding Binding { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Citation { get; init; }

    /// <summary>True when the provision was read; false when something in it is still to be checked, see <see cref="Note"/>.</summary>
    public required bool Verified { get; init; }

    /// <summary>What to know, and for an unverified rule what to check.</summary>
    public string? Note { get; init; }
}
