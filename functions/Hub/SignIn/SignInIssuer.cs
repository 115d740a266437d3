using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.SignIn;

/// <summary>One issuer through which people sign in to one group of pages.</summary>
/// <param name="Options">The issuer, and the hub's application that is registered there.</param>
/// <param name="Admit">Decides whether to let in a person with a valid token.</param>
internal sealed record SignInIssuer(IssuerOptions Options, Func<TicketReceivedContext, ValueTask<Admission>> Admit)
{
    /// <summary>The issuer's name in web addresses, or empty if these pages have only one issuer.</summary>
    internal string Key { get; init; } = "";

    /// <summary>The issuer's name as shown to people.</summary>
    internal string Title { get; init; } = "";

    /// <summary>Changes that this issuer needs in addition to the standard settings.</summary>
    internal Action<OpenIdConnectOptions>? Adapt { get; init; }
}

/// <summary>How people sign in to one group of pages.</summary>
/// <param name="Use">The names and addresses of these pages.</param>
/// <param name="Issuers">The issuers; empty if there is only the development sign-in, or no sign-in.</param>
/// <param name="AlsoWithoutTls">True for a development hub, which is also used without TLS.</param>
/// <param name="Refused">Renders the page for a refused sign-in, in the layout of these pages.</param>
internal sealed record SignInSetting(
    PageSignIn Use, IReadOnlyList<SignInIssuer> Issuers, bool AlsoWithoutTls, Func<HttpContext, SignInRefusal, IResult> Refused)
{
    /// <summary>How long somebody stays signed in after last using the pages.</summary>
    internal TimeSpan Lasts { get; init; } = TimeSpan.FromHours(8);
}
