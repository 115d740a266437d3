using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Contributing.SigningIn;

/// <summary>How an issuer states which organisation a person works for.</summary>
public enum OrganisationSource
{
    /// <summary>
    /// A claim with one value, which <see cref="ContributorIssuer.Organisations"/> maps to an agency. Such a claim is used for a partner's
    /// Entra ID, in which the value is the tenant.
    /// </summary>
    Claim,

    /// <summary>
    /// DfE Sign-in. The claim <c>organisation</c> contains the establishment with its URN, and the DfE Sign-in API gives the person's role.
    /// </summary>
    DfeSignIn,

    /// <summary>NHS CIS2. The role that the person chose contains the ODS code.</summary>
    Cis2,
}

/// <summary>
/// An issuer through which people at organisations that are asked for advice sign in. <c>NAME</c> is a name of your choice, in lower-case
/// letters, digits and hyphens. The application's redirect address is <c>https://HUB/requests/signed-in/NAME</c>. If there is no issuer,
/// the pages for these people do not exist.
/// </summary>
public sealed class ContributorIssuer : IssuerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Contributors:Issuers:NAME";

    /// <summary>The name by which people know the issuer, such as <c>DfE Sign-in</c>.</summary>
    public string Title { get; set; } = "";

    /// <summary>How the issuer states which organisation a person works for.</summary>
    public OrganisationSource Organisation { get; set; }

    /// <summary>The claim that states the organisation (Entra ID: <c>tid</c>), used only if Organisation is <c>Claim</c>.</summary>
    public string OrganisationClaim { get; set; } = "organisation";

    /// <summary>
    /// The agency in the directory that each value of the claim stands for, for instance <c>la:330/social-care</c> for a tenant's id. A
    /// URN, UKPRN or ODS code that the directory lists needs no entry here.
    /// </summary>
    public Dictionary<string, string> Organisations { get; } = new(StringComparer.Ordinal);

    /// <summary>The claim that states the person's roles or groups, used only if Organisation is <c>Claim</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// The roles, of which a person must hold at least one, separated by commas and written exactly as the issuer gives them. For CIS2, use
    /// the role's full code or the last part of that code, such as <c>R8001</c>. A person who holds none of these roles is not signed in.
    /// </summary>
    public string Roles { get; set; } = "";

    /// <summary>
    /// The level of authentication that the hub asks the issuer for (<c>acr_values</c>); for CIS2, <c>AAL2_OR_AAL3_ANY</c>.
    /// </summary>
    public string? AcrValues { get; set; }

    /// <summary>
    /// The address of the DfE Sign-in API, which says who may use the service and in which role. This setting is for <c>DfeSignIn</c> only.
    /// </summary>
    public string Api { get; set; } = "https://api.signin.education.gov.uk";

    /// <summary>
    /// The secret of the DfE Sign-in API, which is not the same as <c>ClientSecret</c>. This setting is for <c>DfeSignIn</c> only.
    /// </summary>
    public string? ApiSecret { get; set; }

    /// <summary>Whether one of a person's roles gives access to the pages for contributors.</summary>
    internal bool Opens(IEnumerable<string> roles) =>
        roles.Any(Roles.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Contains);

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext))
        {
            yield return problem;
        }

        if (Authority is null || string.IsNullOrWhiteSpace(Title))
        {
            yield return new("Set Authority (the issuer that signs people in) and Title (the name by which people know it).");
        }

        if (Roles.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length == 0)
        {
            yield return new("Roles must name at least one role, because not everybody at an organisation may read about its children.");
        }

        if (Organisations.FirstOrDefault(one => !AgencyId.TryParse(one.Value, out _, out _)) is { Key: { } wrong })
        {
            yield return new($"Organisations:{wrong} does not name an agency. Write the agency as in agencies.json, for example urn:100001, ods:RX1 or la:330/social-care.");
        }

        if (Organisation == OrganisationSource.Claim && (Organisations.Count == 0 || string.IsNullOrWhiteSpace(OrganisationClaim) || string.IsNullOrWhiteSpace(RoleClaim)))
        {
            yield return new("If Organisation is Claim, set OrganisationClaim, RoleClaim and, in Organisations, the agency that each value stands for.");
        }

        if (Organisation != OrganisationSource.Claim && !RedeemsCode)
        {
            yield return new("DfE Sign-in and CIS2 need ClientSecret or ClientKey.");
        }

        if (Organisation == OrganisationSource.DfeSignIn && (string.IsNullOrWhiteSpace(ApiSecret) || !IsAddress(Api)))
        {
            yield return new("If Organisation is DfeSignIn, set ApiSecret and an https address as Api, because the tokens do not say who may use the service.");
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var api) && api.UserInfo.Length == 0 && (api.Scheme == Uri.UriSchemeHttps || (api.Scheme == Uri.UriSchemeHttp && api.IsLoopback));
}

/// <summary>Every issuer through which contributors sign in.</summary>
/// <param name="All">The issuers by name.</param>
public sealed record ContributorIssuers(IReadOnlyDictionary<string, ContributorIssuer> All)
{
    /// <summary>Whether any issuer is set up. Without an issuer, the pages for contributors do not exist.</summary>
    public bool AnyEnabled => All.Count > 0;
}
