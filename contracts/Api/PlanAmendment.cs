using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Contracts.Api;

/// <summary>One proposed change to a line of the plan.</summary>
/// <param name="Section">Present or future section of the line.</param>
/// <param name="Line">Id of the line.</param>
/// <param name="Before">The present text; absent if the line is new.</param>
/// <param name="After">The new text; absent if the line is removed.</param>
/// <param name="Source">Basis of the change: the officer's reason, or the advice with its author.</param>
public sealed record ProposedChange(PlanSectionLetter Section, string Line, string? Before, string? After, string Source);

/// <summary>How a proposal to amend the plan ended.</summary>
[JsonConverter(typeof(CamelCaseEnum<AmendmentOutcome>))]
public enum AmendmentOutcome
{
    /// <summary>The plan was amended.</summary>
    Amended,

    /// <summary>The plan was not amended after all.</summary>
    NotAmended,

    /// <summary>Other amendments were proposed in its place.</summary>
    ProposedAgain,
}

/// <summary>Amendments that were proposed to the family, and their outcome.</summary>
public sealed record PlanAmendment
{
    /// <summary>Number within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>Number of the review that led to the amendments; absent without a review (reg 28).</summary>
    public int? Review { get; init; }

    /// <summary>The kind of notice that proposes the amendments.</summary>
    public required NoticeKind Notice { get; init; }

    /// <summary>Day of the proposal.</summary>
    public required DateOnly ProposedOn { get; init; }

    /// <summary>The officer who proposed the amendments; part of the data from which the proposal is made.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>Reasons for the proposal.</summary>
    public required string Reasons { get; init; }

    /// <summary>The amendments as text.</summary>
    public required string Proposal { get; init; }

    /// <summary>The amendments line by line; empty if only the placement changes.</summary>
    public required IReadOnlyList<ProposedChange> Changes { get; init; }

    /// <summary>Version number that the amended plan will have.</summary>
    public required int Version { get; init; }

    /// <summary>How many of the case's edits the proposal is based on.</summary>
    public required int Edits { get; init; }

    /// <summary>
    /// Checksum of the sections as proposed; hexadecimal. Finalising compares the checksum to find out whether the sections have changed
    /// since.
    /// </summary>
    public required string Basis { get; init; }

    /// <summary>Number of reviews at the time of the proposal.</summary>
    public required int ReviewsThen { get; init; }

    /// <summary>Outcome of the proposal; absent until known.</summary>
    public AmendmentOutcome? Outcome { get; init; }

    /// <summary>Day of the outcome.</summary>
    public DateOnly? OutcomeOn { get; init; }

    /// <summary>Why the plan is not amended after all.</summary>
    public string? OutcomeReasons { get; init; }
}
