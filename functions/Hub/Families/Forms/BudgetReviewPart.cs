using System.Globalization;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The family asks the council to review a decision on the personal budget.</summary>
public sealed class BudgetReviewPart() : FamilyPart("budget-review")
{
    private static readonly FormField Words = FamilyFields.Text("text", "Why should the council review the decision?", "The council reviews a decision once, and answers in writing.", required: true);

    /// <inheritdoc/>
    public override string Title => "Ask the council to review a decision on the personal budget";

    /// <inheritdoc/>
    public override string About => "You can ask for a review if the council has refused to pay for a line of provision, has reduced what it pays, or has stopped paying.";

    /// <inheritdoc/>
    public override string Done => "The council has been told that you want it to review its decision.";

    /// <inheritdoc/>
    public override bool TakesFiles => false;

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) => [Which(opened), Words];

    /// <inheritdoc/>
    public override string? ClosedBecause(OpenedCase opened) =>
        base.ClosedBecause(opened) ?? (MaintainedPlan.IsMaintainedHere(opened.State) && Open(opened).Any() ? null : "There is no decision on the personal budget that you can ask the council to review now.");

    /// <inheritdoc/>
    public override FamilyWords Read(OpenedCase opened, PageDraft draft)
    {
        var problems = TooLong(draft);
        if (Chosen(opened, draft) is not { } decision)
        {
            problems.Add(new FormProblem(At(Which(opened)), "Choose the decision"));
            return new FamilyWords([], problems);
        }

        if (NullIfBlank(draft.Values[At(Words)]) is not { } text)
        {
            problems.Add(new FormProblem(At(Words), "Write why the council should review the decision"));
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

    // The decisions about which this person has received a letter and for which this person has not yet asked for a review.
    private static IEnumerable<BudgetStep> Open(OpenedCase opened) => PlanBudgets.Disputable(opened.State).Where(s =>
        opened.HasLetterOf(s) && BudgetRequests.All(opened.State).All(r => r.About != s.Number || r.Person != opened.Person));

    private static string Value(BudgetStep step) => step.Number.ToString(CultureInfo.InvariantCulture);

    private static string Name(BudgetStep step) => $"{BudgetWords.Of(step)}, on {Day(step.On)}: {step.Provision}";
}
