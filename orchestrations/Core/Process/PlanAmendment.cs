using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One proposed change to a line of the plan.</summary>
/// <param name="Section">The section in which the line is or will be.</param>
/// <param name="Line">The id of the line.</param>
/// <param name="Before">The current text, or null if the line is new.</param>
/// <param name="After">The new text, or null if the line is removed.</param>
/// <param name="Source">The advice or other source on which the change is based.</param>
public sealed record ProposedChange(PlanSectionLetter Section, string Line, string? Before, string? After, string Source);

/// <summary>How a proposal to amend the plan ended.</summary>
public enum AmendmentOutcome
{
    /// <summary>The plan was amended.</summary>
    Amended,

    /// <summary>The plan was not amended after all.</summary>
    NotAmended,

    /// <summary>Other amendments were proposed in place of this proposal.</summary>
    ProposedAgain,
}

/// <summary>Amendments that were proposed to the family, and their outcome.</summary>
public sealed record PlanAmendment
{
    /// <summary>The number of the proposal within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>The review after which the amendments are proposed; null for a proposal without a review (reg 28).</summary>
    public int? Review { get; init; }

    /// <summary>The kind of notice with which the amendments are proposed.</summary>
    public required NoticeKind Notice { get; init; }

    /// <summary>The day of the proposal.</summary>
    public required DateOnly ProposedOn { get; init; }

    /// <summary>The officer who proposed the amendments.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>The reasons for the proposal.</summary>
    public required string Reasons { get; init; }

    /// <summary>A text that describes the amendments.</summary>
    public required string Proposal { get; init; }

    /// <summary>The amendments line by line; empty if only the placement changes.</summary>
    public IReadOnlyList<ProposedChange> Changes { get; init => field = value ?? []; } = [];

    /// <summary>The version number that the amended plan will have.</summary>
    public required int Version { get; init; }

    /// <summary>The number of edits that had been made to the plan at the time of the proposal.</summary>
    public required int Edits { get; init; }

    /// <summary>
    /// The hash of the sections as proposed, in hexadecimal. When the plan is finalised, the hash shows whether the sections have changed
    /// since the proposal.
    /// </summary>
    public required string Basis { get; init; }

    /// <summary>The number of reviews that the case had at the time of the proposal.</summary>
    public int ReviewsThen { get; init; }

    /// <summary>How the proposal ended, or null if it is still open.</summary>
    public AmendmentOutcome? Outcome { get; init; }

    /// <summary>The day on which the council decided on the outcome.</summary>
    public DateOnly? OutcomeOn { get; init; }

    /// <summary>Why the plan is not amended after all.</summary>
    public string? OutcomeReasons { get; init; }
}
