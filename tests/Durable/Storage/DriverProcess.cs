using System.Diagnostics;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Durable.Tests.Storage;

/// <summary>
/// A process of the hub with everything that dies when an instance on Azure dies: engine, worker, activities. It is told everything by its
/// arguments, looks for what is due and pokes it, and is killed.
/// </summary>
internal static class DriverProcess
{
    internal const string Verb = "drive";
    internal const string Ready = "ready";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PokeAgain = TimeSpan.FromSeconds(10);

    /// <param name="connection">Connection string of the storage.</param>
    /// <param name="tables">Beginning of the names of the store's tables.</param>
    /// <param name="taskHub">The task hub.</param>
    /// <param name="clock">File of the clock.</param>
    /// <param name="outside">File to which each effect that is carried out adds its id.</param>
    internal static async Task<int> RunAsync(string connection, string tables, string taskHub, string clock, string outside)
    {
        var store = new AzureAssessmentStore(new TableServiceClient(connection), new BlobServiceClient(connection), NamesOf(tables));
        await using var sidecar = await StorageSidecar.StartAsync(connection, taskHub);
        await using var host = await DurableHost.StartAsync(
            store, new Ledger(outside), new FileClock(clock), 1, async register => await StorageWorker.StartAsync(sidecar.Address, register));
        var poked = new Dictionary<AssessmentId, (DateTimeOffset Clock, long At)>();
        Console.WriteLine(Ready);
        while (true)
        {
            var now = new FileClock(clock).GetUtcNow();
            var due = (await store.DueAsync(now, 500)).Concat((await store.DueEffectsAsync(now, 500)).Select(e => e.Effect.Assessment)).Distinct();
            // A poke is a message: what is poked at every look fills its queue faster than it is emptied, and nothing else is done.
            var unanswered = due.Where(id => !poked.TryGetValue(id, out var last) || last.Clock != now || Stopwatch.GetElapsedTime(last.At) > PokeAgain).ToList();
            await Parallel.ForEachAsync(unanswered, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (id, cancellationToken) => await PokeAsync(host, id, cancellationToken));
            unanswered.ForEach(id => poked[id] = (now, Stopwatch.GetTimestamp()));
            await Task.Delay(BetweenLooks);
        }
    }

    internal static AzureStoreOptions NamesOf(string tables) => new()
    {
        Assessments = tables + "a",
        Due = tables + "d",
        Lists = tables + "l",
        Agencies = tables + "g",
        Container = tables,
    };

    private static async Task PokeAsync(DurableHost host, AssessmentId assessment, CancellationToken cancellationToken)
    {
        try
        {
            await host.InstancePoker.WakeAsync(assessment, cancellationToken);
        }
        catch (Grpc.Core.RpcException)
        {
            // It was not taken; the next look pokes again, as the sweeper does.
        }
    }

    /// <summary>The other side of every effect: what reached it is on the disk before it answers.</summary>
    private sealed class Ledger(string path) : IEffectHandler
    {
        private readonly Lock gate = new();

        public bool Handles(Effect effect) => true;

        public ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
        {
            lock (gate)
            {
                using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
                file.Write(Encoding.UTF8.GetBytes(effect.Id + "\n"));
            }

            return new(EffectResult.Done("reference-" + effect.Id));
        }
    }
}
