using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>The page that shows whether the clock is trusted, and the operator's confirmation that the clock is right.</summary>
internal static class ClockEndpoints
{
    private const int LongestReason = 500;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var clock = routes.MapGroup("/monitor/clock").ExcludeFromDescription();
        clock.MapGet("", (HttpContext http, IAntiforgery antiforgery, TimeProvider time) => Page(http, antiforgery, time, null, "")).RequireAuthorization(MonitorSignIn.Viewers);
        clock.MapPost("", ConfirmAsync).RequireAuthorization(MonitorSignIn.OperatorsOfAll);
    }

    private static async Task<IResult> ConfirmAsync(HttpContext http, IAntiforgery antiforgery, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var reason = (await http.Request.ReadFormAsync(cancellationToken))["reason"].ToString().Trim();
        if (reason.Length is 0 or > LongestReason)
        {
            return Page(http, antiforgery, time, "Explain how you know that the clock is right, in up to 500 characters", reason);
        }

        if (http.RequestServices.GetService<ClockMonitor>() is { Jump: not null } watch)
        {
            watch.Confirm(http.Viewer().Subject, reason);
        }

        return Results.Redirect("/monitor/clock");
    }

    private static IResult Page(HttpContext http, IAntiforgery antiforgery, TimeProvider time, string? problem, string reason) => MonitorPages.Page<ClockPage>(
        http,
        ("Viewer", http.Viewer()),
        ("Token", antiforgery.GetAndStoreTokens(http)),
        ("Leap", http.RequestServices.GetService<ClockMonitor>()?.Jump),
        ("Now", time.GetUtcNow()),
        ("Problem", problem),
        ("Reason", reason));
}
