using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Visiting.Pages;
using IntegrationHub.Functions.Workspace.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Visiting.Routes;

/// <summary>Services and routes shared by the pages for people without an account.</summary>
public static class VisitingSetup
{
    /// <summary>Size of the largest form that has only text fields, in bytes.</summary>
    internal const int MaxTyped = 4 * 1024 * 1024;

    /// <summary>Size of the largest form that has only a code or a button, in bytes; also the allowance for the other parts of a form with a
    /// file.</summary>
    internal const int MaxAround = 64 * 1024;

    /// <summary>Adds the services of the pages for people without an account to a host that has notices, documents and an access
    /// log.</summary>
    public static IServiceCollection AddVisiting(this IServiceCollection services) =>
        services.AddSingleton<PageAccessCodes>().AddSingleton<PageDrafts>().AddSingleton<DraftFiles>()
            .AddSingleton(new UnreadableFormAnswer("", (http, fault) => MonitorPages.Page<UnreadableVisitPage>(http, fault.Status, ("Fault", fault))));

    /// <summary>Maps the stylesheet of the pages.</summary>
    public static void MapVisiting(this IEndpointRouteBuilder routes) => WorkspaceSetup.MapStyles(routes, "/visit");

    /// <summary>Limits the size of the request body that an endpoint accepts.</summary>
    internal static void Takes(this RouteHandlerBuilder endpoint, long bytes) => endpoint.WithMetadata(new RequestSizeLimitAttribute(bytes));
}
