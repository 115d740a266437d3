using System.Net.Mime;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Functions.Workspace.Panel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The papers of one case, for the members of the panel: a page, and one file to download.</summary>
internal static class PanelPapersEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var papers = routes.MapGroup("/workspace/cases/{id}/papers").ExcludeFromDescription();
        papers.MapGet("", ShowAsync).RequireAuthorization(OfficerSignIn.For(Page.Panel));
        papers.MapGet("/file", TakeAsync).RequireAuthorization(OfficerSignIn.For(Page.Panel));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string id, CaseReader reader, PanelPapers papers, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(http.Officer(), id, "papers for the panel", cancellationToken) is not { } file)
        {
            return WorkspacePages.Absent(http, http.Officer());
        }

        var (layout, documents) = await papers.OfAsync(http.Officer(), file, cancellationToken);
        return WorkspacePages.Show<PapersPage>(http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Papers", layout), ("Documents", documents));
    }

    private static async Task<IResult> TakeAsync(HttpContext http, string id, CaseReader reader, PanelPapers papers, CancellationToken cancellationToken)
    {
        var officer = http.Officer();

        // The file is written through the response body's writer, because the end of each ZIP entry is written synchronously, which the
        // body itself does not allow.
        return await reader.OpenAsync(officer, id, "papers for the panel, as a file", cancellationToken) is { } file
            ? TypedResults.Stream(_ => papers.WriteAsync(officer, file, http.Response.BodyWriter.AsStream(leaveOpen: true), http.RequestAborted), MediaTypeNames.Application.Zip, $"papers-{file.State.Id}.zip")
            : WorkspacePages.Absent(http, officer);
    }
}
