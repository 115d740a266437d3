using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Embedded.Tests.Sqlite;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Engine;

/// <summary>The embedded engine on SQLite.</summary>
public sealed class EngineContractTests : EngineContract, IDisposable
{
    private readonly DatabaseFolder folder = new();

    private protected override Task<IAssessmentStore> OpenAsync() => Task.FromResult<IAssessmentStore>(SqliteAssessmentStore.Open(folder.Settings));

    private protected override Task<IDriven> DriveAsync(IAssessmentStore store, IEffectHandler outside, FakeTimeProvider clock) => EmbeddedAsync(store, outside, clock);

    public void Dispose() => folder.Dispose();
}
