using System.Globalization;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The family asks for a decision on the personal budget to be looked at again.</summary>
public sealed class BudgetReviewPart() : FamilyPart("budget-review")
{
    private static readonly FormField Words = FamilyFields.Text("text", "Why should the council look at it again?", "The council looks at a decision again once, and answers in writing.", required: true);

    /// <inheritdoc/>
    public override string Title => "Ask the council to look at a decision on the personal budget again";

    /// <inheritdoc/>
    public override string About => "You may ask for this where the council has refused a line of provision, pays less for it, or stops paying.";

    /// <inheritdoc/>
    public override string Done => "The council has been told that you want it to look at its decision again.";

    /// <inheritdoc/>
    public override bool TakesFiles => false;

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) => [Which(opened), Words];

    /// <inheritdoc/>
    public override string? ClosedBecause(OpenedCase opened) =>
        base.ClosedBecause(opened) ?? (MaintainedPlan.IsHere(opened.State) && Open(opened).Any() ? null : "There is no decision on the personal budget that you can ask the council to look at again now.");

    /// <inheritdoc/>
    public override FamilyWords Read(OpenedCase opened, PageDraft draft)
    {
        var problems = TooLong(draft);
        if (Chosen(opened, draft) is not { } decision)
        {
            problems.Add(new FormProblem(At(Which(opened)), "Choose the decision"));
            return new FamilyWords([], problems);
        }

        if (Some(draft.Values[At(Words)]) is not { } text)
        {
            problems.Add(new FormProblem(At(Words), "Write why the council should look at it again"));
            return new FamilyWords([], problems);
        }

        return new FamilyWords([(Which(opened).Label, Name(decision)), (Words.Label, text)], problems);
    }

    /// <inheritdoc/>
    internal override AssessmentInput? InputOf(OpenedCase opened, PageDraft draft) =>
        Chosen(opened, draft) is { } decision ? new AskForBudgetReview(decision.Line, opened.Today, draft.Values[At(Words)].Trim(), opened.Person) : null;

    private BudgetStep? Chosen(OpenedCase opened, PageDraft draft) => Open(opened).FirstOrDefault(s => Value(s) == draft.Values[At(Which(opened))]);

    private static FormField Which(OpenedCase opened) => FamilyFields.Line("decision", "Which decision?", "", required: true) with
    {
        Kind = FieldKind.Choice,
        Choices = [.. Open(opened).Select(s => new Choice(Value(s), Name(s)))],
    };

    // Decisions of which this reader has the letter, and about which they have not asked yet.
    private static IEnumerable<BudgetStep> Open(OpenedCase opened) => PlanBudgets.Disputed(opened.State).Where(s =>
        opened.HasLetterOf(s) && BudgetRequests.All(opened.State).All(r => r.About != s.Number || r.Person != opened.Person));

    private static string Value(BudgetStep step) => step.Number.ToString(CultureInfo.InvariantCulture);

    private static string Name(BudgetStep step) => $"{BudgetWords.Of(step)}, on {Day(step.On)}: {step.Provision}";
}
