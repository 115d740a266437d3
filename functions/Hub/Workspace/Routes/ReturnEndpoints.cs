using System.Globalization;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Functions.Workspace.Returns;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// The SEN2 return: built and stored on demand, with its errors and doubts by case, its files, and the changes since an earlier return.
/// </summary>
internal static class ReturnEndpoints
{
    private const string Restricted = "The return contains cases that are restricted to others. Only somebody who may see all of these cases can download the files. The people who run the hub can also build the files with a command.";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(ReturnSelection.Path).ExcludeFromDescription();
        pages.MapGet("", (HttpContext http, ReturnService service, FigureService figures, BoardUsage usage, CancellationToken cancellationToken) => ShowAsync(http, service, figures, usage, null, StatusCodes.Status200OK, cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.Return));
        pages.MapPost("", BuildAsync).RequireAuthorization(OfficerSignIn.For(Page.ReturnFiles));
        pages.MapGet("/{year:int}/{number:int}/changes", ChangesAsync).RequireAuthorization(OfficerSignIn.For(Page.ReturnFiles));
        pages.MapGet("/{year:int}/{number:int}/sen2.xml", (HttpContext http, int year, int number, ReturnService service, FigureService figures, BoardUsage usage, CancellationToken cancellationToken) =>
            FileAsync(http, year, number, asTables: false, service, figures, usage, cancellationToken)).RequireAuthorization(OfficerSignIn.For(Page.ReturnFiles));
        pages.MapGet("/{year:int}/{number:int}/tables.zip", (HttpContext http, int year, int number, ReturnService service, FigureService figures, BoardUsage usage, CancellationToken cancellationToken) =>
            FileAsync(http, year, number, asTables: true, service, figures, usage, cancellationToken)).RequireAuthorization(OfficerSignIn.For(Page.ReturnFiles));
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task<IResult> ShowAsync(HttpContext http, ReturnService service, FigureService figures, BoardUsage usage, string? problem, int status, CancellationToken cancellationToken)
    {
        await usage.AskAsync(cancellationToken);
        var query = http.Request.Query;
        var year = Number(query["year"]) is { } asked && ReturnService.Years.Contains(asked) ? asked : service.YearNow;
        var kind = query["kind"].ToString();
        var view = await service.ViewAsync(http.Officer(), new ReturnSelection(year, query["of"] == "mine", kind.Length > 0 ? kind : null, Number(query["page"]) ?? 1), cancellationToken);
        return WorkspacePages.Show<ReturnPage>(http, http.Officer(), status, ("View", view), ("Problem", problem), ("Done", query["done"].ToString()), ("Figures", await figures.OfAsync(http.Officer(), year, cancellationToken)),
            ("IsPublic", figures.IsPublic(http.Officer())));
    }

    private static async Task<IResult> BuildAsync(HttpContext http, ReturnService service, FigureService figures, BoardUsage usage, IAntiforgery forgery, IHostApplicationLifetime host, CancellationToken cancellationToken)
    {
        var year = Number((await http.Request.ReadFormAsync(cancellationToken))["year"]);
        if (!await forgery.IsRequestValidAsync(http) || year is not { } asked || !ReturnService.Years.Contains(asked))
        {
            return await ShowAsync(http, service, figures, usage, "This page was open for too long, or was not filled in on this site. Nothing was built. Start building the return again", StatusCodes.Status422UnprocessableEntity, cancellationToken);
        }

        return await service.BuildAsync(http.Officer(), asked, host.ApplicationStopping)
            ? Results.LocalRedirect(FormattableString.Invariant($"{ReturnSelection.Path}?year={asked}&done=built"))
            : await ShowAsync(http, service, figures, usage, "The return is being built at the moment. Open this page again in a minute", StatusCodes.Status409Conflict, cancellationToken);
    }

    private static async Task<IResult> ChangesAsync(HttpContext http, int year, int number, ReturnService service, BoardUsage usage, CancellationToken cancellationToken)
    {
        await usage.AskAsync(cancellationToken);
        var query = http.Request.Query;
        return await service.ChangesAsync(http.Officer(), year, number, Number(query["since"]), Number(query["page"]) ?? 1, cancellationToken) is { } view
            ? WorkspacePages.Show<ReturnChangesPage>(http, http.Officer(), StatusCodes.Status200OK, ("View", view))
            : WorkspacePages.Absent(http, http.Officer());
    }

    private static async Task<IResult> FileAsync(HttpContext http, int year, int number, bool asTables, ReturnService service, FigureService figures, BoardUsage usage, CancellationToken cancellationToken) =>
        await service.FileAsync(http.Officer(), year, number, asTables, cancellationToken) switch
        {
            null => WorkspacePages.Absent(http, http.Officer()),
            { Bytes: { } bytes } => TypedResults.Bytes(bytes, asTables ? "application/zip" : "application/xml", FormattableString.Invariant($"sen2-{year}-{number}.{(asTables ? "zip" : "xml")}")),
            _ => await ShowAsync(http, service, figures, usage, Restricted, StatusCodes.Status409Conflict, cancellationToken),
        };
}
