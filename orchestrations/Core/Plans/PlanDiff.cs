using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>Parts of a line that can differ between two versions of a plan.</summary>
[Flags]
public enum LineParts
{
    /// <summary>No part of the line.</summary>
    None = 0,

    /// <summary>The text of the line.</summary>
    Text = 1,

    /// <summary>Who makes the provision.</summary>
    Who = 2,

    /// <summary>How often the provision is made.</summary>
    HowOften = 4,

    /// <summary>How long the provision lasts each time.</summary>
    HowLong = 8,

    /// <summary>The needs or outcomes to which the line is linked.</summary>
    Answers = 16,

    /// <summary>Whether the provision prepares for adulthood.</summary>
    PreparesForAdulthood = 32,

    /// <summary>The note on the line for its readers.</summary>
    Note = 64,

    /// <summary>The document to which the line refers.</summary>
    Attachment = 128,

    /// <summary>The source on which the line is based (not who has edited the line since).</summary>
    Source = 256,
}

/// <summary>A line that is in both versions of a plan, with different content.</summary>
public sealed record ChangedLine(PlanLine Before, PlanLine After, LineParts Parts);

/// <summary>A line that is in both versions of a plan, but in different sections. <paramref name="Parts"/> says how else
/// the line differs.</summary>
public sealed record MovedLine(PlanSectionLetter From, PlanSectionLetter To, PlanLine Before, PlanLine After, LineParts Parts);

/// <summary>The differences between two versions of a plan in one section.</summary>
public sealed record SectionDiff(
    PlanSectionLetter Letter, IReadOnlyList<PlanLine> Added, IReadOnlyList<PlanLine> Removed, IReadOnlyList<ChangedLine> Changed);

/// <summary>The difference between two versions of a plan. Lines are matched by their ids.</summary>
public sealed record PlanDiff
{
    /// <summary>Sections with a difference, in the order of their letters.</summary>
    public required IReadOnlyList<SectionDiff> Sections { get; init; }

    /// <summary>Lines that moved to another section.</summary>
    public required IReadOnlyList<MovedLine> Moved { get; init; }

    /// <summary>Whether the child's details, which are outside the lettered sections, differ.</summary>
    public required bool ChildChanged { get; init; }

    /// <summary>Whether both versions have the same lines with the same content.</summary>
    public bool IsEmpty => Sections.Count == 0 && Moved.Count == 0 && !ChildChanged;

    /// <summary>The differences from <paramref name="before"/> to <paramref name="after"/>.</summary>
    public static PlanDiff Between(PlanDocument before, PlanDocument after)
    {
        var earlier = Index(before);
        var later = Index(after);
        var sections = new List<SectionDiff>();
        foreach (var letter in Enum.GetValues<PlanSectionLetter>())
        {
            var added = Lines(after, letter).Where(line => !earlier.ContainsKey(line.Id)).ToList();
            var removed = Lines(before, letter).Where(line => !later.ContainsKey(line.Id)).ToList();
            var changed = new List<ChangedLine>();
            foreach (var line in Lines(after, letter))
            {
                if (earlier.TryGetValue(line.Id, out var was) && was.Letter == letter && Differing(was.Line, line) is var parts and not LineParts.None)
                {
                    changed.Add(new ChangedLine(was.Line, line, parts));
                }
            }

            if (added.Count + removed.Count + changed.Count > 0)
            {
                sections.Add(new SectionDiff(letter, added, removed, changed));
            }
        }

        var moved = after.Sections.SelectMany(section => section.Lines, (section, line) => (section.Letter, Line: line))
            .Where(now => earlier.TryGetValue(now.Line.Id, out var was) && was.Letter != now.Letter)
            .Select(now => new MovedLine(earlier[now.Line.Id].Letter, now.Letter, earlier[now.Line.Id].Line, now.Line, Differing(earlier[now.Line.Id].Line, now.Line)))
            .ToList();
        return new PlanDiff { Sections = sections, Moved = moved, ChildChanged = before.Child != after.Child };
    }

    /// <summary>
    /// Checks which differences between the draft and the finalised plan are allowed. Under Code 9.125, only the family's representations
    /// and the placement can change the plan after the draft. If anything else changes the plan, the draft must be issued again, and the
    /// family's 15 days start again.
    /// </summary>
    /// <param name="diff">The draft that was sent, compared with the plan to be finalised.</param>
    /// <param name="edits">The officers' edits that led to the later version. Edits that the draft already shows are ignored.</param>
    /// <returns>The changes that require the draft to be issued again; empty if the plan can be finalised.</returns>
    public static IReadOnlyList<ChangeNotAllowed> NotAllowedAfterDraft(PlanDiff diff, IReadOnlyList<PlanEdit> edits) =>
        AfterDraft.NotAllowed(diff, edits);

    private static LineParts Differing(PlanLine a, PlanLine b) =>
        (a.Text == b.Text ? 0 : LineParts.Text)
        | (a.Who == b.Who ? 0 : LineParts.Who)
        | (a.HowOften == b.HowOften ? 0 : LineParts.HowOften)
        | (a.HowLong == b.HowLong ? 0 : LineParts.HowLong)
        | (a.Answers.ToHashSet(StringComparer.Ordinal).SetEquals(b.Answers) ? 0 : LineParts.Answers)
        | (a.PreparesForAdulthood == b.PreparesForAdulthood ? 0 : LineParts.PreparesForAdulthood)
        | (a.Note == b.Note ? 0 : LineParts.Note)
        | (a.Attachment == b.Attachment ? 0 : LineParts.Attachment)
        | (a.From.Source == b.From.Source && a.From.WrittenOn == b.From.WrittenOn && a.From.ReceivedOn == b.From.ReceivedOn ? 0 : LineParts.Source);

    private static IReadOnlyList<PlanLine> Lines(PlanDocument plan, PlanSectionLetter letter) =>
        plan.Sections.FirstOrDefault(section => section.Letter == letter)?.Lines ?? [];

    private static Dictionary<string, (PlanSectionLetter Letter, PlanLine Line)> Index(PlanDocument plan)
    {
        var index = new Dictionary<string, (PlanSectionLetter, PlanLine)>(StringComparer.Ordinal);
        foreach (var section in plan.Sections)
        {
            foreach (var line in section.Lines)
            {
                index.TryAdd(line.Id, (section.Letter, line));
            }
        }

        return index;
    }
}
