using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// Actions on several cases together. A page first shows what would be done to each case, then the steps are submitted, and then a page
/// shows the result of each. Every step is submitted exactly as the step's own form would submit it.
/// </summary>
internal static class BulkEndpoints
{
    private const string Address = "/workspace/bulk";

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Address, AskAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> AskAsync(HttpContext http, CaseReader reader, StepSending sending, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (await OfficerSignIn.OfficerAsync(http) is not { } officer)
        {
            return MonitorPages.Page<SignedOutPage>(http, StatusCodes.Status401Unauthorized, ("Action", Address), ("Fields", WorkspacePages.Typed(form)));
        }

        var act = new BulkAction(form["act"] == "chase" ? BulkKind.Chase : BulkKind.Reassign, form["to"].ToString().Trim(), form["reason"].ToString().Trim());
        if (!act.IsOpenTo(officer))
        {
            return WorkspacePages.Show<ClosedPage>(http, officer, StatusCodes.Status403Forbidden);
        }

        var ids = form["case"].OfType<string>().Distinct().Select(text => AssessmentId.TryParse(text, out var id, out _) ? id : (AssessmentId?)null).OfType<AssessmentId>().ToList();
        var files = await reader.OpenAsync(officer, ids.Take(BulkAction.Max), $"action on several cases: {act.Step.Name}", cancellationToken);
        var once = form["_once"].ToString();
        var problem = !await forgery.IsRequestValidAsync(http) ? "This page was open for too long. Nothing was sent. Check the page and continue"
            : files.Count == 0 ? "Choose at least one case in the list"
            : ids.Count > BulkAction.Max ? $"Choose at most {BulkAction.Max} cases at a time. You chose {ids.Count}, and only the first {BulkAction.Max} are listed below. Choose the others afterwards"
            : act.Missing;
        if (problem is not null || form["confirmed"] != "yes" || !StepAsked.IsDrawn(once))
        {
            // The page is opened from the list of work, which does not ask for the details that the action needs. A missing detail is
            // therefore not reported when the page is first shown.
            var shown = files.Count == 0 || ids.Count > BulkAction.Max || form["asked"] == "yes" ? problem : null;
            IReadOnlyList<BulkLine> lines = [.. files.Select(act.Of)];
            return WorkspacePages.Show<BulkPage>(
                http, officer, shown is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, ("Act", act), ("Lines", lines), ("Problem", shown),
                ("Once", Guid.NewGuid().ToString("N")));
        }

        var results = new List<BulkResult>();
        foreach (var line in files.Select(act.Of))
        {
            var id = line.File.State.Id;
            var seen = long.TryParse(form[$"seen-{id}"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
            foreach (var (step, what) in line.Steps)
            {
                var sent = await sending.SendAsync(officer, id, $"{once}/{id}/{results.Count}", seen, null, step, cancellationToken);
                results.Add(new BulkResult(line.File, what, sent switch
                {
                    { Meanwhile.Count: > 0 } => $"Somebody has changed the case in the meantime: {string.Join(" ", sent.Meanwhile.Select(entry => entry.Text))} Nothing was sent.",
                    { Refusal: { } refusal } => refusal.Reason,
                    _ => null,
                }));
            }
        }

        IReadOnlyList<AssessmentId> closed = [.. ids.Except(files.Select(file => file.State.Id))];
        return WorkspacePages.Show<BulkResultPage>(http, officer, StatusCodes.Status200OK, ("Act", act), ("Results", results), ("Closed", closed));
    }
}
