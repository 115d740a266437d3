using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Local.Fhir;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>The endpoint's tests, run against a file of their own each.</summary>
internal static class StoreUnderTest
{
    internal static IFhirResourceStore New() => new SqliteFhirStore(Path.Combine(Directory.CreateTempSubdirectory("fhir-").FullName, "fhir.db"));
}
