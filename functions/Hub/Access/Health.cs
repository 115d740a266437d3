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
        routes.MapGet("/health/ready", async (IAssessmentStore store, IEnumerable<IWarmStart> starts, CancellationToken cancellation) =>
        {
            await Task.WhenAll(starts.Select(s => s.Done)).WaitAsync(cancellation);
            await store.NextDueAsync(cancellation);
            return Results.Text("ready");
        }).AllowAnonymous().ExcludeFromDescription();
    }
}

/// <summary>Something that the host does once at its start, and that a caller should not meet half done.</summary>
public interface IWarmStart
{
    /// <summary>Ends when it is done, or was given up.</summary>
    Task Done { get; }
}
