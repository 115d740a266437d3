using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Contracts.Api;

/// <summary>
/// One edit of a case officer. With <c>LineId</c> it changes, moves or removes that line; without it, it adds a line
/// to <c>Section</c> whose id is <c>EditId</c>. Null parts are not changed; an empty text clears a part.
/// </summary>
public sealed record PlanEdit
{
    /// <summary>Unique among the edits of the assessment.</summary>
    public required string EditId { get; init; }

    /// <summary>The line to change; absent for a new line.</summary>
    public string? LineId { get; init; }

    /// <summary>
    /// For a new line: its section. For an existing line: the section to which it moves, among B to D or among F to H2.
    /// </summary>
    public PlanSectionLetter? Section { get; init; }

    /// <summary>The new words.</summary>
    public string? NewText { get; init; }

    /// <summary>Who provides it.</summary>
    public string? Who { get; init; }

    /// <summary>How often.</summary>
    public string? HowOften { get; init; }

    /// <summary>How long each time.</summary>
    public string? HowLong { get; init; }

    /// <summary>
    /// Lines that it answers: needs for an outcome, outcomes for provision; replaces the earlier links.
    /// </summary>
    public IReadOnlyList<string>? Answers { get; init; }

    /// <summary>Whether the provision prepares for adulthood.</summary>
    public bool? PreparesForAdulthood { get; init; }

    /// <summary>Whether the line is removed from the plan. It stays in the list of lines left out, with its words.</summary>
    public required bool Remove { get; init; }

    /// <summary>The advice that it was read from.</summary>
    public string? ReadFromAdvice { get; init; }

    /// <summary>The version of the plan in force that it is to amend; absent where the first plan was still being made.</summary>
    public int? Amends { get; init; }

    /// <summary>Why, in the officer's words.</summary>
    public required string Reason { get; init; }

    /// <summary>The officer.</summary>
    public required string By { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The cause of the edit, which decides whether it may change a plan after the draft (Code 9.125).</summary>
    public required PlanEditCause Cause { get; init; }
}

/// <summary>
/// An officer's decision that a finding does not prevent the step. Only findings on "should" rules can
/// be accepted.
/// </summary>
public sealed record FindingAccepted
{
    /// <summary>The finding.</summary>
    public required string Code { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The officer.</summary>
    public required string By { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly On { get; init; }
}

/// <summary>One version of the plan.</summary>
public sealed record PlanVersion
{
    /// <summary>1, 2, 3 ...</summary>
    public required int Version { get; init; }

    /// <summary>Draft or final.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>Day it was prepared.</summary>
    public required DateOnly PreparedOn { get; init; }

    /// <summary>SHA-256 of its canonical JSON.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Name under which it is kept; absent until it is.</summary>
    public string? KeptAt { get; init; }

    /// <summary>Hash of its entry in the manifest of kept versions.</summary>
    public string? ManifestHash { get; init; }
}

/// <summary>Representations of the family on a draft.</summary>
public sealed record Representation
{
    /// <summary>The version of the plan they are about.</summary>
    public required int Version { get; init; }

    /// <summary>Day they were made.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What the family says.</summary>
    public required string Text { get; init; }

    /// <summary>The institution that the family asks for.</summary>
    public Agency? RequestedInstitution { get; init; }

    /// <summary>The comments on single lines.</summary>
    public IReadOnlyList<LineComment>? Comments { get; init; }

    /// <summary>The school or college that the family asks for, in their words.</summary>
    public string? PreferredPlace { get; init; }

    /// <summary>Whether they agree with the draft; absent where they do not say.</summary>
    public bool? Agrees { get; init; }

    /// <summary>Which family member says it; absent: the first contact.</summary>
    public string? Person { get; init; }

    /// <summary>The last day for it, where it came later.</summary>
    public DateOnly? LateAfter { get; init; }
}

/// <summary>The family's comment on one line of a draft.</summary>
/// <param name="Line">Id of the line within the plan.</param>
/// <param name="Text">The comment; empty where only another wording is proposed.</param>
/// <param name="Proposed">The wording that they propose.</param>
public sealed record LineComment(string Line, string Text, string? Proposed);

/// <summary>An institution that was consulted, and its answer.</summary>
public sealed record ConsultedInstitution
{
    /// <summary>The institution.</summary>
    public required Agency Institution { get; init; }

    /// <summary>Day it was consulted.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Day it answered.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>Whether it says that it can meet the needs.</summary>
    public bool? CanMeetNeeds { get; init; }

    /// <summary>Its reasons.</summary>
    public string? Reasons { get; init; }

    /// <summary>The tests of the law that it relies on.</summary>
    public IReadOnlyList<PlacementObjection>? Objections { get; init; }

    /// <summary>Whether it has a place, and from when.</summary>
    public string? Place { get; init; }

    /// <summary>What the place costs in a year.</summary>
    public decimal? AnnualCostPounds { get; init; }
}

/// <summary>The tests by which a place may be refused. CFA 2014 ss38, 39.</summary>
public enum PlacementObjection
{
    /// <summary>It is unsuitable.</summary>
    Unsuitable,

    /// <summary>Incompatible with the efficient education of others.</summary>
    EducationOfOthers,

    /// <summary>Incompatible with the efficient use of resources.</summary>
    UseOfResources,
}

/// <summary>The ICB's answer on section G of a version.</summary>
public sealed record IcbAnswer
{
    /// <summary>The version.</summary>
    public required int Version { get; init; }

    /// <summary>Whether it agrees.</summary>
    public required bool Agreed { get; init; }

    /// <summary>The person who answered for it.</summary>
    public required string AgreedBy { get; init; }

    /// <summary>Day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Reasons, where it does not.</summary>
    public string? Reasons { get; init; }

    /// <summary>For an amended plan: the number of edits before it.</summary>
    public int? Edits { get; init; }
}

/// <summary>How a personal budget was settled, CFA 2014 s49.</summary>
public sealed record BudgetSettlement
{
    /// <summary>Agreed, or refused.</summary>
    public required bool Agreed { get; init; }

    /// <summary>Day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What it secures, or the reasons for the refusal.</summary>
    public required string Text { get; init; }

    /// <summary>How it is paid.</summary>
    public PersonalBudgetForm? Form { get; init; }

    /// <summary>Yearly amount in pounds.</summary>
    public decimal? AnnualAmountPounds { get; init; }
}

/// <summary>The placement for section I.</summary>
public sealed record Placement
{
    /// <summary>Type of institution.</summary>
    public required string InstitutionType { get; init; }

    /// <summary>The named institution; absent where only a type is named.</summary>
    public Agency? Institution { get; init; }

    /// <summary>Reasons, where it is not the one that the family asked for (s39(4)).</summary>
    public string? Reasons { get; init; }

    /// <summary>First day there.</summary>
    public DateOnly? From { get; init; }
}
