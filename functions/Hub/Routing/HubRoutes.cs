using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Routes;
using IntegrationHub.Functions.Nhs.Rest;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Plans.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Routing;

/// <summary>The hub's addresses, said once: every host maps these and no others.</summary>
public static class HubRoutes
{
    /// <summary>Maps everything that the hub answers.</summary>
    public static void MapHub(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapApiDocument();
        routes.MapCouncil();
        routes.MapPlans();
        routes.MapPushedAssessments();
        if (routes.ServiceProvider.GetService<IFhirResourceStore>() is not null)
        {
            // Where the host keeps FHIR resources. It asks who is calling by itself, so that a refusal is an OperationOutcome; only its
            // CapabilityStatement is open.
            routes.MapFhir("/fhir").AllowAnonymous();
        }

        if (routes.ServiceProvider.GetService<MonitorOptions>() is not null)
        {
            routes.MapMonitoring();
        }
    }
}
