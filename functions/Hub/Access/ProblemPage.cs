using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// A problem as a page, for people whose browser is at an address that has no page, or whose page could not be shown or saved. The interfaces
/// for programs always answer in JSON.
/// </summary>
internal static class ProblemPage
{
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private static readonly string[] ForPrograms = ["/v1", "/fhir", "/openapi", "/notify", "/health"];

    /// <summary>The parts of the hub to whose first page a page of a problem leads.</summary>
    private static readonly (string Path, string Words)[] Parts =
        [("/workspace", "Go to your work"), ("/monitor", "Go to the monitor"), ("/ask", "Ask for an assessment"), ("/requests", "Go to your organisation’s requests")];

    /// <summary>Whether the answer is read by a person at a browser.</summary>
    internal static bool IsFor(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !ForPrograms.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Writes the page.</summary>
    internal static Task WriteAsync(HttpContext http, Problem problem)
    {
        // Routing has found no page for this address and method, so signing in would not help.
        var status = problem.Status == StatusCodes.Status401Unauthorized && http.GetEndpoint() is not RouteEndpoint ? StatusCodes.Status404NotFound : problem.Status;
        if (status != problem.Status)
        {
            http.Response.Headers.Remove("WWW-Authenticate");
        }

        var (title, text) = WordsOf(status, problem, !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method));
        var (link, words) = Parts.FirstOrDefault(part => http.Request.Path.StartsWithSegments(part.Path, StringComparison.OrdinalIgnoreCase));
        return WriteAsync(
            http, status, title,
            $"<p>{WebUtility.HtmlEncode(text)}</p>",
            link is null ? "<p>If you followed a link in a letter or a message and it does not work, ask the council that sent it.</p>" : $"<p><a href=\"{link}\">{words}</a></p>");
    }

    /// <summary>
    /// Writes the page for somebody whose sign-in ended before a form was sent. The page shows the sentences that were typed, so that they can
    /// be copied: the form itself can only be shown to somebody who is signed in.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="signIn">The address at which the person can sign in again.</param>
    /// <returns>False if the form has no sentence; then nothing was written.</returns>
    internal static async Task<bool> WriteTypedAsync(HttpContext http, string signIn)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !IsFor(http) || !http.Request.HasFormContentType)
        {
            return false;
        }

        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (UnreadableFormException)
        {
            return false;
        }

        var typed = string.Join("\n\n", form.Where(field => !field.Key.StartsWith('_')).Select(field => field.Value.ToString().Trim()).Where(text => text.Any(char.IsWhiteSpace)));
        if (typed.Length == 0)
        {
            return false;
        }

        await WriteAsync(
            http, StatusCodes.Status401Unauthorized, "You are signed out",
            "<p>Nothing was sent. Copy what you typed, sign in again, and paste it into the form.</p>",
            $"""<div class="field"><label for="typed">What you typed</label><textarea id="typed" rows="8" readonly>{WebUtility.HtmlEncode("\n" + typed)}</textarea></div>""",
            $"""<p><a href="{WebUtility.HtmlEncode(signIn)}" target="_blank" rel="noopener">Sign in again (opens in a new tab)</a></p>""");
        return true;
    }

    private static Task WriteAsync(HttpContext http, int status, string title, params string[] parts)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="robots" content="noindex">
              <title>{WebUtility.HtmlEncode(title)} - Education, health and care needs assessment</title>
              <link rel="stylesheet" href="/visit/base.css">
              <link rel="stylesheet" href="/visit/style.css">
            </head>
            <body>
              <a class="skip" href="#main">Skip to main content</a>
              <header><div class="width"><span class="product">Education, health and care needs assessment</span></div></header>
              <main id="main" class="width" tabindex="-1">
                <h1>{WebUtility.HtmlEncode(title)}</h1>
                {string.Concat(parts)}
              </main>
            </body>
            </html>
            """, http.RequestAborted);
    }

    private static (string Title, string Text) WordsOf(int status, Problem problem, bool wasSent) => status switch
    {
        StatusCodes.Status404NotFound => ("Page not found", "There is no page at this address. If you typed the address, check that it is correct. If you used a link from a message, check that the whole link was copied."),
        StatusCodes.Status429TooManyRequests => ("Too many requests", "This service has had too many requests from you in the last minute. Wait a minute, then reload this page."),
        >= 500 when wasSent => ("Sorry, there is a problem with the service", "What you sent may not have been saved. Do not close this page. Wait a moment, then reload it. If your browser asks whether to send what you typed again, say yes: it takes effect only once."),
        >= 500 => ("Sorry, there is a problem with the service", "Try again in a few minutes."),
        _ => (problem.Title, problem.Detail),
    };
}
