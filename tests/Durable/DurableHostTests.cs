using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Durable;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Durable.Tests;

/// <summary>What only Durable Task itself can show: its timers, its instances and their ends.</summary>
public sealed class DurableHostTests
{
    private const double WeeksInSeconds = 1_000_000;

    private readonly MemoryAssessmentStore store = new();
    private readonly Outside outside = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_says_anything_and_timers_alone_carry_it_past_its_limits()
    {
        var time = new FastTime(Council.Start, WeeksInSeconds);
        await using var host = await DurableHost.StartAsync(store, outside, time, WeeksInSeconds);
        await host.Engine.SubmitAsync(Opening(time), null, Stop);

        await foreach (var _ in host.Rests.ReadAllAsync(Stop))
        {
            if ((await store.EventsAsync(Council.Id(1), cancellationToken: Stop)).Any(e => e.What is LimitMissed))
            {
                break;
            }
        }

        Assert.Empty(await store.DueEffectsAsync(Council.Start, 10, Stop));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await InstanceAsync(host)).RuntimeStatus);
    }

    [Fact]
    public async Task Started_from_many_sides_at_once_it_is_one_instance()
    {
        var clock = new FakeTimeProvider(Council.Start);
        await using var host = await DurableHost.StartAsync(store, outside, clock);
        await store.PutAsync(Opening(clock), Stop);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.InstancePoker.WakeAsync(Council.Id(1), Stop)));
        await RestAsync(host, clock);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await InstanceAsync(host)).RuntimeStatus);
        Assert.Equal(outside.Calls.Distinct(), outside.Calls);
        var instances = 0;
        await foreach (var _ in host.Client.GetAllInstancesAsync(new OrchestrationQuery()).WithCancellation(Stop))
        {
            instances++;
        }

        Assert.Equal(1, instances);
    }

    [Fact]
    public async Task What_was_ended_by_force_is_started_again_by_the_sweeper()
    {
        var clock = new FakeTimeProvider(Council.Start);
        await using var host = await DurableHost.StartAsync(store, outside, clock);
        await host.Engine.SubmitAsync(Opening(clock), null, Stop);
        await RestAsync(host, clock);
        await host.Client.TerminateInstanceAsync(Council.Id(1).Value, cancellation: Stop);
        await host.Client.WaitForInstanceCompletionAsync(Council.Id(1).Value, Stop);
        await store.PutAsync(Council.Says(Council.Id(1), "consulted", new RecordConsultation(Council.Received, "Yes."), clock.GetUtcNow()), Stop);
        clock.Advance(Sweeper.WakeAfter + TimeSpan.FromSeconds(1));

        Assert.Equal(1, await host.Sweeper.SweepAsync(Stop));
        await RestAsync(host, clock);

        Assert.True((await store.OutcomeAsync(Council.Id(1), "consulted", Stop))!.Accepted);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await InstanceAsync(host)).RuntimeStatus);
    }

    [Fact]
    public async Task The_status_of_an_instance_says_where_the_assessment_stands()
    {
        var clock = new FakeTimeProvider(Council.Start);
        await using var host = await DurableHost.StartAsync(store, outside, clock);
        await host.Engine.SubmitAsync(Opening(clock), null, Stop);
        await RestAsync(host, clock);

        // Written when the orchestrator is let go of, which is after the turn's activity has answered: asked again once the next turn has been taken.
        await host.InstancePoker.WakeAsync(Council.Id(1), Stop);
        var report = await host.Rests.ReadAsync(Stop);

        Assert.Equal(report.Status, (await InstanceAsync(host)).ReadCustomStatusAs<string>());
    }

    private static async Task<OrchestrationMetadata> InstanceAsync(DurableHost host) => (await host.Client.GetInstanceAsync(Council.Id(1).Value, true, Stop))!;

    private async Task RestAsync(DurableHost host, FakeTimeProvider clock)
    {
        do
        {
            await host.Rests.ReadAsync(Stop);
        }
        while ((await store.DueAsync(clock.GetUtcNow(), 1, Stop)).Count + (await store.DueEffectsAsync(clock.GetUtcNow(), 1, Stop)).Count > 0);
    }

    private static Delivery Opening(TimeProvider time) => Council.Says(Council.Id(1), "open", new OpenAssessment(Council.Facts), time.GetUtcNow());

    /// <summary>A clock that starts at an instant and goes faster than the machine's.</summary>
    private sealed class FastTime(DateTimeOffset start, double speed) : TimeProvider
    {
        private readonly long begun = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + (System.GetElapsedTime(begun) * speed);
    }
}
