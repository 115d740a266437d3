using IntegrationHub.Functions.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Routing;

/// <summary>
/// The hub's access control and endpoints as one pipeline, for a host that has already routed the request to an endpoint of its own (on
/// Azure Functions, one trigger receives every path). The pipeline is built once and is safe for concurrent use.
/// </summary>
public sealed class HubPipeline
{
    private readonly RequestDelegate run;

    /// <summary>Builds the pipeline from the host's services.</summary>
    public HubPipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseHubAccess();
        app.UseEndpoints(routes => routes.MapHub());
        run = app.Build();
    }

    /// <summary>Answers a request. When this method returns, the answer has been written.</summary>
    public Task RunAsync(HttpContext http)
    {
        // Routing would skip a request that already has an endpoint, so the host's endpoint and route values are removed first.
        http.SetEndpoint(null);
        http.Request.RouteValues = new RouteValueDictionary();
        return run(http);
    }
}
