using IntegrationHub.Orchestrations.Plans;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record what a plan costs from a given day: the plan's band and its lines of provision. A new record for the same day replaces
/// the earlier record.</summary>
/// <param name="From">First day on which the costs apply.</param>
/// <param name="Band">Code of the plan's band.</param>
/// <param name="Lines">Costs of lines of provision.</param>
public sealed record RecordPlanCosts(DateOnly From, string? Band = null, IReadOnlyList<LineCost>? Lines = null) : AssessmentInput, IStep<RecordPlanCosts>
{
    private const int MaxRecords = 50;
    private const int MaxLines = 200;

    public static StepDefinition<RecordPlanCosts> Definition { get; } = new("record-plan-costs", "Record what the plan costs")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "from": "2026-09-01", "band": "B3" }""",
        Days = x => [x.Planned("From", "The day from which the costs apply", i => i.From, (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        var lines = Lines ?? [];
        if (MaintainedPlan.Require(d, "Recording costs")
            && d.Require(Band is not null || lines.Count > 0, "nothing-recorded", "Name a band, or give the costs of lines of provision.")
            && Found(d, out var band)
            && d.Require(lines.Count <= MaxLines && lines.DistinctBy(one => one.LineId).Count() == lines.Count, "line-twice", $"Name each line only once, and name at most {MaxLines} lines.")
            && lines.All(one => d.Require(IsProvision(d, one.LineId), "line-unknown", $"{one.LineId} is not a line of provision in the plan.")
                && d.Require(Pounds.IsSum(one.AnnualPounds), "not-a-sum", TimelineWords.Capitalise(Pounds.Expected)))
            && d.Require(d.State.Costs.Count(one => one.From != From) < MaxRecords, "too-many-costs", $"A case can have records of costs for at most {MaxRecords} days."))
        {
            d.Happened(new PlanCostsRecorded(new PlanCosts(From, band, lines, d.By.Id)));
        }
    }

    private bool Found(Deciding d, out RecordedBand? band)
    {
        var known = d.Rules.Council.Bands.Where(one => one.Code == Band).ToList();
        var inForce = known.Find(one => one.IsInForce(From));
        band = inForce is null ? null : new RecordedBand(inForce.Code, inForce.Title, inForce.PlaceYearlyPounds, inForce.TopUpYearlyPounds);
        return Band is null
            || (d.Require(known.Count > 0, "band-unknown", "The council's settings do not contain this band.")
                && d.Require(inForce is not null, "band-not-in-force", $"This band is not in force on {Day(From)}."));
    }

    private static bool IsProvision(Deciding d, string line) =>
        d.State.NewestPlan is { } plan && plan.Sections.Any(section => PlanLinks.IsProvision(section.Letter) && section.Lines.Any(one => one.Id == line));
}

/// <summary>The costs of the plan were recorded.</summary>
/// <param name="Costs">The costs.</param>
public sealed record PlanCostsRecorded(PlanCosts Costs) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planCostsRecorded", "The costs of the plan were recorded.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Costs = [.. state.Costs.Where(one => one.From != Costs.From), Costs] };

    public override string Describe(TimelineContext context) => $"The costs of the plan from {Day(Costs.From)} were recorded.";
}
