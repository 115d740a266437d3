using System.Diagnostics;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Durable;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.DurableTask;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Durable.Tests.Storage;

/// <summary>
/// A driver that was waiting when the code was changed under it, on real storage. Whatever becomes of its history, the assessment goes on: the
/// store is the truth, and the sweeper starts what its history has broken (docs/adr/0011).
/// </summary>
public sealed class OldHistoryTests(Azurite azurite)
{
    private const string Added = "Prepare";
    private const int SweepsUntilAllIsLost = 30;
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LetsWork = TimeSpan.FromMilliseconds(700);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What ran before, what runs now, with their versions (null: none), and whether the history goes on or the sweeper starts again.</summary>
    public static TheoryData<string, string, string?, string?> Changes => new()
    {
        { "same", "same", null, null },
        { "same", "same", "1.0", "2.0" },
        { "same", "same", "2.0", "1.0" },
        { "same", "added", null, null },
        { "same", "added", "1.0", "2.0" },
        { "added", "same", null, null },
        { "added", "same", "2.0", "1.0" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task An_assessment_goes_on_whatever_its_drivers_history_says(string before, string after, string? oldVersion, string? newVersion)
    {
        azurite.Need();
        var (store, outside, clock) = (new MemoryAssessmentStore(), new Outside(), new FakeTimeProvider(Council.Start));
        var taskHub = $"h{Guid.NewGuid():N}"[..20];
        await using (var old = await StartAsync(taskHub, store, outside, clock, before, oldVersion))
        {
            await old.Engine.SubmitAsync(Council.Says(Council.Id(1), "open", new OpenAssessment(Council.Facts), clock.GetUtcNow()), null, Stop);
            while ((await store.DueEffectsAsync(clock.GetUtcNow(), 1, Stop)).Count > 0)
            {
                await Task.Delay(20, Stop);
            }

            // The turn has been taken; what the driver makes of it is on its way to the storage.
            var rest = await old.Rests.ReadAsync(Stop);
            while ((await old.Client.GetInstanceAsync(Council.Id(1).Value, true, Stop))!.ReadCustomStatusAs<string>() != rest.Status)
            {
                await Task.Delay(20, Stop);
            }

            await Task.Delay(LetsWork, Stop);
        }

        await store.PutAsync(Council.Says(Council.Id(1), "consulted", new RecordConsultation(Council.Received, "Yes."), clock.GetUtcNow()), Stop);
        await using var now = await StartAsync(taskHub, store, outside, clock, after, newVersion);
        var sweeps = 0;
        for (; await store.OutcomeAsync(Council.Id(1), "consulted", Stop) is null; sweeps++)
        {
            if (sweeps >= SweepsUntilAllIsLost)
            {
                var instance = await now.Client.GetInstanceAsync(Council.Id(1).Value, true, Stop);
                Assert.Fail($"{before} {oldVersion} to {after} {newVersion}: it does not go on; {instance?.RuntimeStatus} {instance?.SerializedCustomStatus} {instance?.LastUpdatedAt:O} {instance?.FailureDetails}");
            }
            clock.Advance(BetweenSweeps);
            await now.Sweeper.SweepAsync(Stop);
            for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < LetsWork && await store.OutcomeAsync(Council.Id(1), "consulted", Stop) is null;)
            {
                await Task.Delay(20, Stop);
            }
        }

        Assert.True((await store.OutcomeAsync(Council.Id(1), "consulted", Stop))!.Accepted);
        Assert.Equal(outside.Calls.Distinct(), outside.Calls);
        TestContext.Current.TestOutputHelper!.WriteLine($"{before} {oldVersion ?? "-"} to {after} {newVersion ?? "-"}: after {sweeps} sweeps");
    }

    /// <summary>A deployment: the engine and the worker are begun again over the same task hub.</summary>
    private async Task<DurableHost> StartAsync(string taskHub, IAssessmentStore store, IEffectHandler outside, TimeProvider clock, string code, string? version)
    {
        var sidecar = await StorageSidecar.StartAsync(azurite.ConnectionString, taskHub);
        return await DurableHost.StartAsync(
            store,
            outside,
            clock,
            1,
            async register => await StorageWorker.StartAsync(
                sidecar.Address,
                tasks =>
                {
                    register(tasks);
                    tasks.AddActivityFunc<string, string>(Added, (_, given) => given);
                },
                version,
                sidecar),
            code == "same" ? AssessmentOrchestrator.RunAsync : AddedAsync);
    }

    /// <summary>A driver that does something else first: every history of the other breaks on it, and its own on the other.</summary>
    private static async Task AddedAsync(TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<string>(Added, "once");
        await AssessmentOrchestrator.RunAsync(context);
    }
}
