using System.Globalization;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The children who change phase of education in a year, as a page and as a file.</summary>
internal static class TransferEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(TransfersPage.Address, async (HttpContext http, TransferList list, BoardUsage usage, TimeProvider time, CancellationToken cancellationToken) =>
        {
            await usage.AskAsync(cancellationToken);
            var filter = TransferFilter.Read(http.Request.Query, LondonDate.Of(time.GetUtcNow()));
            return Show(http, StatusCodes.Status200OK, filter, await list.PageAsync(http.Officer(), filter, "phase transfers", cancellationToken), time, null);
        }).RequireAuthorization(OfficerSignIn.For(Page.Transfers)).ExcludeFromDescription();

        routes.MapGet($"{TransfersPage.Address}/csv", async (HttpContext http, TransferList list, BoardUsage usage, TimeProvider time, CancellationToken cancellationToken) =>
        {
            await usage.AskAsync(cancellationToken);
            var filter = TransferFilter.Read(http.Request.Query, LondonDate.Of(time.GetUtcNow())) with { Page = 1, OnOnePage = true };
            var part = await list.PageAsync(http.Officer(), filter, "phase transfers as a file", cancellationToken);
            return part is { Pages: 1, IsComplete: true }
                ? TypedResults.Bytes(TransferLines.Of(part.Items), "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"transfers-{filter.Year}.csv"))
                : Show(
                    http, StatusCodes.Status422UnprocessableEntity, filter, part, time,
                    part.IsComplete ? $"A file can contain at most {WorkPage.Max} children. Filter the list first" : "The hub is still reading the cases, so the file would not be complete. Try again in a few minutes");
        }).RequireAuthorization(OfficerSignIn.For(Page.Transfers)).ExcludeFromDescription();
    }

    private static IResult Show(HttpContext http, int status, TransferFilter filter, TransferPage part, TimeProvider time, string? problem) => WorkspacePages.Show<TransfersPage>(
        http, http.Officer(), status, ("Filter", filter), ("Part", part), ("Today", LondonDate.Of(time.GetUtcNow())), ("Problem", problem));
}
