using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Contracts.Api;

/// <summary>
/// One edit by a case officer. An edit with <c>LineId</c> changes, moves or removes that line; an edit without <c>LineId</c> adds a line to
/// <c>Section</c> whose id is <c>EditId</c>. Parts that are null stay unchanged; an empty text clears a part.
/// </summary>
public sealed record PlanEdit
{
    /// <summary>Id, unique among the assessment's edits.</summary>
    public required string EditId { get; init; }

    /// <summary>Id of the line to change; absent for a new line.</summary>
    public string? LineId { get; init; }

    /// <summary>
    /// For a new line: its section. For an existing line: the section to which it moves, among B to D or among F to H2.
    /// </summary>
    public PlanSectionLetter? Section { get; init; }

    /// <summary>The new text.</summary>
    public string? NewText { get; init; }

    /// <summary>Who provides the provision.</summary>
    public string? Who { get; init; }

    /// <summary>How often.</summary>
    public string? HowOften { get; init; }

    /// <summary>How long each time.</summary>
    public string? HowLong { get; init; }

    /// <summary>
    /// Lines to link it to: needs for an outcome, outcomes for provision; replace the earlier links.
    /// </summary>
    public IReadOnlyList<string>? Answers { get; init; }

    /// <summary>Whether the provision prepares for adulthood.</summary>
    public bool? PreparesForAdulthood { get; init; }

    /// <summary>Whether the line is removed from the plan. A removed line stays in the list of lines left out, with its text.</summary>
    public required bool Remove { get; init; }

    /// <summary>The advice from which the line was read.</summary>
    public string? ReadFromAdvice { get; init; }

    /// <summary>The version of the plan in force that the edit is to amend; absent while the first plan is drafted.</summary>
    public int? Amends { get; init; }

    /// <summary>The reason, in the officer's words.</summary>
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
    /// <summary>Code of the finding.</summary>
    public required string Code { get; init; }

    /// <summary>The reason.</summary>
    public required string Reason { get; init; }

    /// <summary>The officer.</summary>
    public required string By { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly On { get; init; }
}

/// <summary>One version of the plan.</summary>
public sealed record PlanVersion
{
    /// <summary>Number of the version: 1, 2, 3 and so on.</summary>
    public required int Version { get; init; }

    /// <summary>Whether the version is a draft or final.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>Day it was prepared.</summary>
    public required DateOnly PreparedOn { get; init; }

    /// <summary>SHA-256 of the canonical JSON.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Name of the document; absent until stored.</summary>
    public string? KeptAt { get; init; }

    /// <summary>Checksum of the manifest entry for this version.</summary>
    public string? ManifestHash { get; init; }
}

/// <summary>The family's representations on a draft.</summary>
public sealed record Representation
{
    /// <summary>The version of the draft.</summary>
    public required int Version { get; init; }

    /// <summary>Day of the representations.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Text of the representations.</summary>
    public required string Text { get; init; }

    /// <summary>The institution requested by the family.</summary>
    public Agency? RequestedInstitution { get; init; }

    /// <summary>The family's comments on single lines.</summary>
    public IReadOnlyList<LineComment>? Comments { get; init; }

    /// <summary>
    /// The school or college that the family asks for, in the family's own words, if the school's number is not known.
    /// </summary>
    public string? PreferredPlace { get; init; }

    /// <summary>Whether the family agrees with the draft; absent if not stated.</summary>
    public bool? Agrees { get; init; }

    /// <summary>The family member who makes the representations; absent for the first contact.</summary>
    public string? Person { get; init; }

    /// <summary>The last day for representations, if they were late.</summary>
    public DateOnly? LateAfter { get; init; }
}

/// <summary>The family's comment on one line of a draft.</summary>
/// <param name="Line">Id of the line within the plan.</param>
/// <param name="Text">The comment; empty if only a different wording is proposed.</param>
/// <param name="Proposed">The wording that the family proposes.</param>
public sealed record LineComment(string Line, string Text, string? Proposed);

/// <summary>An institution that was consulted, and its answer.</summary>
public sealed record ConsultedInstitution
{
    /// <summary>The consulted institution.</summary>
    public required Agency Institution { get; init; }

    /// <summary>Day of the consultation.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Day of the answer.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>Whether the institution says that it can meet the needs.</summary>
    public bool? CanMeetNeeds { get; init; }

    /// <summary>Reasons for the answer.</summary>
    public string? Reasons { get; init; }

    /// <summary>The statutory tests on which the institution relies.</summary>
    public IReadOnlyList<PlacementObjection>? Objections { get; init; }

    /// <summary>Whether a place is available, and from when.</summary>
    public string? Place { get; init; }

    /// <summary>Yearly cost of the place.</summary>
    public decimal? AnnualCostPounds { get; init; }
}

/// <summary>The tests by which a place may be refused. CFA 2014 ss38, 39.</summary>
public enum PlacementObjection
{
    /// <summary>The institution is unsuitable.</summary>
    Unsuitable,

    /// <summary>The placement is incompatible with the efficient education of others.</summary>
    EducationOfOthers,

    /// <summary>The placement is incompatible with the efficient use of resources.</summary>
    UseOfResources,
}

/// <summary>The ICB's answer on section G of a version.</summary>
public sealed record IcbAnswer
{
    /// <summary>The version of the plan.</summary>
    public required int Version { get; init; }

    /// <summary>Whether the ICB agrees.</summary>
    public required bool Agreed { get; init; }

    /// <summary>The person who answered for the ICB.</summary>
    public required string AgreedBy { get; init; }

    /// <summary>Day of the answer.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Reasons, if the ICB does not agree.</summary>
    public string? Reasons { get; init; }

    /// <summary>Number of edits to the draft before the ICB answered.</summary>
    public int? Edits { get; init; }
}

/// <summary>How a personal budget was settled, CFA 2014 s49.</summary>
public sealed record BudgetSettlement
{
    /// <summary>Whether the budget was agreed or refused.</summary>
    public required bool Agreed { get; init; }

    /// <summary>Day of the settlement.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What the budget secures, or the reasons for refusing it.</summary>
    public required string Text { get; init; }

    /// <summary>How the budget is paid.</summary>
    public PersonalBudgetForm? Form { get; init; }

    /// <summary>Yearly amount in pounds.</summary>
    public decimal? AnnualAmountPounds { get; init; }
}

/// <summary>The placement for section I.</summary>
public sealed record Placement
{
    /// <summary>Type of institution.</summary>
    public required string InstitutionType { get; init; }

    /// <summary>The named institution; absent if only a type is named.</summary>
    public Agency? Institution { get; init; }

    /// <summary>Reasons, if the family asked for a different institution (s39(4)).</summary>
    public string? Reasons { get; init; }

    /// <summary>First day at the institution.</summary>
    public DateOnly? From { get; init; }
}
