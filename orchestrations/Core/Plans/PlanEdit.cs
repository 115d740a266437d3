using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>
/// One edit of a case officer. With <see cref="LineId"/> it changes, moves or removes that line; without it, it adds a line to
/// <see cref="Section"/> whose id is <see cref="EditId"/>. Null parts are not changed; an empty text clears a part.
/// </summary>
public sealed record PlanEdit
{
    /// <summary>Unique among the edits of the assessment.</summary>
    public required string EditId { get; init; }

    /// <summary>The line to change; null for a new line.</summary>
    public string? LineId { get; init; }

    /// <summary>For a new line: its section. For an existing line: the section to which it moves, among B to D or among F to H2.</summary>
    public PlanSectionLetter? Section { get; init; }

    /// <summary>The new words.</summary>
    public string? NewText { get; init; }

    /// <summary>Who provides it.</summary>
    public string? Who { get; init; }

    /// <summary>How often.</summary>
    public string? HowOften { get; init; }

    /// <summary>How long each time.</summary>
    public string? HowLong { get; init; }

    /// <summary>Lines that it answers: needs for an outcome, outcomes for provision; replaces the earlier links.</summary>
    public IReadOnlyList<string>? Answers { get; init; }

    /// <summary>Whether the provision prepares for adulthood.</summary>
    public bool? PreparesForAdulthood { get; init; }

    /// <summary>Whether the line is removed from the plan. It stays in the list of lines left out, with its words.</summary>
    public bool Remove { get; init; }

    /// <summary>The advice that it was read from.</summary>
    public string? ReadFromAdvice { get; init; }

    /// <summary>The version of the plan in force that it amends; null where the first plan was still being prepared.</summary>
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
