using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.SignIn;

/// <summary>One use of the hub for which people sign in: its names and its addresses. One each for
/// the monitor, the workspace, contributors and families.</summary>
/// <param name="name">Name of the cookie's scheme; the cookie is <c>hub-NAME</c>.</param>
/// <param name="start">Its first page, with all its other pages below it: <c>/monitor</c>.</param>
public sealed class PageSignIn(string name, string start)
{
    /// <summary>The scheme of the cookie.</summary>
    internal string Scheme => name;

    /// <summary>The first page.</summary>
    internal string Start => start;

    /// <summary>Where somebody signs in.</summary>
    internal string Address { get; } = $"{start}/sign-in";

    /// <summary>Where somebody signs out.</summary>
    internal string SignOut { get; } = $"{start}/sign-out";

    /// <summary>The page for those who may not see what they asked for.</summary>
    internal string NotAllowed { get; } = $"{start}/not-allowed";

    /// <summary>Where an issuer sends people back to.</summary>
    /// <param name="issuer">Key of the issuer; empty where there is only one.</param>
    internal string CallbackOf(string issuer) => issuer.Length == 0 ? $"{start}/signed-in" : $"{start}/signed-in/{issuer}";

    /// <summary>The scheme of an issuer.</summary>
    /// <param name="issuer">Key of the issuer; empty where there is only one.</param>
    internal string SchemeOf(string issuer) => issuer.Length == 0 ? $"{name}-oidc" : $"{name}-oidc-{issuer}";

    /// <summary>The person in the cookie, where a rule allows them.</summary>
    /// <typeparam name="T">What a cookie says about a person.</typeparam>
    /// <param name="read">Reads it; null where the cookie names nobody.</param>
    /// <param name="allows">The rule.</param>
    internal AuthorizationPolicy Policy<T>(Func<ClaimsPrincipal, T?> read, Func<T, bool> allows)
        where T : class =>
        new AuthorizationPolicyBuilder(name).RequireAuthenticatedUser().RequireAssertion(c => read(c.User) is { } person && allows(person)).Build();

    /// <summary>Who asks, by the cookie; null where nobody signed in. For forms, which give people whose sign-in has expired what they typed back.</summary>
    /// <typeparam name="T">What a cookie says about a person.</typeparam>
    /// <param name="http">The request.</param>
    /// <param name="read">Reads it; null where the cookie names nobody.</param>
    internal async Task<T?> WhoAsync<T>(HttpContext http, Func<ClaimsPrincipal, T?> read)
        where T : class
    {
        var cookie = await http.AuthenticateAsync(name);
        if (cookie.Principal is not { } principal || read(principal) is not { } person)
        {
            return null;
        }

        // The antiforgery token is bound to the person who is signed in.
        http.User = principal;
        return person;
    }

    /// <summary>Only places among these pages: a sign-in must not lead elsewhere.</summary>
    internal string Local(string? to) =>
        to is not null && (to == start || to.StartsWith($"{start}/", StringComparison.Ordinal) || to.StartsWith($"{start}?", StringComparison.Ordinal))
        && !to.StartsWith(Address, StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal) && !to.Any(char.IsControl) ? to : start;
}
