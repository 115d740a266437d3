using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// Whether the process is running and whether each of its stores accepts a write. The health addresses are open to everybody, because
/// probes carry no token, and they say nothing about any assessment.
/// </summary>
public static class Health
{
    // Load balancers and uptime monitors use HEAD if they do not need the body.
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c>, and <c>/health/background</c> for the operators of the hub.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health/live", GetAndHead, () => Results.Text("live")).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        routes.MapMethods("/health/ready", GetAndHead, async (
            Readiness readiness, BackgroundWork work, IServiceProvider services, CancellationToken cancellationToken) =>
        {
            var problems = await readiness.ProblemsAsync(cancellationToken);

            // An operator must deal with items that were set aside, or with a clock that must be confirmed. The process still serves
            // requests, so a load balancer must not remove it.
            string[] clock = services.GetService<ClockMonitor>() is { IsTrusted: false } ? ["degraded: the clock jumped, and no decision that depends on the time is made until an operator confirms the clock"] : [];
            string[] notes = [.. clock, .. services.GetServices<IReadinessNote>().SelectMany(note => note.Lines), .. BackgroundHealth.Lines(work), .. BackgroundHealth.Lines(services.GetServices<IFreeSpaceMeter>())];
            return problems.Count == 0
                ? Results.Text(string.Join('\n', ["ready", .. notes]))
                : Results.Text(string.Join('\n', ["not ready", .. problems, .. notes]), statusCode: StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        routes.MapBackgroundHealth().Allow(CallerRole.Operator, CallerRole.OperationsReader);
    }
}

/// <summary>Work that the host does once when it starts, and that should be finished before the first request.</summary>
public interface IWarmStart
{
    /// <summary>A task that completes when the work is done or has been given up.</summary>
    Task Done { get; }
}
