using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Contributing.SigningIn;

/// <summary>
/// Who is signed in, checked again with every request: an agency that left the directory, or an issuer that left the settings, no longer
/// lets anybody in, whatever the cookie says.
/// </summary>
public sealed class ContributorSessions(
    ContributorIssuers issuers, AgencyDirectory agencies, IDataProtectionProvider protection, MonitorOptions options, TimeProvider time)
{
    internal static readonly PageSignIn Use = new("contributor", "/requests");
    internal static readonly AuthorizationPolicy Signed = Use.Policy(Contributor.Of, _ => true);
    internal static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);

    private const string Was = "hub-requests";
    private static readonly TimeSpan SavesFor = TimeSpan.FromHours(24);

    private readonly SealedCookies cookies = new(protection.CreateProtector("contributors-signed-in"), options.DevelopmentSignIn);

    /// <summary>Whether an agency is asked by a message to a person, or not by the hub at all: in both cases its people answer on these pages.</summary>
    internal static bool AnswersHere(AgencyEntry agency) => agency.Reach is Reach.Web or Reach.Portal;

    /// <summary>Whether anybody can sign in.</summary>
    internal bool AnyEnabled => issuers.AnyEnabled;

    /// <summary>Who is signed in; null for nobody.</summary>
    internal async Task<Contributor?> WhoAsync(HttpContext http)
    {
        if (!issuers.AnyEnabled || (await http.AuthenticateAsync(Use.Scheme)).Principal is not { } user || Contributor.Of(user) is not { } who || !IsStill(who))
        {
            return null;
        }

        cookies.Write(http, Was, Use.Start, SavesFor, who.Agency.Value, time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return who;
    }

    /// <summary>
    /// For which agency somebody was signed in in this browser within the last day: what the browser sends is kept, and nothing is shown.
    /// Null for none.
    /// </summary>
    internal AgencyId? WasFor(HttpContext http) =>
        cookies.Read(http, Was) is [var agency, var at] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) <= SavesFor && AgencyId.TryParse(agency, out var read, out _) && agencies.Lists(read) ? read : null;

    /// <summary>Removes what the browser holds besides the sign-in cookie.</summary>
    internal void Forget(HttpContext http) => cookies.Remove(http, Was, Use.Start);

    private bool IsStill(Contributor who) => issuers.All.ContainsKey(who.Issuer) && agencies.Lists(who.Agency) && AnswersHere(agencies.For(who.Agency));
}
