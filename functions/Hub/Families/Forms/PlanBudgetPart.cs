using System.Globalization;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>
/// The family asks for a personal budget under an issued plan: for lines of provision, in the family's own words, or both.
/// </summary>
public sealed class PlanBudgetPart() : FamilyPart("plan-budget")
{
    private static readonly FormField Words = FamilyFields.Text("text", "What do you want a personal budget for?", "Write in your own words. You can also choose lines from the plan below.");

    /// <inheritdoc/>
    public override string Title => "Ask for a personal budget";

    /// <inheritdoc/>
    public override string About =>
        "A personal budget is money for provision in the plan. You can ask for a personal budget when the plan is reviewed or the needs are re-assessed, and the council accepts requests at other times too. The council decides on each line and writes to you. A personal budget cannot pay for a place at a school or college.";

    /// <inheritdoc/>
    public override string Done => "The council has been told that you want a personal budget.";

    /// <inheritdoc/>
    public override bool TakesFiles => false;

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) => [Words, .. LinesOf(opened).Select(l => l.Field)];

    /// <inheritdoc/>
    public override string? ClosedBecause(OpenedCase opened) =>
        base.ClosedBecause(opened) ?? (MaintainedPlan.IsMaintainedHere(opened.State) ? null : "You can ask for a personal budget once the plan has been issued.");

    /// <inheritdoc/>
    public override FamilyWords Read(OpenedCase opened, PageDraft draft)
    {
        if (TooLong(draft) is { Count: > 0 } problems)
        {
            return new FamilyWords([], problems);
        }

        var said = new List<(string, string)>();
        if (NullIfBlank(draft.Values[At(Words)]) is { } text)
        {
            said.Add((Words.Label, text));
        }

        said.AddRange(Chosen(opened, draft).Select(l => ("A personal budget for", l.Text)));
        return new FamilyWords(said, said.Count > 0 ? [] : [new FormProblem(At(Words), "Write what you want a personal budget for, or choose a line")]);
    }

    /// <inheritdoc/>
    internal override FormValues Moved(OpenedCase opened, FormValues typed) => FormValues.None.With(At(Words), typed[At(Words)]);

    /// <inheritdoc/>
    internal override AssessmentInput? InputOf(OpenedCase opened, PageDraft draft)
    {
        List<AskedBudgetLine> lines = [.. Chosen(opened, draft).Select(l => new AskedBudgetLine(l.Id))];
        return new AskForBudgetLine(opened.Today, NullIfBlank(draft.Values[At(Words)]), lines.Count > 0 ? lines : null, opened.Person);
    }

    private IEnumerable<(FormField Field, string Id, string Text)> Chosen(OpenedCase opened, PageDraft draft) => LinesOf(opened).Where(l => draft.Values[At(l.Field)] == "true");

    // The fields are numbered before the lines that already have an agreed budget are left out, so that a decision made while the family
    // fills in the form cannot attach an answer to the wrong line.
    private static IEnumerable<(FormField Field, string Id, string Text)> LinesOf(OpenedCase opened)
    {
        var running = PlanBudgets.AgreementsInForce(opened.State, DateOnly.MaxValue).Select(s => s.Line).ToHashSet(StringComparer.Ordinal);
        return PlanBudgets.EligibleLines(opened.State)
            .Select((line, n) => (FamilyFields.YesNo(string.Create(CultureInfo.InvariantCulture, $"line{n}"), $"Do you want a personal budget for this line: {line.Text}", ""), line.Id, line.Text))
            .Where(l => !running.Contains(l.Id));
    }
}
