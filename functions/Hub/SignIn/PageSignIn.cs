using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.SignIn;

/// <summary>The names and addresses of one group of pages for which people sign in. The monitor, the workspace, contributors and families
/// each have a group of pages.</summary>
/// <param name="name">Name of the cookie's scheme; the cookie is <c>hub-NAME</c>.</param>
/// <param name="start">Address of the first page, for example <c>/monitor</c>; all other pages are below it.</param>
public sealed class PageSignIn(string name, string start)
{
    /// <summary>The authentication scheme of the cookie.</summary>
    internal string Scheme => name;

    /// <summary>Address of the first page.</summary>
    internal string Start => start;

    /// <summary>Address for signing in.</summary>
    internal string Address { get; } = $"{start}/sign-in";

    /// <summary>Address for signing out.</summary>
    internal string SignOut { get; } = $"{start}/sign-out";

    /// <summary>Address of the page for people who are not allowed to see the page that they requested.</summary>
    internal string NotAllowed { get; } = $"{start}/not-allowed";

    /// <summary>Address to which an issuer sends people back.</summary>
    /// <param name="issuer">The name of the issuer in web addresses, or empty if there is only one issuer.</param>
    internal string CallbackOf(string issuer) => issuer.Length == 0 ? $"{start}/signed-in" : $"{start}/signed-in/{issuer}";

    /// <summary>The authentication scheme of an issuer.</summary>
    /// <param name="issuer">The name of the issuer in web addresses, or empty if there is only one issuer.</param>
    internal string SchemeOf(string issuer) => issuer.Length == 0 ? $"{name}-oidc" : $"{name}-oidc-{issuer}";

    /// <summary>A policy that requires a signed-in person who meets a rule.</summary>
    /// <typeparam name="T">The type that holds the cookie's data about a person.</typeparam>
    /// <param name="read">Reads the cookie's data; returns null if the cookie names nobody.</param>
    /// <param name="allows">Returns whether the person meets the rule.</param>
    internal AuthorizationPolicy Policy<T>(Func<ClaimsPrincipal, T?> read, Func<T, bool> allows)
        where T : class =>
        new AuthorizationPolicyBuilder(name).RequireAuthenticatedUser().RequireAssertion(c => read(c.User) is { } person && allows(person)).Build();

    /// <summary>
    /// The person whom the cookie identifies, or null if nobody is signed in. Used for forms, so that typed text is not lost even if the
    /// session has expired.
    /// </summary>
    /// <typeparam name="T">The type that holds the cookie's data about a person.</typeparam>
    /// <param name="http">The request.</param>
    /// <param name="read">Reads the cookie's data; returns null if the cookie names nobody.</param>
    internal async Task<T?> WhoAsync<T>(HttpContext http, Func<ClaimsPrincipal, T?> read)
        where T : class
    {
        var cookie = await http.AuthenticateAsync(name);
        if (cookie.Principal is not { } principal || read(principal) is not { } person)
        {
            return null;
        }

        // The antiforgery token depends on the signed-in person.
        http.User = principal;
        return person;
    }

    /// <summary>The address to go to after signing in. If the given address is not one of these pages, it is replaced by the first page,
    /// because a sign-in must not lead to any other page.</summary>
    internal string Local(string? to) =>
        to is not null && (to == start || to.StartsWith($"{start}/", StringComparison.Ordinal) || to.StartsWith($"{start}?", StringComparison.Ordinal))
        && !to.StartsWith(Address, StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal) && !to.Any(char.IsControl) ? to : start;
}
