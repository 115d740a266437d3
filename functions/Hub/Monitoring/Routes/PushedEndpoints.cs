using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Monitoring.Viewing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>
/// The pages for pushed assessments that wait for a decision. The sender's details of the child are not shown, only whether they match a
/// case. An operator attaches or dismisses an assessment after a confirmation and with a reason, which is recorded in every case concerned.
/// </summary>
internal static class PushedEndpoints
{
    private const string Address = "/monitor/pushed-assessments";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Address).ExcludeFromDescription();
        pages.MapGet("", ListAsync).RequireAuthorization(MonitorSignIn.Viewers);
        pages.MapGet("/{push}", ShowAsync).RequireAuthorization(MonitorSignIn.Viewers);
        pages.MapGet("/{push}/attach", (HttpContext http, string push, string? assessment, PushedDecisions decisions, IAntiforgery forgery, CancellationToken cancellationToken) =>
            AskAsync(http, push, assessment ?? "", decisions, forgery, cancellationToken)).RequireAuthorization(MonitorSignIn.Operators);
        pages.MapGet("/{push}/dismiss", (HttpContext http, string push, PushedDecisions decisions, IAntiforgery forgery, CancellationToken cancellationToken) =>
            AskAsync(http, push, "", decisions, forgery, cancellationToken)).RequireAuthorization(MonitorSignIn.Operators);
        pages.MapPost("/{push}/attach", DecideAsync).RequireAuthorization(MonitorSignIn.Operators);
        pages.MapPost("/{push}/dismiss", DecideAsync).RequireAuthorization(MonitorSignIn.Operators);
    }

    private static async Task<IResult> ListAsync(HttpContext http, PushedDecisions decisions, IAntiforgery forgery, CancellationToken cancellationToken) => MonitorPages.Page<PushedListPage>(
        http,
        ("Viewer", http.Viewer()),
        ("Token", forgery.GetAndStoreTokens(http)),
        ("Done", http.Request.Query["done"].ToString()),
        ("Waiting", await decisions.ListAsync(Of(http.Viewer()), cancellationToken)));

    private static async Task<IResult> ShowAsync(HttpContext http, string push, PushedDecisions decisions, IAntiforgery forgery, CancellationToken cancellationToken) =>
        await decisions.FindAsync(push, Of(http.Viewer()), cancellationToken) is { } view
            ? MonitorPages.Page<PushedPage>(http, ("Viewer", http.Viewer()), ("Token", forgery.GetAndStoreTokens(http)), ("Pushed", view))
            : NotFound(http, forgery);

    private static async Task<IResult> AskAsync(HttpContext http, string push, string assessment, PushedDecisions decisions, IAntiforgery forgery, CancellationToken cancellationToken) =>
        await decisions.FindAsync(push, Of(http.Viewer()), cancellationToken) is { } view && IsOf(view, assessment) ? Confirm(http, forgery, view, assessment, "", null) : NotFound(http, forgery);

    private static async Task<IResult> DecideAsync(
        HttpContext http, string push, PushedDecisions decisions, IAssessmentStore store, CaseBoard board, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        if (!await forgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        var (reason, attaches) = (form["reason"].ToString().Trim(), http.Request.Path.Value!.EndsWith("/attach", StringComparison.Ordinal));
        var assessment = attaches ? form["assessment"].ToString() : "";
        var viewer = Of(http.Viewer());

        // The form is checked before the decision, because afterwards there is no page on which to report a fault.
        var view = await decisions.FindAsync(push, viewer, cancellationToken);
        var decided = attaches
            ? AssessmentId.TryParse(assessment, out var id, out _) ? await decisions.AttachAsync(push, id, reason, viewer, cancellationToken) : new PushedDecision(null)
            : await decisions.DismissAsync(push, reason, viewer, cancellationToken);
        switch (decided)
        {
            case { Answer: { } answer }:
                foreach (var settled in answer.Assessments)
                {
                    board.Take((await store.LoadAsync(settled, cancellationToken)).State);
                }

                return Results.LocalRedirect($"{Address}?done={(answer.Outcome == UnsolicitedOutcome.Attached ? "attached" : "dismissed")}");
            case { Refusal: { } refusal } when view is not null && IsOf(view, assessment):
                return Confirm(http, forgery, view, assessment, reason, refusal.Code == "text-missing" ? "Enter a reason" : refusal.Reason);
            default:
                return NotFound(http, forgery);
        }
    }

    private static IResult Confirm(HttpContext http, IAntiforgery forgery, PushedView view, string assessment, string reason, string? problem) => MonitorPages.Page<PushedDecisionPage>(
        http,
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        ("Viewer", http.Viewer()),
        ("Token", forgery.GetAndStoreTokens(http)),
        ("Pushed", view),
        ("Candidate", view.Candidates.FirstOrDefault(candidate => candidate.Assessment.Value == assessment)),
        ("Reason", reason),
        ("Problem", problem));

    /// <summary>Whether a decision is about one of the candidate cases or, for a dismissal, about none of them.</summary>
    private static bool IsOf(PushedView view, string assessment) => assessment.Length == 0 || view.Candidates.Any(candidate => candidate.Assessment.Value == assessment);

    private static PushedViewer Of(Viewer viewer) => new(new Actor { Role = ActorRole.Operator, Id = viewer.Subject }, viewer.Council, SeesChild: false);

    private static IResult NotFound(HttpContext http, IAntiforgery forgery) =>
        MonitorPages.Page<NotFoundPage>(http, StatusCodes.Status404NotFound, ("Viewer", http.Viewer()), ("Token", forgery.GetAndStoreTokens(http)));
}
