using System.Globalization;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Reporting;

namespace IntegrationHub.Simulation;

/// <summary>Small years under faults. The full-size runs are commands: see docs/simulation.md.</summary>
public sealed class YearTests
{
    /// <summary>Seeds lived through on memory; HUB_SIMULATED_SEEDS=400 for the full number.</summary>
    public static TheoryData<ulong> Seeds => From(1, "HUB_SIMULATED_SEEDS", 2);

    /// <summary>Seeds lived through on the disk, where a death leaves a log to recover from; more with HUB_SIMULATED_SEEDS_ON_DISK.</summary>
    public static TheoryData<ulong> SeedsOnDisk => From(7, "HUB_SIMULATED_SEEDS_ON_DISK", 1);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Everything_holds_in_hell(ulong seed)
    {
        var report = await LiveAsync(120, seed, FaultLevel.Hell, StoreKind.Memory);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.True(report.Cost.Faults is { Deaths: > 0, FailedOperations: > 0, WrongDays: > 2, ClockChanges: 2 }, TextReport.CostOf(report));
    }

    [Theory]
    [MemberData(nameof(SeedsOnDisk))]
    public async Task Everything_holds_in_hell_on_the_disk(ulong seed)
    {
        var report = await LiveAsync(40, seed, FaultLevel.Hell, StoreKind.Sqlite);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.True(report.Cost.Faults is { Deaths: > 0, FailedOperations: > 0, WrongDays: > 2, ClockChanges: 2 }, TextReport.CostOf(report));
        Assert.True(report.Cost.Faults is { Recoveries: > 0, FullDisks: > 0, ReadOnlyDisks: > 0, DamagedPages: > 0 }, TextReport.CostOf(report));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_report_byte_for_byte_and_another_seed_another()
    {
        var first = await LiveAsync(25, 11, FaultLevel.Hell, StoreKind.Memory);
        var again = await LiveAsync(25, 11, FaultLevel.Hell, StoreKind.Memory);
        var other = await LiveAsync(25, 12, FaultLevel.Hell, StoreKind.Memory);
        Assert.Equal(TextReport.Of(first), TextReport.Of(again));
        Assert.Equal(HtmlReport.Of(first), HtmlReport.Of(again));
        Assert.NotEqual(TextReport.Of(first), TextReport.Of(other));
    }

    [Fact]
    public async Task The_report_is_the_same_on_one_hub_or_many_in_memory_or_on_the_disk()
    {
        var one = await LiveAsync(15, 13, FaultLevel.Hell, StoreKind.Memory);
        var many = await LiveAsync(15, 13, FaultLevel.Hell, StoreKind.Sqlite, hubs: 3);
        Assert.Equal(3, many.Cost.Hubs);
        Assert.Equal(TextReport.Of(one), TextReport.Of(many));
    }

    [Fact]
    public async Task Every_invariant_is_asked_and_the_year_is_as_late_as_England()
    {
        var report = await LiveAsync(400, 1, FaultLevel.None, StoreKind.Memory);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.All(Enum.GetValues<Invariant>().Where(i => !i.IsOfLife()), invariant => Assert.True(report.Verdict.Asked(invariant) > report.Requests, invariant.ToString()));
        // 46.4 % in 2024: fewer than half, and not a handful.
        Assert.InRange(100.0 * report.Tally.PlansInTime / report.Tally.Plans, 38, 52);
        Assert.All(report.Tally.Answers.Values, of => Assert.Equal(of.Asked, of.OnTime + of.Late + of.Declined + of.Never));
    }

    [Theory]
    [InlineData(FaultLevel.None)]
    [InlineData(FaultLevel.Hell)]
    public async Task Disputes_come_in_every_way_and_remedy_and_everything_holds(FaultLevel faults)
    {
        var report = await new SimulatedYear(new SimulationOptions { Requests = 400, Seed = 5, Faults = faults, Store = StoreKind.Memory, Disputed = 8 })
            .RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        string[] ways =
        [
            "appeal registered", "appeal dismissed", "appeal withdrawn", "mediation held", "mediation not arranged", "conceded after the response", "recommendation", "refusal withdrawn",
            .. new[] { "Assess", "MakePlan", "AmendContents", "NameInstitution", "Reassess", "ContinuePlan", "ContinueAndAmend" }.SelectMany(remedy => new[] { $"order {remedy}", $"concession {remedy}", $"agreement {remedy}" }),
            "order Reconsider", "order CeasePlan", "agreement NotAppealable", "agreement BoardOnly",
        ];
        Assert.All(ways, way => Assert.True(report.Tally.Disputes.GetValueOrDefault(way) > 0, $"No {way} in the year."));
    }

    [Fact]
    public async Task As_many_decisions_are_appealed_as_in_England()
    {
        var report = await new SimulatedYear(new SimulationOptions { Requests = 800, Seed = 2, Faults = FaultLevel.None, Store = StoreKind.Memory, LookedAt = 0 })
            .RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(100.0 * report.Tally.Disputes["appeal registered"] / report.Tally.Cases, 4.5, 7.5);
    }

    [Fact]
    public async Task One_council_alone_can_be_simulated()
    {
        var council = England.Find("Millbridge");
        Assert.NotNull(council);
        var report = await new SimulatedYear(new SimulationOptions { Requests = 30, Seed = 3, Faults = FaultLevel.Some, Store = StoreKind.Memory, Council = council }).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, TextReport.Of(report));
        Assert.Contains("Millbridge Council", TextReport.Of(report), StringComparison.Ordinal);
    }

    private static TheoryData<ulong> From(int first, string variable, int count) =>
        [.. Enumerable.Range(first, int.Parse(Environment.GetEnvironmentVariable(variable) ?? count.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)).Select(n => (ulong)n)];

    private static Task<YearReport> LiveAsync(int requests, ulong seed, FaultLevel faults, StoreKind store, int? hubs = null) =>
        new SimulatedYear(new SimulationOptions { Requests = requests, Seed = seed, Faults = faults, Store = store, Hubs = hubs }).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
}
