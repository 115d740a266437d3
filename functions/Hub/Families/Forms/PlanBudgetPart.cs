using System.Globalization;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The family asks for a personal budget of a plan that was issued: for lines of provision, in its own words, or both.</summary>
public sealed class PlanBudgetPart() : FamilyPart("plan-budget")
{
    private static readonly FormField Words = FamilyFields.Text("text", "What do you want a personal budget for?", "In your own words. You can also choose lines of the plan below.");

    /// <inheritdoc/>
    public override string Title => "Ask for a personal budget";

    /// <inheritdoc/>
    public override string About =>
        "A personal budget is money for provision in the plan. You may ask for one when the plan is reviewed or the needs are assessed again, and the council takes it at other times too. It decides on each line and writes to you. It cannot pay for a place at a school or college.";

    /// <inheritdoc/>
    public override string Done => "The council has been told that you want a personal budget.";

    /// <inheritdoc/>
    public override bool TakesFiles => false;

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) => [Words, .. LinesOf(opened).Select(l => l.Field)];

    /// <inheritdoc/>
    public override string? ClosedBecause(OpenedCase opened) =>
        base.ClosedBecause(opened) ?? (MaintainedPlan.IsHere(opened.State) ? null : "A budget of the plan can be asked for once the plan was issued.");

    /// <inheritdoc/>
    public override FamilyWords Read(OpenedCase opened, PageDraft draft)
    {
        if (TooLong(draft) is { Count: > 0 } problems)
        {
            return new FamilyWords([], problems);
        }

        var said = new List<(string, string)>();
        if (Some(draft.Values[At(Words)]) is { } text)
        {
            said.Add((Words.Label, text));
        }

        said.AddRange(Chosen(opened, draft).Select(l => ("A personal budget for", l.Text)));
        return new FamilyWords(said, said.Count > 0 ? [] : [new FormProblem(At(Words), "Write what you want a personal budget for, or choose a line")]);
    }

    /// <inheritdoc/>
    internal override AssessmentInput? InputOf(OpenedCase opened, PageDraft draft)
    {
        List<AskedBudgetLine> lines = [.. Chosen(opened, draft).Select(l => new AskedBudgetLine(l.Id))];
        return new AskForBudgetLine(opened.Today, Some(draft.Values[At(Words)]), lines.Count > 0 ? lines : null, opened.Person);
    }

    private IEnumerable<(FormField Field, string Id, string Text)> Chosen(OpenedCase opened, PageDraft draft) => LinesOf(opened).Where(l => draft.Values[At(l.Field)] == "true");

    // Numbered as in the plan, so that a decision in the meantime does not turn an answer into one about another line.
    private static IEnumerable<(FormField Field, string Id, string Text)> LinesOf(OpenedCase opened)
    {
        var running = PlanBudgets.Running(opened.State, DateOnly.MaxValue).Select(s => s.Line).ToHashSet(StringComparer.Ordinal);
        return PlanBudgets.MayHave(opened.State)
            .Select((line, n) => (FamilyFields.YesNo(string.Create(CultureInfo.InvariantCulture, $"line{n}"), $"Do you want it for: {line.Text}", ""), line.Id, line.Text))
            .Where(l => !running.Contains(l.Id));
    }
}
