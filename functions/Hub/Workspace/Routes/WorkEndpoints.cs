using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// The officers' lists of work, and the search for cases. The search is sent in the body of the request, because a search is personal data
/// and must not be in an address.
/// </summary>
internal static class WorkEndpoints
{
    private const int LongestSearch = 200;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var scope in Enum.GetValues<WorkScope>())
        {
            List(scope);
        }

        routes.MapGet("/workspace/csv", CsvAsync).RequireAuthorization(OfficerSignIn.For(Page.Work)).ExcludeFromDescription();
        routes.MapPost("/workspace/filters", FilterAsync).RequireAuthorization(OfficerSignIn.For(Page.Work)).ExcludeFromDescription();
        routes.MapGet("/workspace/search", (HttpContext http) => WorkspacePages.Show<SearchPage>(http, http.Officer(), StatusCodes.Status200OK))
            .RequireAuthorization(OfficerSignIn.For(Page.Search)).ExcludeFromDescription();
        routes.MapPost("/workspace/search", SearchAsync).RequireAuthorization(OfficerSignIn.For(Page.Search)).ExcludeFromDescription();

        routes.MapGet("/workspace/dashboard", async (HttpContext http, CaseBoard board, BoardUsage usage, TimeProvider time, CancellationToken cancellationToken) =>
        {
            await usage.AskAsync(cancellationToken);
            return WorkspacePages.Show<DashboardPage>(
                http, http.Officer(), StatusCodes.Status200OK, ("Board", Dashboard.Of(board.Current, http.Officer().Council, LondonDate.Of(time.GetUtcNow()))),
                ("Name", (Func<AgencyId, string?>)board.NameOf));
        }).RequireAuthorization(OfficerSignIn.For(Page.Dashboard)).ExcludeFromDescription();

        void List(WorkScope scope) =>
            routes.MapGet(scope.Address(), async (HttpContext http, WorkList work, BoardUsage usage, CancellationToken cancellationToken) =>
            {
                await usage.AskAsync(cancellationToken);
                var filter = WorkFilter.Read(http.Request.Query);
                return Show(http, StatusCodes.Status200OK, scope, filter, await work.PageAsync(http.Officer(), scope, filter, "list of work", cancellationToken), null);
            }).RequireAuthorization(OfficerSignIn.For(Page.Work)).ExcludeFromDescription();
    }

    private static IResult Show(HttpContext http, int status, WorkScope scope, WorkFilter filter, WorkPage page, string? problem) => WorkspacePages.Show<WorkPageView>(
        http, http.Officer(), status, ("Scope", scope), ("Filter", filter), ("Work", page), ("Saved", SavedFilters.Of(http.Request)), ("Chosen", http.Request.Query["chosen"] == "all"),
        ("HasTeam", http.RequestServices.GetRequiredService<WorkspaceOptions>().ColleaguesOf(http.Officer().Subject).Count > 0), ("Problem", problem));

    /// <summary>A list of work as a file. As when the list is shown on a page, the access is recorded in the access log of every case
    /// in it.</summary>
    private static async Task<IResult> CsvAsync(HttpContext http, WorkList work, BoardUsage usage, TimeProvider time, CancellationToken cancellationToken)
    {
        await usage.AskAsync(cancellationToken);
        var (scope, filter) = (WorkScopes.Of(http.Request.Query["of"]) ?? WorkScope.Mine, WorkFilter.Read(http.Request.Query) with { Page = 1, OnOnePage = true });
        var page = await work.PageAsync(http.Officer(), scope, filter, "list of work as a file", cancellationToken);
        return page.FileProblem is null
            ? TypedResults.Bytes(CsvLines.Of(http.Officer(), page.Items), "text/csv; charset=utf-8", $"{scope}-{LondonDate.Of(time.GetUtcNow()):yyyy-MM-dd}.csv")
            : Show(http, StatusCodes.Status422UnprocessableEntity, scope, filter, page, page.FileProblem);
    }

    private static async Task<IResult> FilterAsync(HttpContext http, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        if (!await forgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        var scope = WorkScopes.Of(form["of"]) ?? WorkScope.Mine;
        if (form["remove"].ToString() is { Length: > 0 } gone)
        {
            SavedFilters.Remove(http, gone);
            return Results.LocalRedirect(scope.Address());
        }

        var filter = SavedFilters.Clean(new SavedFilter(form["name"].ToString().Trim(), scope.Tail(), form["query"].ToString()));
        if (filter.Name.Length > 0)
        {
            SavedFilters.Save(http, filter);
        }

        return Results.LocalRedirect(filter.Address);
    }

    private static async Task<IResult> SearchAsync(HttpContext http, CaseSearch search, CaseReader reader, BoardUsage usage, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        if (!await forgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        await usage.AskAsync(cancellationToken);
        var officer = http.Officer();
        var typed = (await http.Request.ReadFormAsync(cancellationToken))["q"].ToString();
        var asked = typed.Length > LongestSearch ? typed[..LongestSearch] : typed;
        var found = await search.FindAsync(officer, asked, cancellationToken);
        var files = await reader.OpenAsync(officer, found.Take(CaseSearch.Max), "search", cancellationToken);
        IReadOnlyList<WorkItem> items = [.. files.Select(WorkItem.Of)];
        return WorkspacePages.Show<SearchPage>(
            http, officer, StatusCodes.Status200OK, ("Asked", asked), ("Items", items), ("More", found.Count > CaseSearch.Max), ("IsComplete", search.IsComplete));
    }
}
