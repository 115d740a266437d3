using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Durable.Tests.Storage;

/// <summary>
/// The engine contract on real storage: driver, worker and Azure's own engine over queues, tables and blobs. An engine that is thrown away is a
/// task hub that is lost with all its instances.
/// </summary>
public sealed class StorageEngineContractTests(Azurite azurite) : EngineContract
{
    private protected override Task<IAssessmentStore> OpenAsync()
    {
        azurite.Need();
        return Task.FromResult<IAssessmentStore>(new MemoryAssessmentStore());
    }

    private protected override async Task<IDriven> DriveAsync(IAssessmentStore store, IEffectHandler outside, FakeTimeProvider clock)
    {
        var sidecar = await StorageSidecar.StartAsync(azurite.ConnectionString, $"h{Guid.NewGuid():N}"[..20]);
        var host = await DurableHost.StartAsync(store, outside, clock, 1, register => StorageWorkerOf(sidecar, register));
        return new DrivenDurable(store, host, clock);
    }

    private static async Task<IRunningTasks> StorageWorkerOf(StorageSidecar sidecar, Action<Microsoft.DurableTask.DurableTaskRegistry> register) =>
        await StorageWorker.StartAsync(sidecar.Address, register, own: sidecar);
}
