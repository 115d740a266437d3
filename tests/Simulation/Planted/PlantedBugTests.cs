using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Reporting;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Planted;

/// <summary>The checker is itself checked: each bug of the list is planted alone, and an invariant must find it.</summary>
public sealed class PlantedBugTests
{
    public static TheoryData<string> Names => [.. Bugs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_bug_is_found_by_an_invariant(string bug)
    {
        var options = Bugs.All[bug](new SimulationOptions { Requests = 120, Seed = 5, Faults = FaultLevel.Some, Store = StoreKind.Memory, LookedAt = 0, ThroughDoors = 0 });
        var report = await LivedUntilAsync(options, verdict => verdict.Violations.Count > 0);
        Assert.True(report.Verdict.Violations.Count > 0, $"Nothing found that {bug}.");
    }

    public static TheoryData<string> QuietNames => [.. Bugs.Quiet.Keys];

    [Theory]
    [MemberData(nameof(QuietNames))]
    public async Task A_quiet_bug_is_found_by_the_invariant_that_asks_for_it(string bug)
    {
        var (by, plant) = Bugs.Quiet[bug];
        var options = plant(new SimulationOptions { Requests = 120, Seed = 5, Faults = FaultLevel.Some, Store = StoreKind.Memory, LookedAt = by is Invariant.EachSeesTheirOwn or Invariant.ListsAreRight ? 12 : 0, ThroughDoors = 0 });
        var report = await LivedUntilAsync(options, verdict => verdict.Broken(by) > 0);
        Assert.True(report.Verdict.Broken(by) > 0, $"{by} did not find that {bug}.");
    }

    public static TheoryData<string> DoorNames => [.. DoorBugs.All.Keys];

    [Theory]
    [MemberData(nameof(DoorNames))]
    public async Task A_bug_at_a_door_is_found_by_the_invariant_that_asks_for_it(string bug)
    {
        var (by, plant) = DoorBugs.All[bug];
        var report = await LivedUntilAsync(DoorBugs.Year with { AroundDoors = plant() }, verdict => verdict.Broken(by) > 0);
        Assert.True(report.Verdict.Broken(by) > 0, $"{by} did not find that {bug}: {TextReport.Of(report)}");
    }

    [Fact]
    public async Task Without_a_bug_every_door_is_used_and_nothing_is_found_at_it()
    {
        var report = await new SimulatedYear(DoorBugs.Year).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.All(Enum.GetValues<Door>(), door => Assert.True(report.Tally.Doors[door] is { Given: > 20, Refused: > 0, Repeated: > 0 }, TextReport.Of(report)));
        Assert.True(DoorBugs.All.Count >= 4);
    }

    public static TheoryData<string> LifeNames => [.. LifeBugs.All.Keys];

    [Theory]
    [MemberData(nameof(LifeNames))]
    public async Task A_bug_in_the_life_of_a_plan_is_found_by_the_invariant_that_asks_for_it(string bug)
    {
        var (by, plant) = LifeBugs.All[bug];
        var report = await LivedUntilAsync(plant(LifeBugs.Lives), verdict => verdict.Broken(by) > 0);
        Assert.True(report.Verdict.Broken(by) > 0, $"{by} did not find that {bug}: {TextReport.Of(report)}");
    }

    public static TheoryData<string> TransferNames => [.. TransferBugs.All.Keys];

    [Theory]
    [MemberData(nameof(TransferNames))]
    public async Task A_bug_in_transfers_of_phase_is_found_by_the_invariant_that_asks_for_it(string bug)
    {
        var (by, plant) = TransferBugs.All[bug];
        var report = await LivedUntilAsync(plant(TransferBugs.Lives), verdict => verdict.Broken(by) > 0);
        Assert.True(report.Verdict.Broken(by) > 0, $"{by} did not find that {bug}: {TextReport.Of(report)}");
    }

    [Fact]
    public async Task Without_a_bug_nothing_is_found_in_transfers_of_phase()
    {
        var report = await new SimulatedYear(TransferBugs.Lives).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.All(["phase transfers placed in time", "phase transfers placed late"], way => Assert.True(report.Tally.Lives.GetValueOrDefault(way) > 0, way));
    }

    public static TheoryData<string> LaterNames => [.. LaterBugs.All.Keys];

    [Theory]
    [MemberData(nameof(LaterNames))]
    public async Task A_bug_in_what_comes_later_of_a_plan_is_found_by_the_invariant_that_asks_for_it(string bug)
    {
        var (by, plant) = LaterBugs.All[bug];
        var report = await LivedUntilAsync(plant(LaterBugs.Lives), verdict => verdict.Broken(by) > 0);
        Assert.True(report.Verdict.Broken(by) > 0, $"{by} did not find that {bug}: {TextReport.Of(report)}");
    }

    [Fact]
    public async Task Without_a_bug_nothing_is_found_in_what_comes_later_of_a_plan()
    {
        var report = await new SimulatedYear(LaterBugs.Lives).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.True(LaterBugs.All.Count >= 6);
    }

    public static TheoryData<string> LivingDisputeNames => [.. LivingDisputeBugs.All.Keys];

    [Theory]
    [MemberData(nameof(LivingDisputeNames))]
    public async Task A_bug_in_disputes_about_a_living_plan_is_found_by_the_invariant_that_asks_for_it(string bug)
    {
        var (by, plant) = LivingDisputeBugs.All[bug];
        var report = await LivedUntilAsync(plant(LivingDisputeBugs.Lives), verdict => verdict.Broken(by) > 0);
        Assert.True(report.Verdict.Broken(by) > 0, $"{by} did not find that {bug}: {TextReport.Of(report)}");
    }

    [Fact]
    public async Task Without_a_bug_nothing_is_found_in_disputes_about_living_plans()
    {
        var report = await new SimulatedYear(LivingDisputeBugs.Lives).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
    }

    public static TheoryData<string> MoveNames => [.. MoveBugs.All.Keys];

    [Theory]
    [MemberData(nameof(MoveNames))]
    public async Task A_bug_in_moves_between_hubs_is_found_by_the_invariant_that_asks_for_it(string bug)
    {
        var (by, plant) = MoveBugs.All[bug];
        var report = await LivedUntilAsync(plant(MoveBugs.Lives), verdict => verdict.Broken(by) > 0);
        Assert.True(report.Verdict.Broken(by) > 0, $"{by} did not find that {bug}: {TextReport.Of(report)}");
    }

    [Fact]
    public async Task Without_a_bug_nothing_is_found_in_moves_between_hubs()
    {
        var report = await new SimulatedYear(MoveBugs.Lives).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.True(report.Tally.Lives["plans handed on"] is > 3 and var moved && moved == report.Tally.Lives["plans taken over"], TextReport.Of(report));
        Assert.True(MoveBugs.All.Count + TransferBugs.All.Count >= 20);
    }

    [Fact]
    public async Task Without_a_bug_nothing_is_found_in_the_life_of_plans()
    {
        var report = await new SimulatedYear(LifeBugs.Lives).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.True(LifeBugs.All.Count >= 20);
    }

    [Fact]
    public async Task Without_a_bug_nothing_is_found()
    {
        var report = await new SimulatedYear(new SimulationOptions { Requests = 120, Seed = 5, Faults = FaultLevel.Some, Store = StoreKind.Memory }).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.True(Bugs.All.Count >= 30);
    }

    /// <summary>With the bug found, the rest of the time would show nothing more.</summary>
    private static Task<YearReport> LivedUntilAsync(SimulationOptions options, Func<Verdict, bool> found) =>
        new SimulatedYear(options with { EndsWith = found }).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
}
