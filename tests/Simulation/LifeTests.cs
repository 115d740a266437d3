using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Reporting;

namespace IntegrationHub.Simulation;

/// <summary>The life of plans after they were issued, over years. Ten years of a council are a command: see docs/simulation.md.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task Everything_holds_over_three_years_of_reviews_amendments_and_ceasing_in_hell()
    {
        var report = await new SimulatedYear(new SimulationOptions { Requests = 60, Seed = 4, Years = 3, Faults = FaultLevel.Hell, Store = StoreKind.Memory, LookedAt = 2, Eventful = 8 })
            .RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        string[] ways =
        [
            "reviews that keep the plan", "reviews that amend the plan", "reviews that cease the plan", "reviews within 12 months", "amended plans after review", "amended plans without review", "amendments given up", "plans ceased",
            "re-assessments asked for", "re-assessments refused", "re-assessments that amend the plan", "answers on a transfer, in time", "answers on a transfer, late", "changes of ICB",
            "lines of a budget agreed", "lines of a budget refused", "lines of a budget changed", "lines of a budget answered", "reviews of direct payments",
        ];
        Assert.All(ways, way => Assert.True(report.Tally.Lives.GetValueOrDefault(way) > 0, $"No {way} in three years."));
        Assert.True(report.Tally.Lives["reviews"] > report.Tally.Lives["reviews within 12 months"], "No review was late.");
        Assert.All(Enum.GetValues<Invariant>().Where(i => i.IsOfLife()), invariant => Assert.True(report.Verdict.Asked(invariant) > report.Tally.Plans, invariant.ToString()));
    }
}
