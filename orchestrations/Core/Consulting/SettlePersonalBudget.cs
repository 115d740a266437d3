using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Settle the personal budget: agree it with its provision and amount, or refuse it with reasons.</summary>
public sealed record SettlePersonalBudget(bool Agreed, DateOnly On, string Text, Plans.PersonalBudgetForm? Form = null, decimal? AnnualAmountPounds = null) : AssessmentInput, IStep<SettlePersonalBudget>
{
    public static StepDefinition<SettlePersonalBudget> Definition { get; } = new("settle-personal-budget", "Settle the personal budget")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s49",
        Example = """
            {
              "agreed": true,
              "on": "2026-10-01",
              "text": "Direct payment for short breaks.",
              "form": "directPayment",
              "annualAmountPounds": 2400
            }
            """,
        Days = x => [x.Past(
            "On", "The day on which the personal budget was settled", i => i.On,
            (s, _) => new(s.BudgetAskedOn, "the day on which the personal budget was requested"))],
    };

    internal override void Decide(Deciding d)
    {
        if (Assessments.InputChecks.At(d, "Settling the personal budget", Stage.Drafting, Stage.Consulting)
            && d.Require(d.State.BudgetAskedOn is not null, "not-asked-for", "No personal budget was asked for.")
            && d.Require(d.State.Budget is null, "already-settled", "The personal budget is already settled.")
            && Assessments.InputChecks.Text(d, Text, Agreed ? "What the budget secures" : "The reasons for the refusal")
            && d.Require(!Agreed || this is { Form: not null, AnnualAmountPounds: > 0 }, "budget-incomplete", "For an agreed budget, give the form in which it is held and the yearly amount."))
        {
            d.Happened(new PersonalBudgetSettled(new BudgetSettlement(Agreed, On, Text, Form, AnnualAmountPounds)));
            if (d.State.Attention.Any(a => a.Id == "personal-budget"))
            {
                d.Happened(new AttentionResolved("personal-budget", "settled"));
            }
        }
    }
}

/// <summary>The personal budget was settled.</summary>
public sealed record PersonalBudgetSettled(BudgetSettlement Settlement) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("personalBudgetSettled", "The personal budget was settled.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Budget = Settlement };

    public override string Describe(TimelineContext context) => $"The personal budget was {(Settlement.Agreed ? "agreed" : "refused")} on {Day(Settlement.On)}.";

    public override string? Note() => Settlement.Text;
}
