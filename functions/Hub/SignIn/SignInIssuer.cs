using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.SignIn;

/// <summary>One issuer through which people sign in to one group of pages.</summary>
/// <param name="Options">The issuer, and the hub's application there.</param>
/// <param name="Admit">Decides whom a sign-in with a valid token lets in.</param>
internal sealed record SignInIssuer(IssuerOptions Options, Func<TicketReceivedContext, ValueTask<Admission>> Admit)
{
    /// <summary>Name in addresses; empty where the use has only one issuer.</summary>
    internal string Key { get; init; } = "";

    /// <summary>Name for people.</summary>
    internal string Title { get; init; } = "";

    /// <summary>What this issuer needs beyond the standard.</summary>
    internal Action<OpenIdConnectOptions>? Adapt { get; init; }
}

/// <summary>How people sign in to one group of pages.</summary>
/// <param name="Use">Its names.</param>
/// <param name="Issuers">The issuers; empty where there is only the development sign-in, or none.</param>
/// <param name="AlsoWithoutTls">True for a development hub, which is also used without TLS.</param>
/// <param name="Refused">The page of a refused sign-in, in the frame of these pages.</param>
internal sealed record SignInSetting(
    PageSignIn Use, IReadOnlyList<SignInIssuer> Issuers, bool AlsoWithoutTls, Func<HttpContext, SignInRefusal, IResult> Refused)
{
    /// <summary>How long somebody stays signed in after their last use.</summary>
    internal TimeSpan Lasts { get; init; } = TimeSpan.FromHours(8);
}
