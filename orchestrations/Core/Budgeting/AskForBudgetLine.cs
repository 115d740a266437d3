using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family asks for a personal budget for a plan that was issued, by naming lines of provision, in its own words, or
/// both.</summary>
/// <param name="On">Day on which the family asked.</param>
/// <param name="Text">What the family says.</param>
/// <param name="Lines">The lines of provision.</param>
/// <param name="Person">Who asks, if the family has several people; null means the first contact.</param>
public sealed record AskForBudgetLine(DateOnly On, string? Text = null, IReadOnlyList<AskedBudgetLine>? Lines = null, string? Person = null)
    : AssessmentInput, IStep<AskForBudgetLine>
{
    public static StepDefinition<AskForBudgetLine> Definition { get; } = new("ask-for-budget-line", "The family asks for a personal budget for the plan")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "CFA 2014 s49; SI 2014/1652 reg 4",
        Example = """{ "on": "2027-04-01", "lines": [{ "line": "medical-1.1/p1" }] }""",
        Days = x => [x.Past("On", "The day on which the personal budget was asked for", i => i.On, (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (!BudgetSteps.MayAsk(d, Person, "Asking for a personal budget for the plan")
            || !(Text is null || InputChecks.Text(d, Text, "What the family says"))
            || !d.Require(Text is not null || Lines is { Count: > 0 }, "nothing-asked", "Name a line of provision, or say what the budget is for."))
        {
            return;
        }

        var lines = new List<BudgetRequestLine>();
        foreach (var asked in Lines ?? [])
        {
            if (BudgetSteps.Provision(d, asked.Line) is not { } provision
                || !d.Require(lines.All(l => l.Line != asked.Line), "line-twice", "Name each line only once.")
                || !d.Require(PlanBudgets.AgreementsInForce(d.State, DateOnly.MaxValue).All(s => s.Line != asked.Line), "already-agreed", "This line is already in the budget."))
            {
                return;
            }

            lines.Add(new BudgetRequestLine(asked.Line, provision));
        }

        if (d.Require(
            BudgetRequests.All(d.State).All(r => r.Person != Person || r.About is not null || !BudgetRequests.IsWaiting(d.State, r)
                || (lines.Count == 0 ? r.Text != Text : lines.All(l => r.Lines.All(one => one.Line != l.Line)))),
            "already-asked", "The family has already asked for this budget, and the council has not decided yet."))
        {
            BudgetSteps.Asked(
                d,
                new BudgetRequest { Number = 0, On = On, Text = Text, Lines = lines, Person = Person },
                lines.Count > 0
                    ? "The family asks for a personal budget for the plan. Decide on each line that the family names (decide-on-budget-line)."
                    : "The family asks in its own words for a personal budget for the plan. Decide on each line that the family means (decide-on-budget-line), and then record that the request was dealt with.");
        }
    }
}

/// <summary>A line of provision for which the family asks for a budget.</summary>
/// <param name="Line">Id of the line in section F, G, H1 or H2.</param>
public sealed record AskedBudgetLine(string Line);

/// <summary>The family asked for a personal budget for a plan that was issued, or for a review of a decision on the budget.</summary>
/// <param name="Request">What the family asked for.</param>
public sealed record PlanBudgetAskedFor(BudgetRequest Request) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planBudgetAskedFor", "The family asked for a personal budget for the plan, or for a review of a decision on the budget.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state)
    {
        var budget = state.PlanBudget ?? new PlanBudget();
        return state with { PlanBudget = budget with { Requests = With(budget.Requests, Request) } };
    }

    public override string Describe(TimelineContext context) => Request.About is null
        ? $"The family asked for a personal budget for the plan on {Day(Request.On)}."
        : $"The family asked on {Day(Request.On)} for a review of a decision on the personal budget.";

    public override string? Note() => string.Join('\n', [.. Request.Lines.Select(l => $"{l.Line}: {l.Provision}"), .. Request.Text is { } said ? [said] : Array.Empty<string>()]);
}
