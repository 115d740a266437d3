using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Contributing.SigningIn;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Contributing.Routes;

/// <summary>The pages that a contributor's link opens, and the same pages for people who signed in.</summary>
public sealed class ContributorVisits(
    ContributorLinkResolver resolver, ContributorSessions sessions, PageAccessCodes code, IAntiforgery forgery, IAccessLog log, MonitorOptions options, TakeInput take, TimeProvider time)
    : PageVisits<OpenedRequest>(code, forgery, log, options, time)
{
    private readonly TimeProvider time = time;

    /// <inheritdoc/>
    protected override string Gone =>
        "The link has expired, was replaced by another link, or was not copied in full, or the council no longer asks for this advice. Ask the council for a new link.";

    /// <inheritdoc/>
    protected override async Task<OpenedRequest?> FindAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!RequiresSignIn(http))
        {
            return await resolver.OpenAsync(Named(http, "id"), Named(http, "code"), cancellationToken);
        }

        var who = await sessions.WhoAsync(http);
        if (who is not null)
        {
            http.Items[typeof(Contributor)] = who;
        }

        return (who?.Agency ?? sessions.WasFor(http)) is { } agency
            ? await resolver.OpenAsync(Named(http, "id"), Named(http, Request), agency, who, cancellationToken)
            : null;
    }

    /// <inheritdoc/>
    protected override ValueTask<Standing> StandingAsync(HttpContext http, OpenedRequest opened) =>
        !opened.RequiresSignIn ? base.StandingAsync(http, opened) : new(opened.SignedIn is null ? Standing.MaySave : Standing.Passed);

    /// <inheritdoc/>
    protected override bool ShowsTyped(HttpContext http) => !RequiresSignIn(http);

    /// <inheritdoc/>
    internal override IResult NotFound(HttpContext http) =>
        !RequiresSignIn(http) ? base.NotFound(http)
        : !http.Items.ContainsKey(typeof(Contributor)) ? SignInAgain(http, http.Request.Path)
        : ContributorSignIn.Words(
            http, StatusCodes.Status404NotFound, "This is not one of your organisation’s requests",
            "The request was made to somebody else, the council has withdrawn it, or it has been answered and closed. Ask the council if you expected to see this request.", "Your requests", ContributorSessions.Use.Start);

    /// <inheritdoc/>
    internal override IResult Code(Visit<OpenedRequest> visit, int status = StatusCodes.Status200OK, string? problem = null, bool sent = false) =>
        !visit.Opened.RequiresSignIn ? base.Code(visit, status, problem, sent)
        : SignInAgain(visit.Http, visit.Address(visit.Http.Request.Query.ContainsKey("kept") ? "?done=kept" : ""));

    /// <summary>The name of the route value with the request's id, which only the pages for people who signed in have.</summary>
    internal const string Request = "request";

    private static IResult SignInAgain(HttpContext http, string to)
    {
        var again = $"{ContributorSessions.Use.Address}?to={Uri.EscapeDataString(to)}";
        return HttpMethods.IsGet(http.Request.Method) ? Results.LocalRedirect(again)
            : ContributorSignIn.Words(
                http, StatusCodes.Status401Unauthorized, "You are no longer signed in", "What you have just sent was not saved. Go back in your browser to copy what you wrote, then sign in again.", "Sign in again", again);
    }

    private static bool RequiresSignIn(HttpContext http) => http.Request.RouteValues.ContainsKey(Request);

    private static string Named(HttpContext http, string name) => http.Request.RouteValues[name]?.ToString() ?? "";

    /// <summary>Submits a step in the name of the agency that was asked for advice, in the same way as every other interface.</summary>
    /// <returns>The refusal, or null if the step was accepted.</returns>
    internal async Task<Refusal?> SendAsync(Visit<OpenedRequest> visit, AssessmentInput input, string once, CancellationToken cancellationToken)
    {
        var (opened, actor) = (visit.Opened, visit.Opened.Actor);
        if (StepCatalogue.Of(input).AgencyRefusal(input, AgencyInvolvement.Of(opened.State, actor.Agency!.Value)) is { } fault)
        {
            return new Refusal("not-yours-to-say", fault.Reason ?? "This request was made to somebody else.");
        }

        var submission = await take(Deliveries.Of(opened.State.Id, $"contribute/{opened.Request.Id}/{once}", actor, input, time), null, cancellationToken);
        return submission.Outcome?.Refusal;
    }
}
