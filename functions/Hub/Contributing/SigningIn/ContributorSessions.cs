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
/// The person who is signed in, checked again with every request. If an agency is removed from the directory, or an issuer from the
/// settings, people who signed in through it have no access any more, even with a valid cookie.
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

    /// <summary>
    /// Whether an agency's staff answer on these pages, because the hub asks the agency for advice by a message to a person, or because
    /// an officer has to tell the agency of each request.
    /// </summary>
    internal static bool AnswersHere(AgencyEntry agency) => agency.Reach is Reach.Web or Reach.Portal;

    /// <summary>Whether anybody can sign in.</summary>
    internal bool AnyEnabled => issuers.AnyEnabled;

    /// <summary>The person who is signed in, or null if nobody is.</summary>
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
    /// The agency for which somebody was signed in on this browser within the last day. What the browser sends for this agency is saved,
    /// but nothing is shown. The value is null if nobody was signed in.
    /// </summary>
    internal AgencyId? WasFor(HttpContext http) =>
        cookies.Read(http, Was) is [var agency, var at] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) <= SavesFor && AgencyId.TryParse(agency, out var read, out _) && agencies.Lists(read) ? read : null;

    /// <summary>Removes the cookies that the browser holds in addition to the sign-in cookie.</summary>
    internal void Forget(HttpContext http) => cookies.Remove(http, Was, Use.Start);

    private bool IsStill(Contributor who) => issuers.All.ContainsKey(who.Issuer) && agencies.Lists(who.Agency) && AnswersHere(agencies.For(who.Agency));
}
