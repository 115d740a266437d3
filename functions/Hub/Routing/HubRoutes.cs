using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using Microsoft.AspNetCore.Routing;

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
    }
}
