using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.People;

/// <summary>A council's own bands: what is wrong with them is said at the start; what was recorded does not change with a later tariff.</summary>
public class PlanCostsTests
{
    private static readonly DateOnly Day = new(2026, 4, 1);

    private static FundingBand Band => new() { Code = "B3", Title = "Band 3", PlaceYearlyPounds = 6000, TopUpYearlyPounds = 4250.50m, From = Day, To = Day.AddDays(364) };

    [Fact]
    public void Bands_that_cannot_be_right_are_named_with_the_reason()
    {
        Assert.Null(Fault(Band, Band with { From = Day.AddDays(365), To = null }, Band with { Code = "B4" }));
        Assert.Equal("bands[0] must have a code and a title.", Fault(Band with { Title = " " }));
        Assert.Equal("band B3 must have placeYearlyPounds, topUpYearlyPounds or both.", Fault(Band with { PlaceYearlyPounds = null, TopUpYearlyPounds = null }));
        Assert.StartsWith("band B3: an amount must be in pounds a year", Fault(Band with { TopUpYearlyPounds = 1.005m }), StringComparison.Ordinal);
        Assert.StartsWith("band B3: an amount must be in pounds a year", Fault(Band with { PlaceYearlyPounds = -1 }), StringComparison.Ordinal);
        Assert.Equal("band B3: the last day must not be before the first day.", Fault(Band with { To = Day.AddDays(-1) }));
        Assert.Equal("band B3 must not have two entries for the same days, from 2026-04-01 and from 2027-03-31.", Fault(Band, Band with { From = Day.AddDays(364), To = null }));

        static string? Fault(params FundingBand[] bands)
        {
            var rules = Life.Opened().Rules;
            var council = rules.Council with { Bands = bands };
            var fault = Record.Exception(() => new RuleBook([council], rules.Law, rules.Counting, rules.Chase));
            return fault is null ? null : Assert.IsType<InvalidDataException>(fault).Message[$"Council {council.Code}: ".Length..];
        }
    }

    [Fact]
    public void What_holds_on_a_day_is_the_last_that_began_by_then()
    {
        var costs = new PlanCosts(Day, new RecordedBand("B3", "Band 3", 6000, 4250.50m), [new LineCost("f1", 100.10m), new LineCost("f2", 0.20m)]);
        IReadOnlyList<PlanCosts> recorded = [costs with { From = Day.AddYears(1) }, costs];

        Assert.Null(PlanCosts.On(recorded, Day.AddDays(-1)));
        Assert.Equal(Day, PlanCosts.On(recorded, Day.AddDays(364))!.From);
        Assert.Equal(Day.AddYears(1), PlanCosts.On(recorded, Day.AddYears(1))!.From);
        Assert.Equal(100.30m, costs.TotalOfLines());
    }
}
