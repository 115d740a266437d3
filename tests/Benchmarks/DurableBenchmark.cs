using System.Collections.Concurrent;
using System.Globalization;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Durable.Tests.Storage;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage;
using IntegrationHub.Orchestrations.Durable;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// EHC-1 as the hub lives it on Azure: the store on tables and blobs, driven by Durable Task over its backend "storage", all of it on
/// Azurite, which is one process on one thread. What it shows is the driver's own cost and that nothing grows; not what Azure's storage can do.
/// </summary>
internal static class DurableBenchmark
{
    /// <summary>Callers at the same time: more would only wait for the emulator.</summary>
    private const int Window = 32;
    private const int AtOnce = 500;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PokesAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    internal static async Task RunAsync(int cases)
    {
        await Ehc1Run.WarmUpAsync(durable: true);
        var embedded = await Ehc1Run.MeasureAsync(cases, durable: true, Ehc1Run.Held);
        Console.WriteLine($"| {"EHC-1",-44} | {"cases",9} | {"cases/s",9} | {"steps/s",9} | {"p50 ms",9} | {"p99 ms",9} | {"peak MB",9} |");
        Row("embedded engine, SQLite (WAL, FULL)", embedded);
        Row("Durable Task, tables and queues of Azurite", await MeasureAsync(cases));
    }

    internal static async Task<Ehc1Result> MeasureAsync(int cases)
    {
        using var azurite = await AzuriteProcess.StartAsync();
        var azure = new AzureAssessmentStore(azurite.Tables(), azurite.Blobs(), new AzureStoreOptions());
        await azure.CreateAsync();
        var (store, clock) = (new Counting(azure), new Ehc1Benchmark.SetClock { Now = Ehc1Benchmark.Start });
        await using var sidecar = await StorageSidecar.StartAsync(azurite.ConnectionString, "benchmark");
        var taker = new TurnTaker(store, Ehc1Benchmark.Rules(), clock);
        var currentClient = new CurrentDurableClient();
        var poker = new InstanceWaker(currentClient);
        await using var worker = await StorageWorker.StartAsync(sidecar.Address, tasks => Register(tasks, store, taker, clock));
        currentClient.Use(worker.Client);
        var engine = new DurableEngine(store, taker, poker, NullLogger<DurableEngine>.Instance);
        var ids = Ehc1Run.Ids(cases);

        var measured = Measured.Begin();
        using (var line = new Timer(_ => Console.Error.WriteLine($"{measured.Elapsed:mm\\:ss} {clock.Now:d MMMM}, {store.Steps:N0} steps, Azurite {azurite.Memory / 1e6:N0} MB"), null, BetweenLines, BetweenLines))
        {
            await Ehc1Benchmark.LiveAsync(
                new Ehc1Driver(async delivery => await engine.SubmitAsync(delivery, null), (to, setClock) => AdvanceAsync(store, poker, clock, to, setClock)), store, clock, ids, Window);
        }

        var seconds = measured.Elapsed.TotalSeconds;
        var took = (measured.Processor.TotalMicroseconds / store.Steps, measured.Allocated / store.Steps, measured.Written / store.Steps);
        var (paused, peak, served) = (measured.Paused, Measured.PeakMemory, 0);
        foreach (var id in ids)
        {
            served += (await store.LoadAsync(id)).State.Stage == Stage.Consulting ? 1 : 0;
        }

        return new Ehc1Result(cases, served, seconds, store, took, paused, peak, 0, 0);
    }

    private static void Register(DurableTaskRegistry tasks, IAssessmentStore store, TurnTaker taker, TimeProvider clock)
    {
        var turn = new TurnActivity(store, taker, Ehc1Benchmark.Rules(), clock);
        var effect = new EffectActivity(store, [new Ehc1Benchmark.AtOnce()], clock, NullLogger<EffectActivity>.Instance);
        tasks.AddOrchestratorFunc(AssessmentOrchestrator.Name, AssessmentOrchestrator.RunAsync);
        tasks.AddActivityFunc<string, TurnReport>(TurnActivity.Name, async (_, id) =>
        {
            // The driver's timers go by the machine's clock: as far from now as they are on the virtual one.
            var report = await turn.RunAsync(id);
            return report with { NextAt = report.NextAt is { } at ? TimeProvider.System.GetUtcNow() + (at - clock.GetUtcNow()) : null };
        });
        foreach (var activity in EffectActivities.All)
        {
            tasks.AddActivityFunc<DueEffect>(activity, (_, due) => effect.RunAsync(due));
        }
    }

    private static async Task AdvanceAsync(IAssessmentStore store, InstanceWaker poker, Ehc1Benchmark.SetClock clock, DateTimeOffset to, Action<DateTimeOffset> setClock)
    {
        await SettleAsync(store, poker, clock);
        while (await store.NextDueAsync() is { } next && next <= to)
        {
            setClock(next > clock.Now ? next : clock.Now);
            await SettleAsync(store, poker, clock);
        }

        setClock(to);
    }

    /// <summary>Pokes what is due, as the sweeper does, until nothing is; one that was poked just now is at work.</summary>
    private static async Task SettleAsync(IAssessmentStore store, InstanceWaker poker, Ehc1Benchmark.SetClock clock)
    {
        var poked = new ConcurrentDictionary<AssessmentId, DateTimeOffset>();
        while (true)
        {
            var due = (await store.DueAsync(clock.Now, AtOnce)).Concat((await store.DueEffectsAsync(clock.Now, AtOnce)).Select(effect => effect.Effect.Assessment)).Distinct().ToList();
            if (due.Count == 0)
            {
                return;
            }

            var now = TimeProvider.System.GetUtcNow();
            await Parallel.ForEachAsync(due.Where(id => poked.GetValueOrDefault(id) < now - PokesAgain), new ParallelOptions { MaxDegreeOfParallelism = Window }, async (id, cancellationToken) =>
            {
                poked[id] = now;
                await poker.WakeAsync(id, cancellationToken);
            });
            await Task.Delay(Look);
        }
    }

    private static void Row(string what, Ehc1Result r) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {what,-44} | {r.Cases,9:N0} | {r.CasesASecond,9:N1} | {r.StepsASecond,9:N0} | {r.Store.Wait(0.5).TotalMilliseconds,9:F1} | {r.Store.Wait(0.99).TotalMilliseconds,9:F1} | {r.PeakMemory / 1e6,9:N0} | {r.Served} drafts served"));
}
