using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Durable;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Durable.Tests;

/// <summary>The sweeper goes by how long the store says that something has been due, whatever the instance says about itself.</summary>
public sealed class SweeperTests
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider clock = new(Council.Start);
    private readonly MemoryAssessmentStore store = new();
    private readonly ScriptedClient client = new();
    private readonly MemoryRecord record = new();
    private readonly string id = Council.Id(1).Value;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What an instance may say of the time at which it last moved, and whether the sweeper goes by it: never.</summary>
    public static TheoryData<double> LastMoved => new() { 0.0, 60.0, 24 * 60.0, 60 * 24 * 60.0 };

    [Theory]
    [MemberData(nameof(LastMoved))]
    public async Task A_healthy_sleeper_that_has_just_become_due_is_poked_and_never_ended(double minutesSinceItMoved)
    {
        await DueAsync();
        Lives(clock.GetUtcNow().AddDays(-70), () => clock.GetUtcNow().AddMinutes(-minutesSinceItMoved));

        await SweepForAsync(TimeSpan.FromMinutes(90));

        Assert.All(client.Asked, asked => Assert.Equal($"poke {id}", asked));
        Assert.NotEmpty(client.Asked);
    }

    [Theory]
    [MemberData(nameof(LastMoved))]
    public async Task One_that_takes_in_pokes_and_does_nothing_is_ended_after_two_hours(double minutesSinceItMoved)
    {
        await DueAsync();
        Lives(clock.GetUtcNow().AddDays(-70), () => clock.GetUtcNow().AddMinutes(-minutesSinceItMoved));

        await SweepForAsync(TimeSpan.FromHours(2) + (BetweenSweeps * 2));

        Assert.Equal($"end {id}", client.Asked[^1]);
        Assert.DoesNotContain($"end {id}", client.Asked[..^2]);
    }

    [Fact]
    public async Task After_a_day_without_a_hub_everything_is_poked_first()
    {
        await DueAsync();
        Lives(clock.GetUtcNow().AddDays(-70), () => clock.GetUtcNow());
        clock.Advance(TimeSpan.FromDays(1));

        await SweepForAsync(TimeSpan.FromMinutes(90));

        Assert.All(client.Asked, asked => Assert.Equal($"poke {id}", asked));
    }

    [Fact]
    public async Task A_gap_between_sweeps_counts_as_no_poking()
    {
        await DueAsync();
        Lives(clock.GetUtcNow().AddDays(-70), () => clock.GetUtcNow());
        await SweepForAsync(TimeSpan.FromMinutes(90));
        clock.Advance(Sweeper.MaxGap + TimeSpan.FromMinutes(20));

        await SweepForAsync(TimeSpan.FromMinutes(30));

        Assert.All(client.Asked, asked => Assert.Equal($"poke {id}", asked));
    }

    [Fact]
    public async Task One_that_was_only_just_started_is_given_its_time()
    {
        await DueAsync();
        var born = clock.GetUtcNow().AddHours(3);
        await SweepForAsync(TimeSpan.FromHours(3));
        client.Asked.Clear();
        Lives(born, () => born);

        await SweepForAsync(TimeSpan.FromMinutes(90));

        Assert.All(client.Asked, asked => Assert.Equal($"poke {id}", asked));
    }

    [Fact]
    public async Task While_the_clock_is_not_believed_nothing_is_ended_by_it()
    {
        await DueAsync();
        Lives(clock.GetUtcNow().AddDays(-70), () => clock.GetUtcNow());

        await SweepForAsync(TimeSpan.FromHours(5), new NoTrust());

        Assert.All(client.Asked, asked => Assert.Equal($"poke {id}", asked));
    }

    [Fact]
    public async Task What_has_ended_is_started_and_what_somebody_stopped_is_left()
    {
        await DueAsync();
        client.Instances[id] = Instance(OrchestrationRuntimeStatus.Failed, clock.GetUtcNow().AddDays(-1), clock.GetUtcNow());
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, await SweeperOf().SweepAsync(Stop));
        Assert.Equal([$"start {id}"], client.Asked);

        client.Instances[id] = Instance(OrchestrationRuntimeStatus.Suspended, clock.GetUtcNow().AddDays(-1), clock.GetUtcNow());
        Assert.Equal(0, await SweeperOf().SweepAsync(Stop));
        Assert.Equal([$"start {id}"], client.Asked);
    }

    [Fact]
    public async Task The_end_of_each_sweep_is_kept()
    {
        Assert.Null(await record.ReadAsync(IDriverRecord.LastSweep, Stop));

        await SweeperOf().SweepAsync(Stop);

        Assert.Equal(clock.GetUtcNow(), await record.ReadAsync(IDriverRecord.LastSweep, Stop));
    }

    private async Task DueAsync() =>
        await store.PutAsync(Council.Says(Council.Id(1), "open", new OpenAssessment(Council.Facts), clock.GetUtcNow()), Stop);

    private Func<OrchestrationMetadata>? lives;

    private void Lives(DateTimeOffset created, Func<DateTimeOffset> moved) => lives = () => Instance(OrchestrationRuntimeStatus.Running, created, moved());

    private static OrchestrationMetadata Instance(OrchestrationRuntimeStatus status, DateTimeOffset created, DateTimeOffset moved) =>
        new(AssessmentOrchestrator.Name, Council.Id(1).Value) { RuntimeStatus = status, CreatedAt = created, LastUpdatedAt = moved };

    private async Task SweepForAsync(TimeSpan duration, IClockTrust? trust = null)
    {
        for (var end = clock.GetUtcNow() + duration; clock.GetUtcNow() < end;)
        {
            clock.Advance(BetweenSweeps);
            if (lives is not null)
            {
                client.Instances[id] = lives();
            }

            await SweeperOf(trust).SweepAsync(Stop);
        }
    }

    /// <summary>A new one each time, as on a new host: it remembers nothing that the record does not.</summary>
    private Sweeper SweeperOf(IClockTrust? trust = null)
    {
        var currentClient = new CurrentDurableClient();
        currentClient.Use(client);
        return new Sweeper(store, currentClient, new InstanceWaker(currentClient), record, clock, NullLogger<Sweeper>.Instance, trust);
    }

    private sealed class NoTrust : IClockTrust
    {
        public bool IsTrusted => false;
    }
}
