using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Visiting.Pages;
using IntegrationHub.Functions.Workspace.Forms;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Visiting.Routes;

/// <summary>
/// The common rules of all pages for people without an account. A link opens its page or is answered with 404, and nothing is cached or
/// passed on to other sites. Personal data is shown only after the code was entered, and each visit is recorded in the case's access log
/// before the page is sent.
/// </summary>
/// <typeparam name="T">The type of page that a link opens.</typeparam>
public abstract class PageVisits<T>(PageAccessCodes code, IAntiforgery forgery, IAccessLog log, MonitorOptions options, TimeProvider time)
    where T : class, IAccessCodePage
{
    // The fields of the page that asks for the code.
    private static readonly string[] OfCode = ["send", "code", "mail"];

    /// <summary>The text shown for a link that does not work.</summary>
    protected abstract string Gone { get; }

    /// <summary>The page at the request's address, or null if the link does not work.</summary>
    protected abstract Task<T?> FindAsync(HttpContext http, CancellationToken cancellationToken);

    /// <summary>Address at which somebody can sign in instead of requesting a code, and the issuer's name; null if nobody can.</summary>
    protected virtual (string Title, string Address)? SignInOf(T opened) => null;

    /// <summary>The problem with the account of somebody who signed in instead of requesting a code, or null if there is none.</summary>
    protected virtual string? AccountProblem(HttpContext http) => null;

    /// <summary>What the browser is allowed to do: nothing, save text, or see the page. By default, nothing is allowed until a code has
    /// been entered.</summary>
    protected virtual ValueTask<Standing> StandingAsync(HttpContext http, T opened) => new(code.StandingOf(http, opened));

    /// <summary>The page for a link that does not work.</summary>
    internal virtual IResult NotFound(HttpContext http) => MonitorPages.Page<GonePage>(http, StatusCodes.Status404NotFound, ("Text", Gone));

    /// <summary>Answers a request that shows or changes something.</summary>
    /// <param name="http">The request.</param>
    /// <param name="what">A short word for the access log that says what is shown.</param>
    /// <param name="answer">Answers a visitor who has entered the code.</param>
    /// <param name="keep">Saves the form of a visitor whose code has expired, or null if the page has no fields.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
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

        return visit.Form is null ? Results.LocalRedirect(visit.Address()) : Code(visit, StatusCodes.Status401Unauthorized, "Ask for a code and enter it first. What you just typed was not saved. If this page shows it, copy it now");
    }

    /// <summary>
    /// Sends a code, or checks one. Opening the page does not send a code, so that programs that open links in e-mails change nothing.
    /// </summary>
    internal async Task<IResult> CodeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (visit, refused) = await OpenAsync(http, cancellationToken);
        return visit is null ? refused! : await CodeAsync(visit, cancellationToken);
    }

    /// <summary>Sends or checks a code for a page that is already open.</summary>
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
            CodeOutcome.Revoked => Code(visit, StatusCodes.Status422UnprocessableEntity, "You entered too many wrong codes. Ask for a new code"),
            CodeOutcome.TooMany => Code(visit, StatusCodes.Status429TooManyRequests, "We have already sent you several codes. Use the newest code, or wait 15 minutes"),
            CodeOutcome.NotSent => Code(visit, StatusCodes.Status503ServiceUnavailable, "We could not send you a code. Try again later, or ask the council"),
            _ => Code(visit, StatusCodes.Status422UnprocessableEntity, "That is not the right code, or it has expired, or you asked for it in another browser"),
        };
    }

    /// <summary>Opens a link, or returns a refusal if the link does not work or the form cannot be read.</summary>
    internal async Task<(Visit<T>? Visit, IResult? Refused)> OpenAsync(HttpContext http, CancellationToken cancellationToken)
    {
        // The link is a secret that must not be passed on to other sites. Every answer of the hub already forbids caching.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (!http.Request.IsHttps && !options.DevelopmentSignIn)
        {
            return (null, Problem.Of(StatusCodes.Status400BadRequest, "https-only", "This page can only be opened over https."));
        }

        if (await FindAsync(http, cancellationToken) is not { } opened)
        {
            return (null, await GoneAsync(http, cancellationToken));
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
        catch (UnreadableFormException unread)
        {
            return (null, MonitorPages.Page<UnreadableVisitPage>(http, unread.Status, ("Fault", unread), ("Council", opened.Rules.Council.Name), ("Back", opened.Path)));
        }
    }

    /// <summary>Whether a form that was sent with a link that no longer works is shown, so that its text can be copied.</summary>
    protected virtual bool ShowsTyped(HttpContext http) => true;

    // Nothing that somebody typed for hours is dropped because the link ended in the meantime.
    private async Task<IResult> GoneAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType || !ShowsTyped(http))
        {
            return NotFound(http);
        }

        try
        {
            return MonitorPages.Page<GonePage>(http, StatusCodes.Status404NotFound, ("Text", Gone), ("Typed", TextOf(await http.Request.ReadFormAsync(cancellationToken))));
        }
        catch (UnreadableFormException)
        {
            return NotFound(http);
        }
    }

    /// <summary>The page that asks for the code.</summary>
    internal virtual IResult Code(Visit<T> visit, int status = StatusCodes.Status200OK, string? problem = null, bool sent = false) => MonitorPages.Page<CodePage>(
        visit.Http, status, ("View", visit.Opened), ("Token", forgery.GetAndStoreTokens(visit.Http)), ("Problem", problem), ("Sent", sent),
        ("Kept", visit.Http.Request.Query.ContainsKey("kept")), ("WasIn", visit.Standing == Standing.MaySave), ("SignIn", SignInOf(visit.Opened)),
        ("AccountProblem", AccountProblem(visit.Http)), ("Typed", TypedOn(visit)));

    /// <summary>What was typed on a page of a browser that must enter a code first, so that it can be copied; empty if nothing was.</summary>
    internal static string TypedOn(Visit<T> visit) => visit.Form is not { } form || visit.Standing == Standing.Passed ? "" : TextOf(form);

    /// <summary>The sentences that were typed on a form; empty if there are none, or if the form is that of the code.</summary>
    internal static string TextOf(IFormCollection form) => OfCode.Any(form.ContainsKey) ? ""
        : string.Join("\n\n", FormValues.Of(form).All.Values.Where(text => text.Any(char.IsWhiteSpace)).Select(text => text.Trim()));

    /// <summary>The page for an address below a link that works, where there is nothing.</summary>
    internal IResult Absent(Visit<T> visit) => Page<AbsentVisitPage>(visit, StatusCodes.Status404NotFound);

    /// <summary>A page that the link opens, with the antiforgery token for its forms.</summary>
    internal IResult Page<TPage>(Visit<T> visit, int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent =>
        MonitorPages.Page<TPage>(visit.Http, status, [("View", visit.Opened), ("Token", forgery.GetAndStoreTokens(visit.Http)), .. parameters]);
}
