using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Nhs.Access;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>
/// Identifies callers of the FHIR endpoint by the hub's roles. An agency acts in its own name, and a council's officer can read the
/// council's requests.
/// </summary>
public sealed class HubFhirCallers : IFhirCallers
{
    /// <inheritdoc/>
    public FhirCaller? Of(HttpContext context) => context.Features.Get<Caller>() switch
    {
        { Role: CallerRole.Agency, Agency: { } agency, Subject: var who } => new FhirCaller(agency.Value, MayWrite: true, who),
        { Role: CallerRole.CouncilOfficer, Council: { } council, Subject: var who } => new FhirCaller($"la:{council.Value}", MayWrite: false, who),
        _ => null,
    };
}
