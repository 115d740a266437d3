using IntegrationHub.Functions.Figures;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The total costs of a council's plans, as a page and as a file. The totals name no child.</summary>
internal static class CostEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(CostFiguresPage.Address, async (HttpContext http, CaseBoard board, BoardUsage usage, FiguresOptions options, RuleBook rules, CancellationToken cancellationToken) =>
        {
            await usage.AskAsync(cancellationToken);
            var council = http.Officer().Council;
            IReadOnlyDictionary<string, string> titles = rules.Serves(council)
                ? rules.For(council).Council.Bands.GroupBy(band => band.Code).ToDictionary(band => band.Key, band => band.MaxBy(one => one.From)!.Title, StringComparer.Ordinal)
                : new Dictionary<string, string>();
            return WorkspacePages.Show<CostFiguresPage>(http, http.Officer(), StatusCodes.Status200OK, ("Figures", CostFigures.Of(board.Current, council, options.SmallestCount)), ("Titles", titles));
        }).RequireAuthorization(OfficerSignIn.For(Page.CostFigures)).ExcludeFromDescription();

        routes.MapGet($"{CostFiguresPage.Address}/csv", async (HttpContext http, CaseBoard board, BoardUsage usage, FiguresOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        {
            await usage.AskAsync(cancellationToken);
            var figures = CostFigures.Of(board.Current, http.Officer().Council, options.SmallestCount);

            // The page says that the hub is still reading the cases. A file with the sums would not show that cases were missing.
            return figures.IsComplete
                ? TypedResults.Bytes(figures.Csv(), "text/csv; charset=utf-8", $"costs-{LondonDate.Of(time.GetUtcNow()):yyyy-MM-dd}.csv")
                : Results.LocalRedirect(CostFiguresPage.Address);
        }).RequireAuthorization(OfficerSignIn.For(Page.CostFigures)).ExcludeFromDescription();
    }
}
