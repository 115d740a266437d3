using IntegrationHub.Contracts.Api;
using IntegrationHub.Functions.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Notices.Printing;

/// <summary>The HTTP endpoints for letters that an officer must print and post.</summary>
public static class PrintEndpoints
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Maps the endpoints.</summary>
    public static void MapPrintRun(this IEndpointRouteBuilder routes)
    {
        var run = routes.MapGroup(ApiAddress.PrintRun).WithTags("Print run");
        run.MapGet("", (HttpContext http, PrintRun print, CancellationToken cancellationToken) => print.MakeAsync(http, cancellationToken))
            .Allow(CallerRole.CouncilOfficer).WithName("make-print-run").WithSummary("Get the letters to be posted, as one zip file with a sheet of addresses")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip").Refuses(503);
        run.MapPost("/posted", (HttpContext http, PrintRun print, CancellationToken cancellationToken) => print.PostedAsync(http, cancellationToken))
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .Allow(CallerRole.CouncilOfficer).Accepts<PostedBatch>("application/json").WithName("record-print-run-posted").WithSummary("Record that the letters of a batch were posted")
            .Produces<PostedAnswer>(StatusCodes.Status200OK, "application/json").Refuses(400, 413);
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses.Concat([401, 403, 429, 500]).Order())
        {
            endpoint.Produces<Problem>(status, Problem.MediaType);
        }

        return endpoint;
    }
}
