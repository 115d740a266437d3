using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Reads the capabilities of an agency's FHIR endpoint with the same certificate and token as a request for advice.</summary>
public sealed class PushTest(PushEndpoints endpoints, FhirPush push) : IChannelTest
{
    /// <inheritdoc/>
    public Reach Reach => Reach.FhirPush;

    /// <inheritdoc/>
    public string Description => "reads the CapabilityStatement of the FHIR endpoint, which every FHIR server provides";

    /// <inheritdoc/>
    public async ValueTask<ChannelTestResult> TryAsync(AgencyEntry agency, LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(agency);
        if (endpoints.Of(agency.Id) is not { } endpoint)
        {
            return new ChannelTestResult(false, "The test did not run, because the hub was started without this endpoint.");
        }

        var id = Guid.NewGuid().ToString();
        var (resource, trouble) = await push.CapabilitiesAsync(endpoint, new CallIds(id, id), cancellationToken);
        return resource is CapabilityStatement said
            ? new ChannelTestResult(true, $"The endpoint accepted the hub and uses FHIR {said.FhirVersion}{(said.Software?.Name is { Length: > 0 } name ? $", {name}" : "")}.")
            : new ChannelTestResult(false, trouble?.Detail ?? "The endpoint did not return a CapabilityStatement.");
    }
}
