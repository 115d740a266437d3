using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Contracts.Api;

/// <summary>One assessment as one caller sees it. The member <c>view</c> says whose view.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "view")]
[JsonDerivedType(typeof(CouncilCase), "council")]
[JsonDerivedType(typeof(FamilyCase), "family")]
[JsonDerivedType(typeof(AgencyCase), "agency")]
[JsonDerivedType(typeof(OperationsCase), "operations")]
public abstract record CaseView
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>Its version: the entity tag of this answer.</summary>
    public required long Version { get; init; }

    /// <summary>Where it stands.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The same in one line, as of today.</summary>
    public required string Status { get; init; }
}

/// <summary>Everything: for the council's officers.</summary>
public sealed record CouncilCase : CaseView
{
    /// <summary>Every limit and its state.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>Everything decided and known.</summary>
    public required CaseState State { get; init; }
}

/// <summary>
/// For the family: what was decided, who is asked, the limits, and the plan once its draft was sent to them. Before that, advice may still go back to its author.
/// </summary>
public sealed record FamilyCase : CaseView
{
    /// <summary>Every limit and its state.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>The facts given at the opening.</summary>
    public required CaseFacts Facts { get; init; }

    /// <summary>The council's officer.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>The family's single contact.</summary>
    public string? KeyWorker { get; init; }

    /// <summary>The decision whether to assess.</summary>
    public MadeDecision? AssessDecision { get; init; }

    /// <summary>The decision whether to issue a plan.</summary>
    public MadeDecision? PlanDecision { get; init; }

    /// <summary>Notices to the family.</summary>
    public required IReadOnlyList<Notice> Notices { get; init; }

    /// <summary>Who was asked for which advice, and whether it came.</summary>
    public required IReadOnlyList<AskedAdviser> Asked { get; init; }

    /// <summary>Advisers that the family asked for.</summary>
    public required IReadOnlyList<AdviserWish> Wishes { get; init; }

    /// <summary>Advice that the family is asked to accept (reg 6(4)).</summary>
    public required IReadOnlyList<ExistingAdvice> Existing { get; init; }

    /// <summary>Exceptions that were claimed. The family is told of each (Code 9.43).</summary>
    public required IReadOnlyList<ClaimedException> Exceptions { get; init; }

    /// <summary>Advice behind the plan sent, and the family's own.</summary>
    public required IReadOnlyList<ReceivedAdvice> Advice { get; init; }

    /// <summary>The newest plan, once it was sent to the family.</summary>
    public PlanDocument? Plan { get; init; }

    /// <summary>The family's representations.</summary>
    public required IReadOnlyList<Representation> Representations { get; init; }

    /// <summary>Day on which a meeting was asked for.</summary>
    public DateOnly? MeetingAskedOn { get; init; }

    /// <summary>Day on which it was held.</summary>
    public DateOnly? MeetingHeldOn { get; init; }

    /// <summary>How the personal budget was settled.</summary>
    public BudgetSettlement? Budget { get; init; }
}

/// <summary>Who was asked for advice, and the answers.</summary>
public sealed record AskedAdviser
{
    /// <summary>The request.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of advice, in words.</summary>
    public required string Kind { get; init; }

    /// <summary>Who is asked; absent for the family itself.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Day asked.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>The request's status.</summary>
    public required RequestStatus Status { get; init; }

    /// <summary>Since when.</summary>
    public required DateOnly StatusOn { get; init; }

    /// <summary>
    /// Day on which the hub found no channel to send it by; absent once it was sent or has arrived.
    /// </summary>
    public DateOnly? NotSentOn { get; init; }

    /// <summary>Day on which a person sent it by other means.</summary>
    public DateOnly? SentByOtherMeansOn { get; init; }
}

/// <summary>
/// For an agency: what it was asked, and what it needs to know of the child to answer. Never another agency's advice.
/// </summary>
public sealed record AgencyCase : CaseView
{
    /// <summary>The child; absent once the agency has nothing left to answer.</summary>
    public ChildForAdviser? Child { get; init; }

    /// <summary>Requests made to it.</summary>
    public required IReadOnlyList<AdviceRequest> Requests { get; init; }

    /// <summary>The limits of those requests.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>Its own advice.</summary>
    public required IReadOnlyList<ReceivedAdvice> Advice { get; init; }

    /// <summary>Its own advice that may be sufficient.</summary>
    public required IReadOnlyList<ExistingAdvice> Existing { get; init; }

    /// <summary>Its consultation as an institution that may be named.</summary>
    public ConsultedInstitution? Consulted { get; init; }

    /// <summary>
    /// For the integrated care board: the health provision that it must agree (reg 12(2)).
    /// </summary>
    public IReadOnlyList<string>? SectionG { get; init; }
}

/// <summary>What an adviser must know of the child.</summary>
public sealed record ChildForAdviser
{
    /// <summary>The child.</summary>
    public required Child Child { get; init; }

    /// <summary>Who speaks for the family.</summary>
    public required string FamilyName { get; init; }

    /// <summary>That person's relation to the child.</summary>
    public required string FamilyRelationship { get; init; }

    /// <summary>Kind of place attended.</summary>
    public required SettingKind SettingKind { get; init; }

    /// <summary>The place attended.</summary>
    public Agency? Setting { get; init; }

    /// <summary>Hearing or visual impairment.</summary>
    public required SensoryImpairment SensoryImpairment { get; init; }
}

/// <summary>
/// For those who run or watch the hub: nothing about the child, and no free text.
/// </summary>
public sealed record OperationsCase : CaseView
{
    /// <summary>Every limit and its state.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>Requests, without reasons.</summary>
    public required IReadOnlyList<AskedAdviser> Asked { get; init; }

    /// <summary>What a person must look at.</summary>
    public required IReadOnlyList<Attention> Attention { get; init; }

    /// <summary>Effects and their state.</summary>
    public required IReadOnlyList<CaseEffect> Effects { get; init; }
}
