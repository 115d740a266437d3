namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family asks for a refusal, a reduction or an end in the personal budget to be looked at again.</summary>
/// <param name="Line">Id of the line of provision.</param>
/// <param name="On">Day on which it asked.</param>
/// <param name="Text">What it says.</param>
/// <param name="Person">Who asks, if the family has several people; null means the first contact.</param>
public sealed record AskForBudgetReview(string Line, DateOnly On, string Text, string? Person = null) : AssessmentInput, IStep<AskForBudgetReview>
{
    public static StepDefinition<AskForBudgetReview> Definition { get; } = new("ask-for-budget-review", "The family disputes a decision on the budget")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "SI 2014/1652 regs 7, 12, 14",
        Example = """{ "line": "medical-1.1/p1", "on": "2027-05-03", "text": "We need it." }""",
        Days = x => [x.Past("On", "The day on which the family asked", i => i.On, (s, i) => new(PlanBudgets.Disputable(s, i.Line)?.On, "the day of the decision"))],
    };

    internal override void Decide(Deciding d)
    {
        if (BudgetSteps.MayAsk(d, Person, "Disputing a decision on the personal budget")
            && PlanBudgets.Disputable(d.State, Line) is var about
            && d.Require(about is not null, "nothing-disputed", "No refusal, reduction or end of this line is on record.")
            && d.Require(d.State.PlanBudget!.Steps.All(s => s.About != about!.Number), "answered-already", "The council looks at a decision again once, and this one was answered.")
            && d.Require(BudgetRequests.All(d.State).All(r => r.About != about!.Number || r.Person != Person), "already-asked", "This has already been asked for, and the council has not answered yet.")
            && Form.Text(d, Text, "What the family says"))
        {
            BudgetSteps.Asked(
                d,
                new BudgetRequest { Number = 0, On = On, Text = Text, Lines = [new BudgetRequestLine(Line, about!.Provision)], Person = Person, About = about.Number },
                "The family asks for a decision on the personal budget to be looked at again: answer it once, in writing (answer-budget-review).");
        }
    }
}
