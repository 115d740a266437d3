using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// Provides what the family asked for, on its page or in another way, to the forms with which an officer answers the family. The family's
/// own text is shown next to the form, and is copied into the form if the officer's answer has to repeat it.
/// </summary>
internal static class FamilyAsked
{
    /// <summary>What is shown next to a form in which an officer answers the family; empty for any other form.</summary>
    internal static IReadOnlyList<StepFact> Of(CaseFile file, StepDefinition step)
    {
        var state = file.State;
        return step.Name switch
        {
            var name when name == RecordMeetingHeld.Definition.Name => [On("A meeting", state.MeetingAskedOn)],
            var name when name == SettlePersonalBudget.Definition.Name => [On("A personal budget", state.BudgetAskedOn)],
            var name when name == AnswerAdviserWish.Definition.Name => Some(Wishes(state).Select(wish => new StepFact($"The family asks for {wish.Agency.Name}", wish.Reason))),
            var name when name == AnswerBudgetReview.Definition.Name => Some(Waiting(state).Where(request => request.About is not null).Select(request => Said(state, request))),
            var name when name == DecideOnBudgetLine.Definition.Name => Some(Waiting(state).Select(request => Said(state, request))),
            _ => [],
        };
    }

    /// <summary>The values from the family's request with which the form is filled in before anybody types.</summary>
    /// <param name="step">The step that the form sends.</param>
    /// <param name="state">The case.</param>
    /// <param name="given">The values in the form's web address.</param>
    internal static FormValues Filled(StepDefinition step, AssessmentState state, FormValues given) => step.Name switch
    {
        var name when name == AnswerAdviserWish.Definition.Name && Wishes(state) is [var only] => FormValues.None.With("wishId", only.Id),
        var name when name == AnswerBudgetReview.Definition.Name => Review(state, given["line"]),
        var name when name == DecideOnBudgetLine.Definition.Name => Line(state, given["line"]),
        _ => FormValues.None,
    };

    private static FormValues Review(AssessmentState state, string line)
    {
        var waiting = Waiting(state).Where(request => request.About is not null && (line.Length == 0 || request.Lines[0].Line == line)).ToList();
        if (waiting.Count == 0)
        {
            return FormValues.None;
        }

        // Several people in the family may have asked for one decision; the officer answers only once.
        var same = waiting.Where(request => request.About == waiting[0].About).ToList();
        var words = same is [var only] ? only.Text ?? "" : string.Join('\n', same.Select(request => $"{FamilyNames.Of(state, request.Person)}: {request.Text}"));
        return FormValues.None.With("line", waiting[0].Lines[0].Line).WithDay("askedOn", same.Min(request => request.On)).With("representations", words);
    }

    private static FormValues Line(AssessmentState state, string line)
    {
        var waiting = Waiting(state).Where(request => request.About is null).ToList();
        var first = line.Length > 0 ? line : waiting.SelectMany(request => BudgetRequests.Undecided(state, request)).FirstOrDefault()?.Line ?? "";

        // A request that does not name a line is in the family's own words, so the officer states which line the answer is about.
        var asked = waiting.FirstOrDefault(request => BudgetRequests.Undecided(state, request).Any(one => one.Line == first)) ?? waiting.FirstOrDefault(request => request.Lines.Count == 0);
        return asked is null ? FormValues.None : FormValues.None.With("line", first).WithDay("askedOn", asked.On);
    }

    private static List<AdviserWish> Wishes(AssessmentState state) => [.. state.Wishes.Where(wish => wish.Asked is null)];

    private static IEnumerable<BudgetRequest> Waiting(AssessmentState state) => BudgetRequests.All(state).Where(request => BudgetRequests.IsWaiting(state, request));

    private static StepFact Said(AssessmentState state, BudgetRequest request) => new(
        $"{FamilyNames.Of(state, request.Person)} {(request.About is null ? "asks" : "disputes a decision")}, {Words.Day(request.On, true)}",
        string.Join(". ", [.. request.Text is { } said ? [said] : Array.Empty<string>(), .. request.Lines.Select(one => $"Provision: {one.Provision}")]));

    private static StepFact On(string what, DateOnly? day) => new("The family asks for", day is { } on ? $"{what}, asked for on {Words.Day(on, true)}" : "Nothing on record");

    private static StepFact[] Some(IEnumerable<StepFact> facts) => [.. facts.DefaultIfEmpty(new StepFact("The family asks for", "Nothing is waiting for an answer"))];
}
