using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>A line of the plan that the family can comment on.</summary>
/// <param name="Section">The section of the plan that the line is in.</param>
/// <param name="Id">The id of the line within the plan.</param>
/// <param name="Text">The text of the line in the draft, or as proposed; null if the line would be removed.</param>
/// <param name="How">Who makes the provision, how often and for how long.</param>
/// <param name="Before">The line's present text if a change is proposed, or null if the line is new.</param>
/// <param name="Source">The basis of the proposed change, or null in a draft.</param>
public sealed record AnswerLine(PlanSectionLetter Section, string Id, string? Text, string? How = null, string? Before = null, string? Source = null)
{
    /// <summary>The heading of the line on the page where the family checks its answer.</summary>
    public string Heading => $"Section {Section}, {PlanWords.TitleOf(Section)}: {Text ?? Before}";
}

/// <summary>The family's answer to a draft plan or to proposed changes to a plan, as a whole and line by line.</summary>
/// <param name="key">The name of the part in the page's address.</param>
/// <param name="what">A phrase for what the family answers, for example "the draft".</param>
/// <param name="whole">A phrase for the whole text, for example "the whole draft".</param>
public abstract class PlanAnswerPart(string key, string what, string whole) : FamilyPart(key)
{
    private const string OfLine = "line";
    private const string OfWords = "words";

    /// <inheritdoc/>
    public override string About => $"Say what you think of {Whole}, of particular lines, or both. You do not have to fill in everything.";

    /// <inheritdoc/>
    public override bool TakesFiles => false;

    /// <summary>The form fields for a comment on the whole draft, or on the proposed changes as a whole.</summary>
    public IReadOnlyList<FormField> WholeFields { get; } =
    [
        FamilyFields.YesNo("agrees", $"Do you agree with {what}?", "You can agree and still ask for changes."),
        FamilyFields.Text("text", $"What is your comment on {whole}?", ""),
        FamilyFields.Line("place", "Which school or college do you want?", $"{PlaceAsked.Hint} The council must consult the school or college."),
    ];

    /// <summary>A phrase for what the family answers, for example "the draft".</summary>
    protected string What { get; } = what;

    /// <summary>A phrase for the whole text, for example "the whole draft".</summary>
    protected string Whole { get; } = whole;

    /// <summary>The lines that can be commented on, in order.</summary>
    public abstract IReadOnlyList<AnswerLine> LinesOf(OpenedCase opened);

    /// <summary>The notice that the family answers, or null if no such notice has been sent yet.</summary>
    public abstract Notice? NoticeOf(OpenedCase opened);

    /// <summary>The version of the plan that the family answers.</summary>
    protected abstract int VersionOf(OpenedCase opened);

    /// <summary>
    /// The lines, each with its form fields. The names of the fields come from the id of the line, so that a comment on a plan that changes
    /// while it is read is never saved at another line.
    /// </summary>
    public IReadOnlyList<(AnswerLine Line, FormField Comment, FormField Proposed)> AskedOf(OpenedCase opened)
    {
        var all = LinesOf(opened);
        return
        [
            .. all.Select((line, n) =>
            {
                var again = all.Take(n).Count(earlier => earlier.Id == line.Id);
                var name = NameOf(again == 0 ? line.Id : string.Create(CultureInfo.InvariantCulture, $"{line.Id} {again}"));
                return (line, FamilyFields.Text(name, "What is your comment on this line?", ""), FamilyFields.Text(name + OfWords, "How should this line read?", ""));
            }),
        ];
    }

    /// <summary>The name of the field for a comment on the line with this id.</summary>
    public static string NameOf(string line) => $"{OfLine}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)))[..12]}";

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) => [.. WholeFields, .. AskedOf(opened).SelectMany(asked => new[] { asked.Comment, asked.Proposed })];

    /// <inheritdoc/>
    public override string? DeadlineText(OpenedCase opened)
    {
        ArgumentNullException.ThrowIfNull(opened);
        return NoticeOf(opened) is { } notice && opened.LastDayOf(notice) is { } last
            ? TimeInWords(last, opened.Today, $"The last day for your answer is {Day(last)}.", $"The last day for your answer was {Day(last)}.") : null;
    }

    /// <inheritdoc/>
    internal override FormValues Moved(OpenedCase opened, FormValues typed)
    {
        var now = AskedOf(opened).SelectMany(asked => new[] { At(asked.Comment), At(asked.Proposed) }).ToHashSet(StringComparer.Ordinal);
        var (text, line) = (At(WholeFields[1]), $"{Key}.{OfLine}");
        var moved = typed;
        foreach (var (path, words) in typed.All.Where(one => one.Key.StartsWith(line, StringComparison.Ordinal) && !now.Contains(one.Key)))
        {
            // The line is not there any more, so what was written about it becomes part of the comment on the whole.
            moved = moved.Without(path);
            moved = words.Trim().Length == 0 ? moved
                : moved.With(text, $"{moved[text]}\n\n{(path.EndsWith(OfWords, StringComparison.Ordinal) ? "A line that is not there any more should read" : "About a line that is not there any more")}: {words}".Trim());
        }

        return moved;
    }

    /// <inheritdoc/>
    public override PageDraft Begin(OpenedCase opened, PageDraft draft)
    {
        // In drafts that earlier versions of the hub stored, the fields of lines have numbers in place of names.
        var begun = base.Begin(opened, draft);
        return AskedOf(opened).Select((asked, n) => (asked, n)).Aggregate(begun, (all, one) => Renamed(Renamed(all, $"{OfLine}{one.n}", one.asked.Comment), $"{OfLine}{one.n}{OfWords}", one.asked.Proposed));
    }

    private PageDraft Renamed(PageDraft draft, string number, FormField field) => !draft.Typed.TryGetValue(FormField.Below(Key, number), out var words) ? draft : draft with
    {
        Typed = draft.Typed.Where(typed => typed.Key != FormField.Below(Key, number)).Append(KeyValuePair.Create(At(field), words)).ToDictionary(typed => typed.Key, typed => typed.Value, StringComparer.Ordinal),
    };

    /// <inheritdoc/>
    internal override AssessmentInput? InputOf(OpenedCase opened, PageDraft draft) => StepOf(opened, draft);

    /// <summary>The step that submits the family's draft answer, which must not be empty or contain a text that is too long.</summary>
    private RecordRepresentations StepOf(OpenedCase opened, PageDraft draft)
    {
        var values = draft.Values;
        var comments = AskedOf(opened)
            .Select(l => new LineComment(l.Line.Id, values[At(l.Comment)].Trim(), values[At(l.Proposed)].Trim() is { Length: > 0 } words ? words : null))
            .Where(c => c.Text.Length > 0 || c.Proposed is not null).ToList();
        var place = NullIfBlank(values[At(WholeFields[2])]);
        return new RecordRepresentations(
            VersionOf(opened), opened.Today, values[At(WholeFields[1])].Trim(), place is null ? null : PlaceAsked.Of(opened, place), comments.Count > 0 ? comments : null,
            place, values[At(WholeFields[0])] switch { "true" => true, "false" => false, _ => null }, opened.Person);
    }

    /// <inheritdoc/>
    public override FamilyWords Read(OpenedCase opened, PageDraft draft)
    {
        if (TooLong(draft) is { Count: > 0 } problems)
        {
            return new FamilyWords([], problems);
        }

        var step = StepOf(opened, draft);
        var lines = LinesOf(opened).DistinctBy(l => l.Id).ToDictionary(l => l.Id, StringComparer.Ordinal);
        List<(string, string)> said =
        [
            .. step.Agrees is { } agrees ? [(WholeFields[0].Label, agrees ? "Yes" : "No")] : Array.Empty<(string, string)>(),
            .. step.Text.Length > 0 ? [(WholeFields[1].Label, step.Text)] : Array.Empty<(string, string)>(),
            .. step.PreferredPlace is { } place ? [(WholeFields[2].Label, PlaceAsked.InWords(opened, place))] : Array.Empty<(string, string)>(),
            .. (step.Comments ?? []).Select(c => (lines[c.Line].Heading, string.Join('\n', new[] { c.Text, c.Proposed is { } words ? $"The line should read: {words}" : "" }.Where(t => t.Length > 0)))),
        ];
        return new FamilyWords(said, said.Count > 0 ? [] : [new FormProblem(At(WholeFields[1]), $"Write a comment on {What}, or say whether you agree")]);
    }
}
