using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Visiting.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Visiting.Routes;

/// <summary>
/// What all pages for people without an account have in common: a link opens its page or is answered with 404, nothing is cached or passed
/// on to other sites, personal data is shown only after the code, and each opening is recorded in the case's access log before the page is
/// sent.
/// </summary>
/// <typeparam name="T">What a link opens.</typeparam>
public abstract class PageVisits<T>(PageCode code, IAntiforgery forgery, IAccessLog log, MonitorOptions options, TimeProvider time)
    where T : class, ICodedPage
{
    /// <summary>The text shown for a link that opens nothing.</summary>
    protected abstract string Gone { get; }

    /// <summary>What the request's address opens; null where it opens nothing.</summary>
    protected abstract Task<T?> FindAsync(HttpContext http, CancellationToken cancellationToken);

    /// <summary>Where somebody may sign in instead of asking for a code, and with which issuer; null where nobody can.</summary>
    protected virtual (string Title, string Address)? SignInOf(T opened) => null;

    /// <summary>What is wrong with the account of somebody who signed in instead of asking for a code; null where nothing is.</summary>
    protected virtual string? AccountProblem(HttpContext http) => null;

    /// <summary>How far the browser is authenticated; here only by codes.</summary>
    protected virtual ValueTask<Standing> StandingAsync(HttpContext http, T opened) => new(code.StandingOf(http, opened));

    /// <summary>The page of a link that opens nothing.</summary>
    internal virtual IResult NotFound(HttpContext http) => MonitorPages.Page<GonePage>(http, StatusCodes.Status404NotFound, ("Text", Gone));

    /// <summary>Answers a request that shows or changes something.</summary>
    /// <param name="http">The request.</param>
    /// <param name="what">What is shown: a short word for the access log.</param>
    /// <param name="answer">Answers a visitor who has given the code.</param>
    /// <param name="keep">Keeps what was sent when the code had expired; null where the page has no fields.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<IResult> AnswerAsync(HttpContext http, string what, Func<Visit<T>, Task<IResult>> answer, Func<Visit<T>, Task<bool>>? keep, CancellationToken cancellationToken)
    {
        var (visit, refused) = await OpenAsync(http, cancellationToken);
        if (visit is null)
        {
            return refused!;
        }

        if (visit.Standing == Standing.Passed)
        {
            if (visit.Opened.Case is { } assessment)
            {
                await log.WriteAsync([new CaseReading(assessment, time.GetUtcNow(), visit.Opened.Reader, visit.Opened.Role, what)], cancellationToken);
            }

            return await answer(visit);
        }

        if (visit is { Standing: Standing.MaySave, IsOurs: true } && keep is not null && await keep(visit))
        {
            return Results.LocalRedirect(visit.Address("?kept"));
        }

        return visit.Form is null ? Results.LocalRedirect(visit.Address()) : Code(visit, StatusCodes.Status401Unauthorized, "First ask for a code and type it in. What you typed just now was not kept");
    }

    /// <summary>
    /// Sends a code, or checks one. Opening the page does not send a code, so that programs which open links in mail change nothing.
    /// </summary>
    internal async Task<IResult> CodeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (visit, refused) = await OpenAsync(http, cancellationToken);
        return visit is null ? refused! : await CodeAsync(visit, cancellationToken);
    }

    /// <summary>The same for a page that is already open.</summary>
    internal async Task<IResult> CodeAsync(Visit<T> visit, CancellationToken cancellationToken)
    {
        if (!visit.IsOurs)
        {
            return Code(visit, StatusCodes.Status400BadRequest, $"{Visit<T>.NotOurs} Try again");
        }

        var outcome = visit.Form!["send"] == "code"
            ? await code.SendAsync(visit.Http, visit.Opened, cancellationToken)
            : await code.AnswerAsync(visit.Http, visit.Opened, visit.Form["code"].ToString(), cancellationToken);
        return outcome switch
        {
            CodeOutcome.Passed => Results.LocalRedirect(visit.Address()),
            CodeOutcome.Sent => Code(visit, sent: true),
            CodeOutcome.Revoked when visit.Opened.Case is not null => NotFound(visit.Http),
            CodeOutcome.Revoked => Code(visit, StatusCodes.Status422UnprocessableEntity, "Too many codes were wrong. Ask for a new one"),
            CodeOutcome.TooMany => Code(visit, StatusCodes.Status429TooManyRequests, "Several codes have already been sent. Use the newest one, or wait a quarter of an hour"),
            CodeOutcome.NotSent => Code(visit, StatusCodes.Status503ServiceUnavailable, "No code could be sent. Try again later, or ask the council"),
            _ => Code(visit, StatusCodes.Status422UnprocessableEntity, "That is not the code, or it has expired, or it was asked for in another browser"),
        };
    }

    /// <summary>Opens a link; or returns the answer where it opens nothing or the form cannot be read.</summary>
    internal async Task<(Visit<T>? Visit, IResult? Refused)> OpenAsync(HttpContext http, CancellationToken cancellationToken)
    {
        // The link is a secret: it must not be passed on to other sites. Every answer of the hub already forbids caching.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (!http.Request.IsHttps && !options.DevelopmentSignIn)
        {
            return (null, Access.Problem.Of(StatusCodes.Status400BadRequest, "https-only", "This page can only be opened over https."));
        }

        if (await FindAsync(http, cancellationToken) is not { } opened)
        {
            return (null, NotFound(http));
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return (new Visit<T>(http, opened, await StandingAsync(http, opened), null, true), null);
        }

        try
        {
            var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
            var ours = await forgery.IsRequestValidAsync(http);
            return (new Visit<T>(http, opened, await StandingAsync(http, opened), form, ours), null);
        }
        catch (Exception unread) when (unread is InvalidDataException or BadHttpRequestException)
        {
            return (null, MonitorPages.Page<TooLargePage>(http, StatusCodes.Status413PayloadTooLarge, ("Council", opened.Rules.Council.Name), ("Back", opened.Path)));
        }
    }

    /// <summary>The page that asks for the code.</summary>
    internal virtual IResult Code(Visit<T> visit, int status = StatusCodes.Status200OK, string? problem = null, bool sent = false) => MonitorPages.Page<CodePage>(
        visit.Http, status, ("View", visit.Opened), ("Token", forgery.GetAndStoreTokens(visit.Http)), ("Problem", problem), ("Sent", sent),
        ("Kept", visit.Http.Request.Query.ContainsKey("kept")), ("WasIn", visit.Standing == Standing.MaySave), ("SignIn", SignInOf(visit.Opened)),
        ("AccountProblem", AccountProblem(visit.Http)));

    /// <summary>A page of the link, with the antiforgery token for its forms.</summary>
    internal IResult Page<TPage>(Visit<T> visit, int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent =>
        MonitorPages.Page<TPage>(visit.Http, status, [("View", visit.Opened), ("Token", forgery.GetAndStoreTokens(visit.Http)), .. parameters]);
}
