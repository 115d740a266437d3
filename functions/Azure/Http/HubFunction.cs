using IntegrationHub.Functions.Routing;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IntegrationHub.Azure.Http;

/// <summary>
/// Every HTTP request: one trigger for every path and method, behind which are the hub's own access control and addresses, the same as on one
/// machine. Anonymous to the Functions host, because the hub asks for a token itself.
/// </summary>
public sealed class HubFunction(HubPipeline hub, CurrentDurableClient hand)
{
    /// <summary>Answers a request.</summary>
    [Function("Hub")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        hand.Use(client);
        return hub.RunAsync(request.HttpContext);
    }
}
