using System.Security.Claims;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Contributing.SigningIn;

/// <summary>A person at an organisation that is asked for advice, who signed in with the organisation's own issuer.</summary>
/// <param name="Issuer">Name of the issuer in the settings.</param>
/// <param name="Subject">The person's stable id at the issuer, which is recorded with every action and whenever they read a case.</param>
/// <param name="Agency">The only agency whose requests the person can see.</param>
public sealed record Contributor(string Issuer, string Subject, AgencyId Agency)
{
    private const string IssuerClaim = "contributor.issuer";
    private const string SubjectClaim = "contributor.subject";
    private const string AgencyClaim = "contributor.agency";

    /// <summary>The id under which everything that the person does and reads is recorded.</summary>
    public string Id => $"signed-in/{Issuer}/{Subject}";

    /// <summary>The contributor that a cookie identifies, or null if the cookie's data is incomplete.</summary>
    public static Contributor? Of(ClaimsPrincipal user) =>
        user.FindFirst(IssuerClaim)?.Value is { } issuer && user.FindFirst(SubjectClaim)?.Value is { } subject
        && AgencyId.TryParse(user.FindFirst(AgencyClaim)?.Value, out var agency, out _)
            ? new Contributor(issuer, subject, agency)
            : null;

    /// <summary>The claims in the cookie, which include no name and no address.</summary>
    internal ClaimsPrincipal ToPrincipal(string scheme) =>
        new(new ClaimsIdentity([new(IssuerClaim, Issuer), new(SubjectClaim, Subject), new(AgencyClaim, Agency.Value)], scheme));
}
