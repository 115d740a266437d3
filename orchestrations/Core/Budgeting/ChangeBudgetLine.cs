namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Raise, reduce or stop what is paid for a line of the personal budget, with notice to the family.</summary>
/// <param name="Line">Id of the line of provision.</param>
/// <param name="AnnualAmountPounds">Pounds a year. Zero stops the payment.</param>
/// <param name="From">First day of the change.</param>
/// <param name="Reasons">Reasons for the change, which the letter states.</param>
/// <param name="ConsentWithdrawn">Whether the family no longer wants the payment, so that no notice is needed.</param>
public sealed record ChangeBudgetLine(string Line, decimal AnnualAmountPounds, DateOnly From, string Reasons, bool ConsentWithdrawn = false) : AssessmentInput, IStep<ChangeBudgetLine>
{
    public static StepDefinition<ChangeBudgetLine> Definition { get; } = new("change-budget-line", "Raise, reduce or stop a line of the personal budget")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SI 2014/1652 regs 12, 14",
        Example = """{ "line": "medical-1.1/p1", "annualAmountPounds": 1200, "from": "2027-09-01", "reasons": "Every second week from September." }""",
        Days = x => [x.Planned("From", "The first day of the change", i => i.From, (s, i) => new(Agreement(s, i.Line)?.From, "the first day of payment"))],
    };

    internal override void Decide(Deciding d)
    {
        var agreed = Agreement(d.State, Line);
        if (MaintainedPlan.Require(d, "Changing the personal budget")
            && d.Require(agreed is not null, "not-agreed", "Nothing is paid for this line.")
            && d.Require(AnnualAmountPounds >= 0, "no-sum", "The amount cannot be negative. Give zero to stop the payment.")
            && d.Require(AnnualAmountPounds != agreed!.AnnualAmountPounds, "nothing-changed", "The payment is already this amount.")
            && d.Require(!ConsentWithdrawn || AnnualAmountPounds == 0, "stop-instead", "A payment that the family no longer wants must stop. Give the amount as zero.")
            && d.Require(
                ConsentWithdrawn || From > d.Today || AnnualAmountPounds > agreed.AnnualAmountPounds,
                "no-notice", "The family must have reasonable notice before a payment is reduced or stopped. Give a later first day.")
            && InputChecks.Text(d, Reasons, "The reasons"))
        {
            BudgetSteps.Decided(
                d,
                new BudgetStep
                {
                    Number = BudgetSteps.Next(d),
                    Kind = BudgetStepKind.Changed,
                    Line = Line,
                    Provision = agreed.Provision,
                    On = d.Today,
                    Text = Reasons,
                    AnnualAmountPounds = AnnualAmountPounds,
                    From = From,
                    ConsentWithdrawn = ConsentWithdrawn,
                },
                NoticeKind.BudgetChanged);
        }
    }

    private static BudgetStep? Agreement(AssessmentState state, string line) => PlanBudgets.AgreementsInForce(state, DateOnly.MaxValue).FirstOrDefault(s => s.Line == line);
}
