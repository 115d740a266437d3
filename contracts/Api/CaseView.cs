using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Contracts.Api;

/// <summary>One assessment as one caller sees it. Member <c>view</c> gives the caller's role.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "view")]
[JsonDerivedType(typeof(CouncilCase), "council")]
[JsonDerivedType(typeof(FamilyCase), "family")]
[JsonDerivedType(typeof(AgencyCase), "agency")]
[JsonDerivedType(typeof(OperationsCase), "operations")]
public abstract record CaseView
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>Version of the case, and entity tag of the response.</summary>
    public required long Version { get; init; }

    /// <summary>Stage of the assessment.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The stage as text, as of today.</summary>
    public required string Status { get; init; }
}

/// <summary>The council officers' view: the whole case.</summary>
public sealed record CouncilCase : CaseView
{
    /// <summary>Every limit and its state.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>All decisions and facts of the case.</summary>
    public required CaseState State { get; init; }
}

/// <summary>
/// The family's view: decisions, advisers asked, limits, and, after the draft (when no advice can go back to its author), the plan with its
/// advice.
/// </summary>
public sealed record FamilyCase : CaseView
{
    /// <summary>Every limit and its state.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>The facts of the case.</summary>
    public required CaseFacts Facts { get; init; }

    /// <summary>The case officer.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>The family's single contact.</summary>
    public string? KeyWorker { get; init; }

    /// <summary>The decision whether to assess.</summary>
    public MadeDecision? AssessDecision { get; init; }

    /// <summary>The decision whether to issue a plan.</summary>
    public MadeDecision? PlanDecision { get; init; }

    /// <summary>Notices to the family.</summary>
    public required IReadOnlyList<Notice> Notices { get; init; }

    /// <summary>Who was asked for which advice, and whether it was received.</summary>
    public required IReadOnlyList<AskedAdviser> Asked { get; init; }

    /// <summary>Advisers that the family asked for.</summary>
    public required IReadOnlyList<AdviserWish> Wishes { get; init; }

    /// <summary>Advice that the family is asked to accept (reg 6(4)).</summary>
    public required IReadOnlyList<ExistingAdvice> Existing { get; init; }

    /// <summary>Exceptions claimed by the council. The family is notified of each exception (Code 9.43).</summary>
    public required IReadOnlyList<ClaimedException> Exceptions { get; init; }

    /// <summary>The family's own advice and the advice used in the plan.</summary>
    public required IReadOnlyList<ReceivedAdvice> Advice { get; init; }

    /// <summary>The newest plan that was sent to the family.</summary>
    public PlanDocument? Plan { get; init; }

    /// <summary>The family's representations.</summary>
    public required IReadOnlyList<Representation> Representations { get; init; }

    /// <summary>Day on which a meeting was asked for.</summary>
    public DateOnly? MeetingAskedOn { get; init; }

    /// <summary>Day of the meeting about the draft plan.</summary>
    public DateOnly? MeetingHeldOn { get; init; }

    /// <summary>How the personal budget was settled.</summary>
    public BudgetSettlement? Budget { get; init; }
}

/// <summary>A request to an adviser, without the answer.</summary>
public sealed record AskedAdviser
{
    /// <summary>Id of the request.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of advice, as text.</summary>
    public required string Kind { get; init; }

    /// <summary>The adviser; absent for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Day of the request.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Status of the request.</summary>
    public required RequestStatus Status { get; init; }

    /// <summary>Day of the last change of status.</summary>
    public required DateOnly StatusOn { get; init; }

    /// <summary>
    /// Day on which the hub found no channel to send the request by; absent once sent or delivered.
    /// </summary>
    public DateOnly? NotSentOn { get; init; }

    /// <summary>Day on which an officer sent the request by other means.</summary>
    public DateOnly? SentByOtherMeansOn { get; init; }
}

/// <summary>
/// The agency's view: the requests to the agency, and what it must know about the child to answer. Other agencies' advice is left
/// out.
/// </summary>
public sealed record AgencyCase : CaseView
{
    /// <summary>The child; absent once the agency has nothing left to answer.</summary>
    public ChildForAdviser? Child { get; init; }

    /// <summary>Requests to the agency.</summary>
    public required IReadOnlyList<AdviceRequest> Requests { get; init; }

    /// <summary>Time limits of the requests.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>The agency's advice.</summary>
    public required IReadOnlyList<ReceivedAdvice> Advice { get; init; }

    /// <summary>Existing advice of the agency that may suffice.</summary>
    public required IReadOnlyList<ExistingAdvice> Existing { get; init; }

    /// <summary>The consultation with this agency about a place for the child.</summary>
    public ConsultedInstitution? Consulted { get; init; }

    /// <summary>
    /// The health provision that the integrated care board must agree (reg 12(2)).
    /// </summary>
    public IReadOnlyList<string>? SectionG { get; init; }
}

/// <summary>What an adviser must know about the child.</summary>
public sealed record ChildForAdviser
{
    /// <summary>The child.</summary>
    public required Child Child { get; init; }

    /// <summary>Who speaks for the family.</summary>
    public required string FamilyName { get; init; }

    /// <summary>Relation of the family's contact to the child.</summary>
    public required string FamilyRelationship { get; init; }

    /// <summary>Kind of place attended.</summary>
    public required SettingKind SettingKind { get; init; }

    /// <summary>The place attended.</summary>
    public Agency? Setting { get; init; }

    /// <summary>Hearing or visual impairment.</summary>
    public required SensoryImpairment SensoryImpairment { get; init; }
}

/// <summary>
/// The operators' view: nothing about the child, and no free text.
/// </summary>
public sealed record OperationsCase : CaseView
{
    /// <summary>The limits that are shown.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>The requests, without reasons.</summary>
    public required IReadOnlyList<AskedAdviser> Asked { get; init; }

    /// <summary>Matters for officers to deal with.</summary>
    public required IReadOnlyList<Attention> Attention { get; init; }

    /// <summary>The effects and their state.</summary>
    public required IReadOnlyList<CaseEffect> Effects { get; init; }
}
