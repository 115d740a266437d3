using IntegrationHub.Embedded.Tests.Contract;
using IntegrationHub.Embedded.Tests.Sqlite;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Stores;

public sealed class MemoryStoreKeepsTheContract : AssessmentStoreContract
{
    protected override IAssessmentStore Open() => new MemoryAssessmentStore();

    protected override ValueTask CloseAsync(IAssessmentStore store) => default;
}

public sealed class SqliteStoreKeepsTheContract : AssessmentStoreContract
{
    private readonly DatabaseFolder folder = new();
    private IAssessmentStore? reopened;

    protected override IAssessmentStore Open() => SqliteAssessmentStore.Open(folder.Settings);

    protected override async ValueTask<IAssessmentStore> ReopenedAsync()
    {
        await ((SqliteAssessmentStore)Store).DisposeAsync();
        return reopened = Open();
    }

    protected override async ValueTask CloseAsync(IAssessmentStore store)
    {
        await ((SqliteAssessmentStore)store).DisposeAsync();
        if (reopened is SqliteAssessmentStore again)
        {
            await again.DisposeAsync();
        }

        folder.Dispose();
    }
}

/// <summary>The same, with next to nothing held in memory: every answer comes from the file.</summary>
public sealed class SqliteStoreWithoutMemoryKeepsTheContract : AssessmentStoreContract
{
    private readonly DatabaseFolder folder = new();

    protected override IAssessmentStore Open() => SqliteAssessmentStore.Open(folder.Settings with { MaxHeld = 1, MaxHeldBytes = 1, MaxPackedBytes = 0 });

    protected override async ValueTask CloseAsync(IAssessmentStore store)
    {
        await ((SqliteAssessmentStore)store).DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>The same, with everything but the assessment used last packed.</summary>
public sealed class SqliteStoreThatPacksKeepsTheContract : AssessmentStoreContract
{
    private readonly DatabaseFolder folder = new();

    protected override IAssessmentStore Open() => SqliteAssessmentStore.Open(folder.Settings with { MaxHeld = 1 });

    protected override async ValueTask CloseAsync(IAssessmentStore store)
    {
        await ((SqliteAssessmentStore)store).DisposeAsync();
        folder.Dispose();
    }
}
