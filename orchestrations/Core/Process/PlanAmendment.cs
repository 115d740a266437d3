using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One line of the plan as it is proposed to be amended.</summary>
/// <param name="Section">The section in which it stands, or will.</param>
/// <param name="Line">Id of the line.</param>
/// <param name="Before">What stands there now; null where the line is new.</param>
/// <param name="After">What will stand there; null where the line goes.</param>
/// <param name="Source">On what it rests: the reason of the officer who changed it, or the advice with its author.</param>
public sealed record ProposedChange(PlanSectionLetter Section, string Line, string? Before, string? After, string Source);

/// <summary>How a proposal to amend the plan ended.</summary>
public enum AmendmentOutcome
{
    /// <summary>The plan was amended.</summary>
    Amended,

    /// <summary>It was not amended after all.</summary>
    NotAmended,

    /// <summary>Other amendments were proposed in its place.</summary>
    ProposedAgain,
}

/// <summary>Amendments that were proposed to the family, and what became of them.</summary>
public sealed record PlanAmendment
{
    /// <summary>Number within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>The review after which they are proposed; null: without a review (reg 28).</summary>
    public int? Review { get; init; }

    /// <summary>The kind of notice by which they are proposed.</summary>
    public required NoticeKind Notice { get; init; }

    /// <summary>Day of the proposal.</summary>
    public required DateOnly ProposedOn { get; init; }

    /// <summary>Who proposed them; part of what the proposal is put together from.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>Why.</summary>
    public required string Reasons { get; init; }

    /// <summary>The amendments in words.</summary>
    public required string Proposal { get; init; }

    /// <summary>The amendments line by line; empty where only the placement is to change.</summary>
    public IReadOnlyList<ProposedChange> Changes { get; init => field = value ?? []; } = [];

    /// <summary>Number that the amended plan will have in the chain of versions.</summary>
    public required int Version { get; init; }

    /// <summary>How many of the case's edits the proposal rests on.</summary>
    public required int Edits { get; init; }

    /// <summary>Hash of the sections as they were proposed, hexadecimal: finalising finds out whether what they rest on has changed since.</summary>
    public required string Basis { get; init; }

    /// <summary>How many reviews the case had then.</summary>
    public int ReviewsThen { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public AmendmentOutcome? Outcome { get; init; }

    /// <summary>Day on which that was decided.</summary>
    public DateOnly? OutcomeOn { get; init; }

    /// <summary>Why the plan is not amended after all.</summary>
    public string? OutcomeReasons { get; init; }
}
