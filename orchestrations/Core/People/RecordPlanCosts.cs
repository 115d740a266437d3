using IntegrationHub.Orchestrations.Plans;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record what a plan costs from a day on: its band, and its lines of provision. It replaces what was recorded for that day.</summary>
/// <param name="From">First day.</param>
/// <param name="Band">Code of the council's band.</param>
/// <param name="Lines">What lines of provision cost.</param>
public sealed record RecordPlanCosts(DateOnly From, string? Band = null, IReadOnlyList<LineCost>? Lines = null) : AssessmentInput, IStep<RecordPlanCosts>
{
    private const int MaxRecords = 50;
    private const int MaxLines = 200;

    public static StepDefinition<RecordPlanCosts> Definition { get; } = new("record-plan-costs", "Record what the plan costs")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "from": "2026-09-01", "band": "B3" }""",
        Days = x => [x.Planned("From", "The day from which the costs hold", i => i.From, (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        var lines = Lines ?? [];
        if (MaintainedPlan.Require(d, "Recording costs")
            && d.Require(Band is not null || lines.Count > 0, "nothing-recorded", "Name a band, or what lines of provision cost.")
            && Found(d, out var band)
            && d.Require(lines.Count <= MaxLines && lines.DistinctBy(one => one.LineId).Count() == lines.Count, "line-twice", $"Each line is named once, and at most {MaxLines} are.")
            && lines.All(one => d.Require(IsProvision(d, one.LineId), "line-unknown", $"{one.LineId} is not a line of provision in the plan.")
                && d.Require(Pounds.IsSum(one.AnnualPounds), "not-a-sum", TellingWords.Capital(Pounds.Expected)))
            && d.Require(d.State.Costs.Count(one => one.From != From) < MaxRecords, "too-many-costs", $"A case takes the costs of at most {MaxRecords} days."))
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
            || (d.Require(known.Count > 0, "band-unknown", "The council's settings have no such band.")
                && d.Require(inForce is not null, "band-not-in-force", $"This band is not in force on {Day(From)}."));
    }

    private static bool IsProvision(Deciding d, string line) =>
        d.State.NewestPlan is { } plan && plan.Sections.Any(section => PlanLinks.IsProvision(section.Letter) && section.Lines.Any(one => one.Id == line));
}

/// <summary>What the plan costs was recorded.</summary>
/// <param name="Costs">What it costs.</param>
public sealed record PlanCostsRecorded(PlanCosts Costs) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planCostsRecorded", "What the plan costs was recorded.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Costs = [.. state.Costs.Where(one => one.From != Costs.From), Costs] };

    public override string Tell(Telling telling) => $"What the plan costs from {Day(Costs.From)} was recorded.";
}
