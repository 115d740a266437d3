using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The family's answer to the letter that asks which institution it prefers after a phase transfer.</summary>
public sealed class PreferencePart() : FamilyPart("preference")
{
    private static readonly FormField[] Fields =
    [
        FamilyFields.Line("place", "Which school or college do you prefer?", PlaceAsked.Hint),
        FamilyFields.Text("text", "What else should the council know?", "For example: why you prefer it, a second choice, or that you have not decided yet."),
    ];

    /// <inheritdoc/>
    public override string Title => "The school or college you prefer";

    /// <inheritdoc/>
    public override string About => "The council asks what you prefer before it proposes a school or college. You can change your answer by sending a new answer.";

    /// <inheritdoc/>
    public override string Done => "Your answer about the school or college was received.";

    /// <inheritdoc/>
    public override bool TakesFiles => false;

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) => Fields;

    /// <inheritdoc/>
    public override string? DeadlineText(OpenedCase opened) => opened.PreferenceToGive is not { Day: { } day } ? null
        : TimeInWords(day, opened.Today, $"The council asks for your answer by {Day(day)}.", $"The council asked for your answer by {Day(day)}.");

    /// <inheritdoc/>
    public override string? ClosedBecause(OpenedCase opened) => base.ClosedBecause(opened)
        ?? (opened.PreferenceToGive is null ? "The council is not asking you at present which school or college you prefer. If you have received the plan that names a school or college, the letter that came with it says what you can do." : null);

    /// <inheritdoc/>
    public override FamilyWords Read(OpenedCase opened, PageDraft draft)
    {
        if (TooLong(draft) is { Count: > 0 } problems)
        {
            return new FamilyWords([], problems);
        }

        var step = StepOf(opened, draft);
        List<(string, string)> said =
        [
            .. step.Place is { } place ? [(Fields[0].Label, PlaceAsked.InWords(opened, place))] : Array.Empty<(string, string)>(),
            .. step.Text is { } text ? [(Fields[1].Label, text)] : Array.Empty<(string, string)>(),
        ];
        return new FamilyWords(said, said.Count > 0 ? [] : [new FormProblem(At(Fields[0]), "Name a school or college, or write what the council should know")]);
    }

    /// <inheritdoc/>
    internal override AssessmentInput? InputOf(OpenedCase opened, PageDraft draft) => StepOf(opened, draft);

    private AnswerTransferPreference StepOf(OpenedCase opened, PageDraft draft)
    {
        var place = NullIfBlank(draft.Values[At(Fields[0])]);
        return new AnswerTransferPreference(opened.Today, place, place is null ? null : PlaceAsked.Of(opened, place), NullIfBlank(draft.Values[At(Fields[1])]), opened.Person);
    }
}
