using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>
/// One edit by a case officer. An edit with a <see cref="LineId"/> changes, moves or removes that line. Other edits add a line to
/// <see cref="Section"/> with the id <see cref="EditId"/>. A property that is null leaves
/// its part of the line unchanged; an empty text clears that part.
/// </summary>
public sealed record PlanEdit
{
    /// <summary>Id of the edit, unique in the assessment.</summary>
    public required string EditId { get; init; }

    /// <summary>The line to change, or null for a new line.</summary>
    public string? LineId { get; init; }

    /// <summary>For a new line, its section. For an existing line, the section to which the line moves, within B to D or within F to
    /// H2.</summary>
    public PlanSectionLetter? Section { get; init; }

    /// <summary>The new text.</summary>
    public string? NewText { get; init; }

    /// <summary>Who makes the provision.</summary>
    public string? Who { get; init; }

    /// <summary>How often the provision is made.</summary>
    public string? HowOften { get; init; }

    /// <summary>How long the provision lasts each time.</summary>
    public string? HowLong { get; init; }

    /// <summary>Lines to which this line is linked: needs for an outcome, outcomes for provision. They replace the earlier links.</summary>
    public IReadOnlyList<string>? Answers { get; init; }

    /// <summary>Whether the provision prepares for adulthood.</summary>
    public bool? PreparesForAdulthood { get; init; }

    /// <summary>Whether the line is removed from the plan. A removed line stays in the list of lines left out, with its text.</summary>
    public bool Remove { get; init; }

    /// <summary>The advice from which the line was taken.</summary>
    public string? ReadFromAdvice { get; init; }

    /// <summary>The version of the plan in force that the edit amends, or null if the first plan was still being prepared.</summary>
    public int? Amends { get; init; }

    /// <summary>Why the edit was made, in the officer's words.</summary>
    public required string Reason { get; init; }

    /// <summary>The officer who made the edit.</summary>
    public required string By { get; init; }

    /// <summary>Day of the edit.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The cause of the edit, which decides whether the edit can change a plan after the draft (Code 9.125).</summary>
    public required PlanEditCause Cause { get; init; }
}
