using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Nhs.Access;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>Callers of the FHIR endpoint by the hub's own roles: an agency takes part as itself, a council's officer reads what the council asked.</summary>
public sealed class HubFhirCallers : IFhirCallers
{
    /// <inheritdoc/>
    public FhirCaller? Of(HttpContext context) => context.Features.Get<Caller>() switch
    {
        { Role: CallerRole.Agency, Agency: { } agency } => new FhirCaller(agency.Value, MayWrite: true),
        { Role: CallerRole.CouncilOfficer, Council: { } council } => new FhirCaller($"la:{council.Value}", MayWrite: false),
        _ => null,
    };
}
