using IntegrationHub.Functions.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Workspace.Officers;

/// <summary>
/// How officers prove who they are: through their council's token issuer, or through the development sign-in on one machine. The cookie holds an
/// id, roles and a council.
/// </summary>
internal static class OfficerSignIn
{
    internal static readonly PageSignIn Use = new("workspace", "/workspace");

    /// <summary>The access policy that admits anybody with a role.</summary>
    internal static readonly AuthorizationPolicy Anyone = Use.Policy(Officer.Of, _ => true);

    /// <summary>The access policy that admits anybody who is allowed to open the given page.</summary>
    internal static AuthorizationPolicy For(Page page) => Use.Policy(Officer.Of, officer => officer.MayOpen(page));

    /// <summary>The officer whom the request's cookie identifies, or null if nobody is signed in.</summary>
    internal static Task<Officer?> OfficerAsync(HttpContext http) => Use.WhoAsync(http, Officer.Of);
}
