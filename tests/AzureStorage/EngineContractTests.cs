using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>The embedded engine on tables and blobs.</summary>
public sealed class EngineContractTests(Azurite azurite) : EngineContract
{
    private protected override async Task<IAssessmentStore> OpenAsync() => azurite.Store(await azurite.FreshAsync());

    private protected override Task<IDriven> DriveAsync(IAssessmentStore store, IEffectHandler outside, FakeTimeProvider clock) => EmbeddedAsync(store, outside, clock);
}
