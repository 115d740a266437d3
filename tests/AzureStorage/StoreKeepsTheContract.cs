using IntegrationHub.Embedded.Tests.Contract;
using IntegrationHub.Orchestrations.AzureStorage;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>The contract that the SQLite store keeps, on tables and blobs.</summary>
public class AzureStoreKeepsTheContract(Azurite azurite) : AssessmentStoreContract, IAsyncLifetime
{
    private AzureStoreOptions? options;

    /// <summary>Bytes above which a value goes to a blob; null for the usual number.</summary>
    protected virtual int? LargestInline => null;

    /// <summary>One more page of rows than one, of a thousand.</summary>
    protected override int Many => Load.Of(full: 2000, small: 1100);

    protected override int Each => Load.Of(full: 500, small: 150);

    public async ValueTask InitializeAsync() => options = await azurite.FreshAsync(LargestInline);

    protected override IAssessmentStore Open() => azurite.Store(options!);

    protected override ValueTask<IAssessmentStore> ReopenedAsync() => new(Open());

    protected override ValueTask CloseAsync(IAssessmentStore store) => default;
}

/// <summary>The same with everything in blobs: states, events, effects, deliveries and outcomes; with an emulator of its own, as one has one thread.</summary>
public sealed class AzureStoreInBlobsKeepsTheContract(Azurite azurite) : AzureStoreKeepsTheContract(azurite), IClassFixture<Azurite>
{
    protected override int? LargestInline => 1;

    // The emulator goes through all its blobs for each one; rows and their pages are the same as without blobs.
    protected override int Many => Load.Of(full: 2000, small: 150);

    protected override int Each => Load.Of(full: 500, small: 60);
}
