using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Functions.SignIn;

/// <summary>The hub's own sign-in pages, as opposed to those of the issuer.</summary>
/// <param name="Signed">The policy that requires a signed-in person.</param>
internal sealed record SignInPages(AuthorizationPolicy Signed)
{
    /// <summary>Renders the form of the development sign-in from the request and the address to go to afterwards; null if there is no
    /// development sign-in.</summary>
    internal Func<HttpContext, string, AntiforgeryTokenSet, IResult>? Form { get; init; }

    /// <summary>Reads the person from the form's fields; returns null if the fields name nobody.</summary>
    internal Func<HttpContext, IFormCollection, ClaimsPrincipal?> Enter { get; init; } = (_, _) => null;

    /// <summary>Renders the page on which people choose one of several issuers.</summary>
    internal Func<HttpContext, string, IResult>? Choose { get; init; }

    /// <summary>Removes other data about the person from the browser when they sign out.</summary>
    internal Action<HttpContext>? Leaving { get; init; }

    /// <summary>Address of the page shown after signing out, or null for the first page, which asks people to sign in.</summary>
    internal string? Left { get; init; }
}

/// <summary>Endpoints for signing in to and out of one group of pages.</summary>
internal static class SignInRoutes
{
    /// <summary>Maps the endpoints.</summary>
    internal static void MapPageSignIn(this IEndpointRouteBuilder routes, SignInSetting setting, SignInPages pages)
    {
        var use = setting.Use;
        routes.MapGet(use.Address, (HttpContext http, string? to, string? with, IAntiforgery forgery) => setting.Issuers switch
        {
            [var only] => ChallengeAsync(http, setting, only, use.Local(to)),
            { Count: > 1 } when setting.Issuers.FirstOrDefault(issuer => issuer.Key == with) is { } chosen => ChallengeAsync(http, setting, chosen, use.Local(to)),
            { Count: > 1 } when pages.Choose is { } choose => Task.FromResult(choose(http, use.Local(to))),
            _ => Task.FromResult(pages.Form is { } form ? form(http, use.Local(to), forgery.GetAndStoreTokens(http)) : Results.NotFound()),
        }).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost(use.Address, (HttpContext http, IAntiforgery forgery) => EnterAsync(http, setting, pages, forgery)).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost(use.SignOut, async (HttpContext http, IAntiforgery forgery) =>
        {
            if (!await forgery.IsRequestValidAsync(http))
            {
                return Results.BadRequest();
            }

            await http.SignOutAsync(use.Scheme);
            pages.Leaving?.Invoke(http);
            return Results.LocalRedirect(pages.Left ?? use.Start);
        }).RequireAuthorization(pages.Signed).ExcludeFromDescription();
    }

    /// <summary>Sends a browser to an issuer, or shows a refusal if the issuer does not answer.</summary>
    internal static async Task<IResult> ChallengeAsync(HttpContext http, SignInSetting setting, SignInIssuer issuer, string to)
    {
        var scheme = setting.Use.SchemeOf(issuer.Key);
        var options = http.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(scheme);
        try
        {
            await options.ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
        }
        catch (Exception unreachable) when (unreachable is InvalidOperationException or IOException or HttpRequestException)
        {
            await SignInSetup.RefuseAsync(http, setting, SignInFault.Unreachable, null, unreachable);
            return Results.Empty;
        }

        return Results.Challenge(new AuthenticationProperties { RedirectUri = to }, [scheme]);
    }

    private static async Task<IResult> EnterAsync(HttpContext http, SignInSetting setting, SignInPages pages, IAntiforgery forgery)
    {
        if (setting.Issuers.Count > 0 || pages.Form is null)
        {
            return Results.NotFound();
        }

        if (!await forgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var fields = await http.Request.ReadFormAsync(http.RequestAborted);
        if (pages.Enter(http, fields) is not { } person)
        {
            return Results.BadRequest();
        }

        await http.SignInAsync(setting.Use.Scheme, person);
        return Results.LocalRedirect(setting.Use.Local(fields["to"]));
    }
}
