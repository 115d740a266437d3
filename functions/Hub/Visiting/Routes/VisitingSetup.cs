using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Workspace.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Visiting.Routes;

/// <summary>What pages without an account have in common.</summary>
public static class VisitingSetup
{
    /// <summary>Bytes of a form of words.</summary>
    internal const int MostTyped = 4 * 1024 * 1024;

    /// <summary>Bytes of a form that holds a code or a button; and of what is around a file.</summary>
    internal const int MostAround = 64 * 1024;

    /// <summary>Adds it to a host that has notices, documents and an access log.</summary>
    public static IServiceCollection AddVisiting(this IServiceCollection services) =>
        services.AddSingleton<PageCode>().AddSingleton<PageDrafts>().AddSingleton<DraftFiles>();

    /// <summary>Maps the styles of the pages.</summary>
    public static void MapVisiting(this IEndpointRouteBuilder routes) => WorkspaceSetup.MapStyles(routes, "/visit");

    /// <summary>Bounds the body of an endpoint.</summary>
    internal static void Takes(this RouteHandlerBuilder endpoint, long bytes) => endpoint.WithMetadata(new RequestSizeLimitAttribute(bytes));
}
