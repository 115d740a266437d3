using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Functions.Nhs.Journal;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>The contract of FHIR stores, on a journal in Azurite's tables and blobs.</summary>
internal static class StoreUnderTest
{
    internal static IFhirResourceStore New() => new Shelf().Host();
}

/// <summary>A journal of its own, and hosts on it.</summary>
internal sealed class Shelf
{
    private readonly Azurite azurite;
    private readonly string name = $"f{Guid.NewGuid():N}";

    internal Shelf()
    {
        azurite = TestContext.Current.GetFixture<Azurite>().AsTask().GetAwaiter().GetResult() ?? throw new InvalidOperationException("There is no Azurite in this assembly.");
        azurite.Need();
        Journal().CreateAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    }

    internal TableClient Table => azurite.Tables().GetTableClient(name);

    internal JournalFhirStore Host(HttpPipelinePolicy? policy = null) => new(Journal(policy));

    internal TableJournal Journal(HttpPipelinePolicy? policy = null)
    {
        var options = new TableClientOptions { Retry = { MaxRetries = policy is null ? 3 : 1, Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero } };
        if (policy is not null)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return new TableJournal(azurite.Tables(options).GetTableClient(name), azurite.Blobs().GetBlobContainerClient(name));
    }
}
