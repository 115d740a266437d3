using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>What happened to a line in a Word file.</summary>
public enum WordChangeKind
{
    /// <summary>Its words were changed.</summary>
    Changed,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is no longer in the file.</summary>
    Removed,

    /// <summary>It is in another section, perhaps with changed words.</summary>
    Moved,
}

/// <summary>One line that differs between the file and the plan from which the file was made.</summary>
/// <param name="Key">The same each time the file is read.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Place">The line as people refer to it, such as F3; for a new line its section.</param>
/// <param name="Letter">The section in which it is in the file; for a removed line the section that it was in.</param>
/// <param name="From">The section that it was in; null for a new line.</param>
/// <param name="LineId">The line; null for a new one.</param>
/// <param name="Before">Its words when the file was made; null for a new line.</param>
/// <param name="After">Its words in the file; null for a removed line.</param>
public sealed record WordChange(
    string Key, WordChangeKind Kind, string Place, PlanSectionLetter Letter, PlanSectionLetter? From, string? LineId, LineWords? Before, LineWords? After)
{
    /// <summary>What is lost or was converted, such as formatting.</summary>
    public IReadOnlyCollection<string> Notes { get; init; } = [];

    /// <summary>Why it cannot be applied; null where it can.</summary>
    public string? Stop { get; init; }

    /// <summary>Somebody changed the line since the file was made.</summary>
    public bool IsConflict { get; init; }

    /// <summary>The line as it is now, where it has been changed since; null where it has been taken out.</summary>
    public LineWords? Now { get; init; }

    /// <summary>Whether it can be applied.</summary>
    public bool MayBeTaken => Stop is null && !IsConflict;
}

/// <summary>A remark about a place in the file.</summary>
public sealed record PlaceNote(string Place, string Text);

/// <summary>What a Word file would change, and everything in it that cannot be applied.</summary>
/// <param name="Changes">Lines that differ, in the order of the sections.</param>
/// <param name="Refused">Words that cannot go into the plan.</param>
/// <param name="Comments">Remarks in the margin.</param>
/// <param name="Notes">What is lost in lines that stay as they are, and lines that are already as in the file.</param>
public sealed record WordChanges(
    IReadOnlyList<WordChange> Changes, IReadOnlyList<RefusedWords> Refused, IReadOnlyList<PlaceNote> Comments, IReadOnlyList<PlaceNote> Notes);
