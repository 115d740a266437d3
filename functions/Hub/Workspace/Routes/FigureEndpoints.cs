using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Returns;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The figures of a stored return, calculated on demand and downloaded as open data.</summary>
internal static class FigureEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(ReturnSelection.Path).ExcludeFromDescription();
        pages.MapPost("/{year:int}/{number:int}/figures", MakeAsync).RequireAuthorization(OfficerSignIn.For(Page.ReturnFiles));
        pages.MapGet("/{year:int}/figures.zip", FilesAsync).RequireAuthorization(OfficerSignIn.For(Page.ReturnFiles));
    }

    private static async Task<IResult> MakeAsync(HttpContext http, int year, int number, FigureService service, IAntiforgery forgery, IHostApplicationLifetime host) =>
        !await forgery.IsRequestValidAsync(http) ? Results.LocalRedirect(FormattableString.Invariant($"{ReturnSelection.Path}?year={year}"))
            : await service.MakeAsync(http.Officer(), year, number, host.ApplicationStopping) ? Results.LocalRedirect(FormattableString.Invariant($"{ReturnSelection.Path}?year={year}&done=figures"))
            : WorkspacePages.Absent(http, http.Officer());

    private static async Task<IResult> FilesAsync(HttpContext http, int year, FigureService service, CancellationToken cancellationToken) =>
        await service.ZipAsync(http.Officer(), year, cancellationToken) is { } bytes
            ? TypedResults.Bytes(bytes, "application/zip", FormattableString.Invariant($"figures-{year - 1}.zip"))
            : WorkspacePages.Absent(http, http.Officer());
}
