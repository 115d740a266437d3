using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Durable.Tests;

/// <summary>The real orchestrator on Durable Task's own host. An engine that is thrown away is a task hub that is lost with all its instances.</summary>
public sealed class EngineContractTests : EngineContract
{
    private protected override Task<IAssessmentStore> OpenAsync() => Task.FromResult<IAssessmentStore>(new MemoryAssessmentStore());

    private protected override async Task<IDriven> DriveAsync(IAssessmentStore store, IEffectHandler outside, FakeTimeProvider clock) =>
        new DrivenDurable(store, await DurableHost.StartAsync(store, outside, clock), clock);
}
