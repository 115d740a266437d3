using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>The store that this project's tests run against; the tests of the local host run the same against a file.</summary>
internal static class StoreUnderTest
{
    internal static IFhirResourceStore New() => new InMemoryFhirStore();
}
