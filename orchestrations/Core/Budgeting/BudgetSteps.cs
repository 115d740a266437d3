using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Code that the steps about the personal budget share.</summary>
internal static class BudgetSteps
{
    private const int MaxRequests = 100;

    /// <summary>The text of the given line of provision in the plan in force. If the line cannot be in a budget, the input is refused and
    /// the result is null.</summary>
    internal static string? Provision(Deciding d, string line)
    {
        var section = d.State.NewestPlan?.Sections.FirstOrDefault(s => s.Lines.Any(l => l.Id == line));
        return d.Require(section is not null, "unknown-line", "There is no such line in the plan.")
            && d.Require(
                section!.Letter != PlanSectionLetter.I, "place-not-paid",
                "A personal budget cannot pay for a place at a school or college (section I). Choose a line of provision.")
            && d.Require(PlanLinks.IsProvision(section.Letter), "no-provision", "Only provision can be in a personal budget. Choose a line of section F, G, H1 or H2.")
            ? section.Lines.First(l => l.Id == line).Text
            : null;
    }

    /// <summary>Records a decision and sends the family its letter.</summary>
    internal static void Decided(Deciding d, BudgetStep step, NoticeKind letter)
    {
        d.Happened(new BudgetDecided(step));
        foreach (var matter in BudgetRequests.SettledBy(d.State, step))
        {
            d.Happened(new AttentionResolved(matter, "The council has decided."));
        }

        Notices.TellFamily(d, letter, occasion: step.Number);
    }

    /// <summary>Whether the family can make another request now and the person who asks is on record.</summary>
    internal static bool MayAsk(Deciding d, string? person, string whatFor) =>
        MaintainedPlan.Require(d, whatFor)
        && d.Require(person is null || d.State.People.Any(p => p.Id == person), "unknown-person", "Nobody with this id is on record.")
        && d.Require(BudgetRequests.All(d.State).Count < MaxRequests, "too-many-requests", $"A case can have at most {MaxRequests} requests about the personal budget.");

    /// <summary>Records the family's request and refers it to an officer.</summary>
    internal static void Asked(Deciding d, BudgetRequest request, string matter)
    {
        d.Happened(new PlanBudgetAskedFor(request with { Number = BudgetRequests.All(d.State).Count + 1, After = Next(d) - 1 }));
        d.AskAttention(BudgetRequests.AttentionIdOf(BudgetRequests.All(d.State)[^1]), matter);
    }

    /// <summary>The number of the next decision on the personal budget.</summary>
    internal static int Next(Deciding d) => (d.State.PlanBudget?.Steps.Count ?? 0) + 1;
}

/// <summary>The council decided on a line of provision in the personal budget.</summary>
/// <param name="Step">The decision.</param>
public sealed record BudgetDecided(BudgetStep Step) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("budgetDecided", "The council decided on a line of provision in the personal budget.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state)
    {
        var budget = state.PlanBudget ?? new PlanBudget();
        return state with { PlanBudget = budget with { Steps = With(budget.Steps, Step) } };
    }

    public override string Describe(TimelineContext context) => Step.Kind switch
    {
        BudgetStepKind.Agreed => $"A line of provision was agreed for the personal budget on {TimelineWords.Day(Step.On)}: {Words.Pounds(Step.AnnualAmountPounds!.Value)} a year from {TimelineWords.Day(Step.From!.Value)}.",
        BudgetStepKind.Refused => $"A line of provision was refused for the personal budget on {TimelineWords.Day(Step.On)}.",
        BudgetStepKind.Changed when Step.AnnualAmountPounds == 0 => $"Payment for a line of the personal budget ends on {TimelineWords.Day(Step.From!.Value)}, as decided on {TimelineWords.Day(Step.On)}{(Step.ConsentWithdrawn ? ", because the family no longer wants the payment" : "")}.",
        BudgetStepKind.Changed => $"A line of the personal budget is {Words.Pounds(Step.AnnualAmountPounds!.Value)} a year from {TimelineWords.Day(Step.From!.Value)}, as decided on {TimelineWords.Day(Step.On)}.",
        _ => $"A decision on the personal budget was reviewed and {(Step.Stands == true ? "upheld" : "not upheld")}; the family was answered on {TimelineWords.Day(Step.On)}.",
    };

    public override string? Note() => $"{Step.Line}: {Step.Text}{(Step.Representations is { } said ? $"\nThe family said: {said}" : "")}";
}
