using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Access;

/// <summary>Whether the process lives and whether its store answers: open to everybody, because probes carry no token, and without a word about any assessment.</summary>
public static class Health
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", async (IAssessmentStore store, CancellationToken cancellation) =>
        {
            await store.NextDueAsync(cancellation);
            return Results.Text("ready");
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
