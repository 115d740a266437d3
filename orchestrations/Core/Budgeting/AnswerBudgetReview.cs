namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family disputed a refusal, a reduction or the end of a budget. The council answers once, in writing.</summary>
/// <param name="Line">Id of the line of provision.</param>
/// <param name="AskedOn">Day on which the family asked.</param>
/// <param name="Representations">What the family says.</param>
/// <param name="Stands">Whether the council's decision is upheld.</param>
/// <param name="Reasons">Reasons for the answer.</param>
public sealed record AnswerBudgetReview(string Line, DateOnly AskedOn, string Representations, bool Stands, string Reasons) : AssessmentInput, IStep<AnswerBudgetReview>
{
    public static StepDefinition<AnswerBudgetReview> Definition { get; } = new("answer-budget-review", "Answer a family that disputes a decision on the budget")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SI 2014/1652 regs 7, 12, 14",
        Example = """{ "line": "medical-1.1/p1", "askedOn": "2027-05-03", "representations": "We need it.", "stands": true, "reasons": "The school provides it." }""",
        Days = x => [x.Past("AskedOn", "The day on which the family asked", i => i.AskedOn, (s, i) => new(PlanBudgets.Disputable(s, i.Line)?.On, "the day of the decision"))],
    };

    internal override void Decide(Deciding d)
    {
        var about = PlanBudgets.Disputable(d.State, Line);
        if (MaintainedPlan.Require(d, "Answering the family about the personal budget")
            && d.Require(about is not null, "nothing-disputed", "No refusal, reduction or end of this line is on record.")
            && d.Require(d.State.PlanBudget!.Steps.All(s => s.About != about!.Number), "answered-already", "The council reviews a decision only once, and has already answered on this decision.")
            && InputChecks.Text(d, Representations, "What the family says")
            && InputChecks.Text(d, Reasons, "The reasons"))
        {
            BudgetSteps.Decided(
                d,
                new BudgetStep
                {
                    Number = BudgetSteps.Next(d),
                    Kind = BudgetStepKind.Answered,
                    Line = Line,
                    Provision = about!.Provision,
                    On = d.Today,
                    Text = Reasons,
                    AskedOn = AskedOn,
                    Representations = Representations,
                    About = about.Number,
                    Stands = Stands,
                },
                NoticeKind.BudgetAnswered);
            if (!Stands)
            {
                d.AskAttention(
                    $"budget-{about.Number}",
                    about.Kind == BudgetStepKind.Refused
                        ? "A refusal in the personal budget was not upheld. Decide on the line again (decide-on-budget-line)."
                        : "A change to the personal budget was not upheld. Set the amount again (change-budget-line, or decide-on-budget-line if payment had stopped).");
            }
        }
    }
}
