using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family asks for a personal budget, CFA 2014 s49.</summary>
public sealed record AskForPersonalBudget(DateOnly On) : AssessmentInput, IStep<AskForPersonalBudget>
{
    public static StepDefinition<AskForPersonalBudget> Definition { get; } = new("ask-for-personal-budget", "The family asks for a personal budget")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "CFA 2014 s49",
        Example = """{ "on": "2026-09-22" }""",
        Days = x => [x.Past(
            "On", "The day on which the personal budget was asked for", i => i.On,
            (s, _) => DatedFacts.PlanDecision(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (InputChecks.At(d, "Asking for a personal budget", Stage.Drafting, Stage.Consulting)
            && d.Require(d.State.BudgetAskedOn is null, "already-asked", "A personal budget has already been asked for."))
        {
            d.Happened(new PersonalBudgetAskedFor(On));
            d.AskAttention("personal-budget", "The family asks for a personal budget (CFA 2014 s49). Prepare the budget, or refuse it with reasons.");
        }
    }
}

/// <summary>The family asked for a personal budget.</summary>
public sealed record PersonalBudgetAskedFor(DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("personalBudgetAskedFor", "The family asked for a personal budget.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { BudgetAskedOn = state.BudgetAskedOn ?? On };

    public override string Describe(TimelineContext context) => $"The family asked for a personal budget on {Day(On)}.";
}
