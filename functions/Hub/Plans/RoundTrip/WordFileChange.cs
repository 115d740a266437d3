using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>How a line was changed in a Word file.</summary>
public enum WordFileChangeKind
{
    /// <summary>The text of the line was changed.</summary>
    Changed,

    /// <summary>The line is new.</summary>
    Added,

    /// <summary>The line is no longer in the file.</summary>
    Removed,

    /// <summary>The line is in another section; its text may also have changed.</summary>
    Moved,
}

/// <summary>A line that differs between the file and the plan from which the file was made.</summary>
/// <param name="Key">The key that identifies the change, which is the same each time the file is read.</param>
/// <param name="Kind">How the line was changed.</param>
/// <param name="Place">How people refer to the line, for example F3, or the section of a new line.</param>
/// <param name="Letter">The section of the line in the file, or the former section of a removed line.</param>
/// <param name="From">The section that the line was in, or null for a new line.</param>
/// <param name="LineId">The id of the line, or null for a new line.</param>
/// <param name="Before">The text of the line when the file was made, or null for a new line.</param>
/// <param name="After">The text of the line in the file, or null for a removed line.</param>
public sealed record WordFileChange(
    string Key, WordFileChangeKind Kind, string Place, PlanSectionLetter Letter, PlanSectionLetter? From, string? LineId, LineWords? Before, LineWords? After)
{
    /// <summary>What was lost or converted when the line was read, for example formatting.</summary>
    public IReadOnlyCollection<string> Notes { get; init; } = [];

    /// <summary>The reason why the change cannot be applied, or null if it can.</summary>
    public string? Stop { get; init; }

    /// <summary>Whether somebody has changed the line in the plan since the file was made.</summary>
    public bool IsConflict { get; init; }

    /// <summary>If the line in the plan has been changed since the file was made: its present text, or null if it has been removed.</summary>
    public LineWords? Now { get; init; }

    /// <summary>Whether the change can be applied.</summary>
    public bool CanBeApplied => Stop is null && !IsConflict;
}

/// <summary>A comment or note, and the place in the file that it is about.</summary>
public sealed record PlaceNote(string Place, string Text);

/// <summary>The changes that a Word file would make to the plan, and everything in the file that cannot be applied.</summary>
/// <param name="Changes">The lines that differ, in the order of the sections.</param>
/// <param name="Refused">The text that cannot go into the plan.</param>
/// <param name="Comments">The comments in the margin.</param>
/// <param name="Notes">What was lost in lines that do not change, and which changes the plan already contains.</param>
public sealed record WordFileChanges(
    IReadOnlyList<WordFileChange> Changes, IReadOnlyList<RefusedWords> Refused, IReadOnlyList<PlaceNote> Comments, IReadOnlyList<PlaceNote> Notes);
