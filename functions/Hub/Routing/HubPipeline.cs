using IntegrationHub.Functions.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Routing;

/// <summary>
/// The hub's access control and addresses as one piece, for a host that has routed the request already and would answer it by itself (Azure
/// Functions: one trigger takes every path). Built once; safe for concurrent use.
/// </summary>
public sealed class HubPipeline
{
    private readonly RequestDelegate run;

    /// <summary>Builds it over the host's services.</summary>
    public HubPipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseHubAccess();
        app.UseEndpoints(routes => routes.MapHub());
        run = app.Build();
    }

    /// <summary>Answers a request. When it returns, the answer has been written.</summary>
    public Task RunAsync(HttpContext http)
    {
        // Routing leaves a request alone that has an endpoint: the one that the host chose must go first, with what it read from the path.
        http.SetEndpoint(null);
        http.Request.RouteValues = new RouteValueDictionary();
        return run(http);
    }
}
