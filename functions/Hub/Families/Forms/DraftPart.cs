using System.Globalization;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The family's answer to the draft plan: to the whole, and to any line of it.</summary>
public sealed class DraftPart() : FamilyPart("draft")
{
    /// <inheritdoc/>
    public override string Title => "Your answer to the draft plan";

    /// <inheritdoc/>
    public override string About => "Say what you think of the whole draft, of single lines, or both. You do not have to fill in everything.";

    /// <inheritdoc/>
    public override string Done => "Your answer to the draft plan was received.";

    /// <inheritdoc/>
    public override bool TakesFiles => false;

    /// <inheritdoc/>
    public override string? ClosedBecause(OpenedCase opened) =>
        base.ClosedBecause(opened) ?? (opened.DraftToAnswer is null ? "There is no draft plan for you to answer now." : null);

    /// <summary>The lines of the draft that can be commented on, in order, each with its section.</summary>
    public static IReadOnlyList<(PlanSectionLetter Section, PlanLine Line)> LinesOf(OpenedCase opened) =>
        [.. (opened.State.NewestPlan?.Sections ?? []).Where(s => s.Letter != PlanSectionLetter.K).SelectMany(s => s.Lines.Select(l => (s.Letter, l)))];

    /// <summary>The fields of a line.</summary>
    public static (FormField Comment, FormField Proposed) FieldsOf(int line) => (
        FamilyFields.Text(string.Create(CultureInfo.InvariantCulture, $"line{line}"), "What is your comment on this line?", ""),
        FamilyFields.Text(string.Create(CultureInfo.InvariantCulture, $"line{line}words"), "How should it read?", ""));

    /// <summary>The fields for the whole.</summary>
    public static IReadOnlyList<FormField> Whole { get; } =
    [
        FamilyFields.YesNo("agrees", "Do you agree with the draft?", "You may agree and still ask for changes."),
        FamilyFields.Text("text", "What is your comment on the whole draft?", ""),
        FamilyFields.Line("place", "Which school or college do you want?", "Its name and town. The council must consult it."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) =>
        [.. Whole, .. Enumerable.Range(0, LinesOf(opened).Count).SelectMany(n => FieldsOf(n) is var (comment, proposed) ? [comment, proposed] : Array.Empty<FormField>())];

    /// <summary>The step, for a draft that contains something and nothing too long.</summary>
    internal RecordRepresentations StepOf(OpenedCase opened, PageDraft draft)
    {
        var values = draft.Values;
        var comments = LinesOf(opened).Select((at, n) => (at.Line, Fields: FieldsOf(n)))
            .Select(l => new LineComment(l.Line.Id, values[At(l.Fields.Comment)].Trim(), values[At(l.Fields.Proposed)].Trim() is { Length: > 0 } words ? words : null))
            .Where(c => c.Text.Length > 0 || c.Proposed is not null).ToList();
        return new RecordRepresentations(
            opened.State.NewestPlan!.Version, opened.Today, values[At(Whole[1])].Trim(), null, comments.Count > 0 ? comments : null,
            values[At(Whole[2])].Trim() is { Length: > 0 } place ? place : null, values[At(Whole[0])] switch { "true" => true, "false" => false, _ => null }, opened.Person);
    }

    /// <inheritdoc/>
    public override FamilyWords Read(OpenedCase opened, PageDraft draft)
    {
        if (TooLong(draft) is { Count: > 0 } problems)
        {
            return new FamilyWords([], problems);
        }

        var step = StepOf(opened, draft);
        var lines = LinesOf(opened).ToDictionary(l => l.Line.Id, l => l, StringComparer.Ordinal);
        List<(string, string)> said =
        [
            .. step.Agrees is { } agrees ? [(Whole[0].Label, agrees ? "Yes" : "No")] : Array.Empty<(string, string)>(),
            .. step.Text.Length > 0 ? [(Whole[1].Label, step.Text)] : Array.Empty<(string, string)>(),
            .. step.PreferredPlace is { } place ? [(Whole[2].Label, place)] : Array.Empty<(string, string)>(),
            .. (step.Comments ?? []).Select(c => ($"Section {lines[c.Line].Section}, {PlanWords.TitleOf(lines[c.Line].Section)}: {lines[c.Line].Line.Text}", string.Join('\n', new[] { c.Text, c.Proposed is { } words ? $"It should read: {words}" : "" }.Where(t => t.Length > 0)))),
        ];
        return new FamilyWords(said, said.Count > 0 ? [] : [new FormProblem(At(Whole[1]), "Comment on the draft, or say whether you agree with it")]);
    }
}
