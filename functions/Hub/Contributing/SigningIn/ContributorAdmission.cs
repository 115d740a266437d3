using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Contributing.SigningIn;

/// <summary>
/// Decides who may sign in. A person must work for one organisation that the directory lists and that answers requests for advice on the
/// hub's pages, and must hold a role that the settings name.
/// </summary>
/// <param name="name">Name of the issuer.</param>
/// <param name="issuer">The issuer.</param>
/// <param name="agencies">The directory of agencies.</param>
internal sealed class ContributorAdmission(string name, ContributorIssuer issuer, AgencyDirectory agencies)
{
    /// <summary>The values by which CIS2 states that a second factor was used.</summary>
    private static readonly string[] SecondFactor = ["2", "3"];

    /// <summary>Decides whether to accept a sign-in whose token is valid.</summary>
    internal async ValueTask<Admission> AdmitAsync(TicketReceivedContext signed)
    {
        var token = signed.Principal!;
        if (TokenClaims.SubjectOf(token, issuer.SubjectClaim) is not { } subject)
        {
            return Admission.Refused(SignInFault.Person);
        }

        if (issuer.Organisation == OrganisationSource.Cis2
            && !(TokenClaims.One(token, "authentication_assurance_level", out var level) && level is not null && SecondFactor.Contains(level)))
        {
            return Admission.Refused(SignInFault.Level);
        }

        if (NamedOrganisation.Of(token, issuer) is not { } organisation)
        {
            return Admission.Refused(SignInFault.Organisation);
        }

        if (organisation.AgencyOf(issuer, agencies) is not { } agency)
        {
            return Admission.Refused(SignInFault.Organisation, organisation.ShownName);
        }

        if (!ContributorSessions.AnswersHere(agencies.For(agency)))
        {
            return Admission.Refused(SignInFault.OwnSystem, organisation.ShownName);
        }

        var roles = organisation.Roles;
        if (issuer.Organisation == OrganisationSource.DfeSignIn)
        {
            try
            {
                roles = await DfeServiceRoles.OfAsync(
                    signed.Options.Backchannel, issuer, organisation.Id, subject, Time(signed).GetUtcNow(), signed.HttpContext.RequestAborted);
            }
            catch (HttpRequestException)
            {
                return Admission.Refused(SignInFault.Unreachable);
            }
        }

        return issuer.Opens(roles)
            ? Admission.Of(new Contributor(name, subject, agency).ToPrincipal(ContributorSessions.Use.Scheme))
            : Admission.Refused(SignInFault.Role);
    }

    private static TimeProvider Time(TicketReceivedContext signed) => signed.HttpContext.RequestServices.GetRequiredService<TimeProvider>();

    /// <summary>Adds to the sign-in request what the issuer needs in addition to standard OpenID Connect.</summary>
    internal void Adapt(OpenIdConnectOptions oidc)
    {
        if (issuer.AcrValues is { } acr)
        {
            oidc.AdditionalAuthorizationParameters["acr_values"] = acr;
        }

        string[] scopes = issuer.Organisation switch
        {
            OrganisationSource.DfeSignIn => ["organisation"],
            OrganisationSource.Cis2 => ["nationalrbacaccess", "selectedrole"],
            _ => [],
        };
        if (scopes.Length == 0)
        {
            return;
        }

        foreach (var scope in scopes)
        {
            oidc.Scope.Add(scope);
        }

        // The answer of the issuer's userinfo endpoint is checked against the token, so that a difference is noticed.
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.ClaimActions.MapCustomJson("organisation", page => page.TryGetProperty("organisation", out var said) ? said.ToString() : null);
        foreach (var claim in (string[])["nhsid_nrbac_roles", "selected_roleid", "authentication_assurance_level"])
        {
            oidc.ClaimActions.MapJsonKey(claim, claim);
        }
    }
}
