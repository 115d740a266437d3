using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Orchestrations.AzureStorage;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>Azure's own emulator for the tests of an assembly or of a class.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private AzuriteProcess? process;

    /// <summary>All three services, for whoever takes a connection string.</summary>
    internal string ConnectionString => process!.ConnectionString;

    public async ValueTask InitializeAsync() => process = AzuriteProcess.IsInstalled ? await AzuriteProcess.StartAsync() : null;

    public ValueTask DisposeAsync()
    {
        process?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test, and says why, where Azurite is not installed; fails it in continuous integration.</summary>
    internal void Need()
    {
        const string Missing = "Azurite is not installed: cd tests/peers && npm ci";
        Assert.False(process is null && Environment.GetEnvironmentVariable("CI") == "true", Missing);
        Assert.SkipWhen(process is null, Missing);
    }

    internal TableServiceClient Tables(TableClientOptions? options = null) => process!.Tables(options);

    internal BlobServiceClient Blobs(BlobClientOptions? options = null) => process!.Blobs(options);

    /// <summary>A store on the named tables, whose requests all pass through <paramref name="policy"/> first.</summary>
    internal AzureAssessmentStore Store(AzureStoreOptions options, HttpPipelinePolicy? policy = null)
    {
        // Refusals are answers; a fault that a test plants is not to be retried away.
        var tableOptions = new TableClientOptions { Retry = { MaxRetries = policy is null ? 3 : 0 } };
        var blobOptions = new BlobClientOptions { Retry = { MaxRetries = policy is null ? 3 : 0 } };
        if (policy is not null)
        {
            tableOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
            blobOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        return new AzureAssessmentStore(Tables(tableOptions), Blobs(blobOptions), options);
    }

    /// <summary>Names that nobody else uses, with their tables and container.</summary>
    internal async Task<AzureStoreOptions> FreshAsync(int? largestInline = null)
    {
        Need();
        var name = $"t{Guid.NewGuid():N}";
        var options = new AzureStoreOptions { Assessments = name + "a", Due = name + "d", Lists = name + "l", Agencies = name + "g", Container = name };
        options = largestInline is { } limit ? options with { LargestInline = limit } : options;
        await Store(options).CreateAsync(TestContext.Current.CancellationToken);
        return options;
    }
}
