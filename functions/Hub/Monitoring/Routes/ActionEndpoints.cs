using System.Diagnostics;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring.Actions;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>
/// The pages for operators' actions. A page shows an action's consequence and asks for a reason. The action is then decided like any other
/// input, so its event records who acted and why.
/// </summary>
internal static class ActionEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var actions = routes.MapGroup("/monitor/cases/{id}/actions/{action}").RequireAuthorization(MonitorSignIn.Operators).ExcludeFromDescription();
        actions.MapGet("", AskAsync);
        actions.MapPost("", ActAsync);
    }

    private static async Task<IResult> AskAsync(HttpContext http, string id, string action, string? about, IAssessmentStore store, RuleBook rules, IAntiforgery antiforgery, CancellationToken cancellationToken) =>
        OperatorAction.Find(action) is { } found && await CaseEndpoints.FindAsync(http.Viewer(), id, store, rules, cancellationToken) is { } state
            ? Page(http, antiforgery, state, found, about ?? "", new TypedInput("", "", "", ""), [])
            : NotFound(http, antiforgery);

    private static async Task<IResult> ActAsync(
        HttpContext http, string id, string action, IAssessmentStore store, TakeInput take, CaseBoard board, RuleBook rules, TimeProvider time, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        var isOurs = await antiforgery.IsRequestValidAsync(http);
        var viewer = http.Viewer();
        if (OperatorAction.Find(action) is not { } found || await CaseEndpoints.FindAsync(viewer, id, store, rules, cancellationToken) is not { } state)
        {
            return NotFound(http, antiforgery);
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        var (about, reason, once) = (form["about"].ToString(), form["reason"].ToString().Trim(), form["once"].ToString());
        var problems = new List<(string Field, string Text)>();
        if (found.NeedsDay && OperatorAction.DayOf(form) is null)
        {
            problems.Add(("day", "Enter the last day of the pause as a day, a month and a year, for example 14 7 2026"));
        }

        if (reason.Length == 0)
        {
            problems.Add(("reason", "Enter a reason"));
        }

        if (!isOurs)
        {
            problems.Add(("reason", "This page was open for too long, or was not filled in on this site. Nothing was done. Check it and send it again"));
        }
        else if (once.Length is 0 or > 64 || !once.All(char.IsAsciiLetterOrDigit))
        {
            problems.Add(("reason", "This form is incomplete: go back to the case and start again"));
        }

        if (problems.Count == 0 && found.Make(about, OperatorAction.DayOf(form), reason) is { } input)
        {
            // The id was created when the page was shown, so a form that is sent twice takes effect only once.
            var submission = await take(
                new Delivery
                {
                    Assessment = state.Id,
                    MessageId = $"monitor/{viewer.Subject}/{once}",
                    By = new Actor { Role = ActorRole.Operator, Id = viewer.Subject },
                    ReceivedAt = time.GetUtcNow(),
                    CorrelationId = Activity.Current?.TraceId.ToHexString(),
                    Input = input,
                },
                null,
                cancellationToken);
            board.Take((await store.LoadAsync(state.Id, cancellationToken)).State);
            if (submission.Outcome!.Refusal is not { } refusal)
            {
                return Results.LocalRedirect($"/monitor/cases/{state.Id}?done={found.Key}");
            }

            problems.Add(("reason", refusal.Reason));
        }

        return Page(http, antiforgery, state, found, about, new TypedInput(reason, form["day"].ToString(), form["month"].ToString(), form["year"].ToString()), problems);
    }

    private static IResult Page(
        HttpContext http, IAntiforgery antiforgery, AssessmentState state, OperatorAction action, string about, TypedInput typed, IReadOnlyList<(string Field, string Text)> problems) =>
        MonitorPages.Page<Pages.ActionPage>(
            http,
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Viewer", http.Viewer()),
            ("Token", antiforgery.GetAndStoreTokens(http)),
            ("Id", state.Id),
            ("Subject", SubjectOf(state, about)),
            ("Action", action),
            ("About", about),
            // A new id is created each time the page is shown. If an input is refused, every input with the same id is refused too, so
            // the next attempt needs a new id.
            ("Once", Guid.NewGuid().ToString("N")),
            ("Typed", typed),
            ("Problems", problems));

    private static string SubjectOf(AssessmentState whole, string about)
    {
        var sight = OperationsSight.Of(whole);
        return sight.Shown(whole).Requests.FirstOrDefault(request => request.Id == about) is { } request ? $"{Words.Of(request)} from {request.Agency?.Name ?? "the family"}"
            : whole.FailedEffects.FirstOrDefault(failed => failed.EffectId == about) is { } failed ? sight.Describe(whole, failed.Effect)
            : about;
    }

    private static IResult NotFound(HttpContext http, IAntiforgery antiforgery) =>
        MonitorPages.Page<Pages.NotFoundPage>(http, StatusCodes.Status404NotFound, ("Viewer", http.Viewer()), ("Token", antiforgery.GetAndStoreTokens(http)));
}
