using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>What became of a line in a Word file.</summary>
public enum WordChangeKind
{
    /// <summary>Its words are others.</summary>
    Changed,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is not there any more.</summary>
    Removed,

    /// <summary>It stands in another section, perhaps with other words.</summary>
    Moved,
}

/// <summary>One line that the file has otherwise than the plan from which the file was made.</summary>
/// <param name="Key">The same each time the file is read.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Place">The line as people call it: F3; of a new line its section.</param>
/// <param name="Letter">The section in which it stands in the file; of a removed line where it stood.</param>
/// <param name="From">The section in which it stood; null for a new line.</param>
/// <param name="LineId">The line; null for a new one.</param>
/// <param name="Before">Its words when the file was made; null for a new line.</param>
/// <param name="After">Its words in the file; null for a removed line.</param>
public sealed record WordChange(
    string Key, WordChangeKind Kind, string Place, PlanSectionLetter Letter, PlanSectionLetter? From, string? LineId, LineWords? Before, LineWords? After)
{
    /// <summary>What is lost, or was understood in some way.</summary>
    public IReadOnlyCollection<string> Notes { get; init; } = [];

    /// <summary>Why it cannot be taken; null where it can.</summary>
    public string? Stop { get; init; }

    /// <summary>Somebody changed the line since the file was made.</summary>
    public bool IsConflict { get; init; }

    /// <summary>The line as it stands now, where it was changed since; null where it was taken out.</summary>
    public LineWords? Now { get; init; }

    /// <summary>Whether it can be taken.</summary>
    public bool MayBeTaken => Stop is null && !IsConflict;
}

/// <summary>Something that is said of a place in the file.</summary>
public sealed record PlaceNote(string Place, string Text);

/// <summary>What a Word file would change, and everything in it that is not taken.</summary>
/// <param name="Changes">Lines that differ, in the order of the sections.</param>
/// <param name="Refused">Words that are not taken.</param>
/// <param name="Comments">Remarks in the margin.</param>
/// <param name="Notes">What is lost at lines that stay as they are, and lines that already are as the file has them.</param>
public sealed record WordChanges(
    IReadOnlyList<WordChange> Changes, IReadOnlyList<RefusedWords> Refused, IReadOnlyList<PlaceNote> Comments, IReadOnlyList<PlaceNote> Notes);
