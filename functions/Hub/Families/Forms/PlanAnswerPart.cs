using System.Globalization;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>A line that can be commented on.</summary>
/// <param name="Section">Its section.</param>
/// <param name="Id">Its id within the plan.</param>
/// <param name="Text">Its words: of the draft, or as they are proposed; null where it would be removed.</param>
/// <param name="How">Who, how often, how long.</param>
/// <param name="Before">Its present words, where a change is proposed; null where it is new.</param>
/// <param name="Source">The basis of the proposed change; null in a draft.</param>
public sealed record AnswerLine(PlanSectionLetter Section, string Id, string? Text, string? How = null, string? Before = null, string? Source = null)
{
    /// <summary>The line on the page where the answer is checked.</summary>
    public string Heading => $"Section {Section}, {PlanWords.TitleOf(Section)}: {Text ?? Before}";
}

/// <summary>The family's answer to a draft plan, or to proposed changes of a plan: to the whole, and to any line of it.</summary>
/// <param name="key">Its name in the address.</param>
/// <param name="what">What is answered: "the draft".</param>
/// <param name="whole">The whole of it, in words: "the whole draft".</param>
public abstract class PlanAnswerPart(string key, string what, string whole) : FamilyPart(key)
{
    /// <inheritdoc/>
    public override string About => $"Say what you think of {Whole}, of single lines, or both. You do not have to fill in everything.";

    /// <inheritdoc/>
    public override bool TakesFiles => false;

    /// <summary>The fields for the whole.</summary>
    public IReadOnlyList<FormField> WholeFields { get; } =
    [
        FamilyFields.YesNo("agrees", $"Do you agree with {what}?", "You may agree and still ask for changes."),
        FamilyFields.Text("text", $"What is your comment on {whole}?", ""),
        FamilyFields.Line("place", "Which school or college do you want?", $"{PlaceAsked.Hint} The council must consult it."),
    ];

    /// <summary>What is answered: "the draft".</summary>
    protected string What { get; } = what;

    /// <summary>The whole of it, in words: "the whole draft".</summary>
    protected string Whole { get; } = whole;

    /// <summary>The lines that can be commented on, in order.</summary>
    public abstract IReadOnlyList<AnswerLine> LinesOf(OpenedCase opened);

    /// <summary>The notice that is answered; null while there is none.</summary>
    public abstract Notice? NoticeOf(OpenedCase opened);

    /// <summary>The version of the plan that is answered.</summary>
    protected abstract int VersionOf(OpenedCase opened);

    /// <summary>The fields of a line.</summary>
    public static (FormField Comment, FormField Proposed) FieldsOf(int line) => (
        FamilyFields.Text(string.Create(CultureInfo.InvariantCulture, $"line{line}"), "What is your comment on this line?", ""),
        FamilyFields.Text(string.Create(CultureInfo.InvariantCulture, $"line{line}words"), "How should it read?", ""));

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) =>
        [.. WholeFields, .. Enumerable.Range(0, LinesOf(opened).Count).SelectMany(n => FieldsOf(n) is var (comment, proposed) ? [comment, proposed] : Array.Empty<FormField>())];

    /// <inheritdoc/>
    public override string? TimeOf(OpenedCase opened)
    {
        ArgumentNullException.ThrowIfNull(opened);
        return NoticeOf(opened) is { } notice && opened.LastDayOf(notice) is { } last
            ? TimeInWords(last, opened.Today, $"Your last day for this is {Day(last)}.", $"The last day for this was {Day(last)}.") : null;
    }

    /// <inheritdoc/>
    internal override AssessmentInput? InputOf(OpenedCase opened, PageDraft draft) => StepOf(opened, draft);

    /// <summary>The step, for a draft that contains something and nothing too long.</summary>
    private RecordRepresentations StepOf(OpenedCase opened, PageDraft draft)
    {
        var values = draft.Values;
        var comments = LinesOf(opened).Select((line, n) => (line.Id, Fields: FieldsOf(n)))
            .Select(l => new LineComment(l.Id, values[At(l.Fields.Comment)].Trim(), values[At(l.Fields.Proposed)].Trim() is { Length: > 0 } words ? words : null))
            .Where(c => c.Text.Length > 0 || c.Proposed is not null).ToList();
        var place = Some(values[At(WholeFields[2])]);
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
            .. (step.Comments ?? []).Select(c => (lines[c.Line].Heading, string.Join('\n', new[] { c.Text, c.Proposed is { } words ? $"It should read: {words}" : "" }.Where(t => t.Length > 0)))),
        ];
        return new FamilyWords(said, said.Count > 0 ? [] : [new FormProblem(At(WholeFields[1]), $"Comment on {What}, or say whether you agree")]);
    }
}
