using System.Globalization;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// The pages of a plan: the whole plan, each section next to the advice, a comparison of two versions, and the plan as the family will see it.
/// </summary>
internal static class PlanPageEndpoints
{
    // The plan's document uses its own styles and is not a page of the workspace.
    private const string DocumentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        Plan("", "plan", (http, file, views, cancellationToken) => ShowAsync(http, file, views, cancellationToken));
        Plan("/compare", "versions of the plan", CompareAsync);
        Plan("/preview", "plan as the family will see it", PreviewAsync);
        Plan("/{section}", "section of the plan", SectionAsync);

        void Plan(string tail, string what, Func<HttpContext, CaseFile, PlanEditorViews, CancellationToken, Task<IResult>> show) =>
            routes.MapGet($"/workspace/cases/{{id}}/plan{tail}", async (HttpContext http, string id, CaseReader reader, PlanEditorViews views, CancellationToken cancellationToken) =>
                await reader.OpenAsync(http.Officer(), id, what, cancellationToken) is { } file
                    ? await show(http, file, views, cancellationToken)
                    : WorkspacePages.Absent(http, http.Officer())).RequireAuthorization(OfficerSignIn.For(Page.Plan)).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, CaseFile file, PlanEditorViews views, CancellationToken cancellationToken) =>
        WorkspacePages.Show<PlanPage>(
            http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Desk", await views.OfAsync(http.Officer(), file, cancellationToken)));

    private static async Task<IResult> SectionAsync(HttpContext http, CaseFile file, PlanEditorViews views, CancellationToken cancellationToken) =>
        Enum.TryParse<PlanSectionLetter>(http.Request.RouteValues["section"]?.ToString(), out var letter) && Enum.IsDefined(letter)
            ? WorkspacePages.Show<PlanSectionPage>(
                http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Desk", await views.OfAsync(http.Officer(), file, cancellationToken)), ("Letter", letter),
                ("Done", http.Request.Query["done"].ToString()))
            : WorkspacePages.Absent(http, http.Officer());

    private static async Task<IResult> CompareAsync(HttpContext http, CaseFile file, PlanEditorViews views, CancellationToken cancellationToken)
    {
        var versions = await views.VersionsAsync(http.Officer(), file, cancellationToken);
        return WorkspacePages.Show<PlanComparePage>(
            http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Versions", versions), ("From", Asked("from", versions.Count - 2)), ("To", Asked("to", versions.Count - 1)));

        int Asked(string name, int otherwise) =>
            Math.Clamp(int.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : otherwise, 0, Math.Max(0, versions.Count - 1));
    }

    /// <summary>The document exactly as the family receives it: either a version as it was prepared, or the plan as it would be sent now.</summary>
    private static async Task<IResult> PreviewAsync(HttpContext http, CaseFile file, PlanEditorViews views, CancellationToken cancellationToken)
    {
        var officer = http.Officer();
        var plan = int.TryParse(http.Request.Query["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (await views.VersionsAsync(officer, file, cancellationToken)).FirstOrDefault(one => one.Version == version && version <= file.State.Plans.Count)
            : (await views.OfAsync(officer, file, cancellationToken)).Plan;
        if (plan is null)
        {
            return WorkspacePages.Absent(http, officer);
        }

        http.Response.Headers.ContentSecurityPolicy = DocumentPolicy;
        return TypedResults.Text(PlanHtml.Render(plan, PlanKeeping.Facts(file.State, plan, file.Rules)), "text/html; charset=utf-8");
    }
}
