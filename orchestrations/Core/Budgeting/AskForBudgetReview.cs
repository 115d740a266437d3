namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family disputes a refusal, a reduction or the end of a line in the personal budget.</summary>
/// <param name="Line">Id of the line of provision.</param>
/// <param name="On">Day on which the family asked.</param>
/// <param name="Text">What the family says.</param>
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
            && d.Require(d.State.PlanBudget!.Steps.All(s => s.About != about!.Number), "answered-already", "The council reviews a decision only once, and has already answered on this decision.")
            && d.Require(BudgetRequests.All(d.State).All(r => r.About != about!.Number || r.Person != Person), "already-asked", "The family has already asked for this review, and the council has not answered yet.")
            && InputChecks.Text(d, Text, "What the family says"))
        {
            BudgetSteps.Asked(
                d,
                new BudgetRequest { Number = 0, On = On, Text = Text, Lines = [new BudgetRequestLine(Line, about!.Provision)], Person = Person, About = about.Number },
                "The family asks for a review of a decision on the personal budget. Answer once, in writing (answer-budget-review).");
        }
    }
}
