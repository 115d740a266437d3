using IntegrationHub.Functions.Routing;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IntegrationHub.Azure.Http;

/// <summary>
/// Handles every HTTP request: one trigger for all paths and methods, with the hub's own access control and routes behind it, as on one
/// machine. The trigger is anonymous for the Functions host, because the hub itself requires a token.
/// </summary>
public sealed class HubFunction(HubPipeline hub, CurrentDurableClient currentClient)
{
    /// <summary>Answers an HTTP request.</summary>
    [Function("Hub")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        currentClient.Use(client);
        return hub.RunAsync(request.HttpContext);
    }
}
