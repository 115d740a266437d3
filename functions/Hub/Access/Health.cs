using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Access;

/// <summary>Whether the process lives and whether each of its stores takes a write: open to everybody, because probes carry no token, and without a word about any assessment.</summary>
public static class Health
{
    // Balancers and watchers of uptime ask with HEAD where the words do not matter to them.
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c>, and <c>/health/background</c> for who operates the hub.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health/live", GetAndHead, () => Results.Text("live")).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        routes.MapMethods("/health/ready", GetAndHead, async (
            Readiness readiness, BackgroundWork work, IServiceProvider services, CancellationToken cancellation) =>
        {
            var problems = await readiness.ProblemsAsync(cancellation);

            // What was set aside, or waits for a word about the clock, is for a person; the process serves all the same, and a balancer must not take it away.
            string[] clock = services.GetService<ClockWatch>() is { MayDecideByTime: false } ? ["degraded: the clock leapt, nothing is decided by time"] : [];
            string[] notes = [.. clock, .. services.GetServices<IReadinessNote>().SelectMany(note => note.Lines), .. BackgroundHealth.Lines(work), .. BackgroundHealth.Lines(services.GetServices<IRoomWatch>())];
            return problems.Count == 0
                ? Results.Text(string.Join('\n', ["ready", .. notes]))
                : Results.Text(string.Join('\n', ["not ready", .. problems, .. notes]), statusCode: StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        routes.MapBackgroundHealth().Allow(CallerRole.Operator, CallerRole.OperationsReader);
    }
}

/// <summary>Something that the host does once at its start, and that a caller should not meet half done.</summary>
public interface IWarmStart
{
    /// <summary>Ends when it is done, or was given up.</summary>
    Task Done { get; }
}
