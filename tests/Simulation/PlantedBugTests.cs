using IntegrationHub.Local.Simulation;
using IntegrationHub.Local.Simulation.Faults;
using IntegrationHub.Local.Simulation.Reporting;
using IntegrationHub.Simulation.Tests.Planted;

namespace IntegrationHub.Simulation.Tests;

/// <summary>The checker is itself checked: each bug of the list is planted alone, and an invariant must find it.</summary>
public sealed class PlantedBugTests
{
    public static TheoryData<string> Names => [.. Bugs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_bug_is_found_by_an_invariant(string bug)
    {
        var options = Bugs.All[bug](new SimulationOptions { Requests = 120, Seed = 5, Faults = FaultLevel.Some, Store = StoreKind.Memory });
        var report = await new SimulatedYear(options).RunAsync(cancellation: TestContext.Current.CancellationToken);
        Assert.True(report.Verdict.Violations.Count > 0, $"Nothing found that {bug}.");
    }

    [Fact]
    public async Task Without_a_bug_nothing_is_found()
    {
        var report = await new SimulatedYear(new SimulationOptions { Requests = 120, Seed = 5, Faults = FaultLevel.Some, Store = StoreKind.Memory }).RunAsync(cancellation: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.True(Bugs.All.Count >= 30);
    }
}
