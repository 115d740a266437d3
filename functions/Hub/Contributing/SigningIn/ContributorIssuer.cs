using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Contributing.SigningIn;

/// <summary>How an issuer says for which organisation somebody works.</summary>
public enum OrganisationSource
{
    /// <summary>One claim holds one value, which <see cref="ContributorIssuer.Organisations"/> gives to an agency: a partner's Entra ID by its tenant.</summary>
    Claim,

    /// <summary>DfE Sign-in: the claim <c>organisation</c> holds the establishment with its URN, and the service's API says the role there.</summary>
    DfeSignIn,

    /// <summary>NHS CIS2: the role that was chosen holds the ODS code.</summary>
    Cis2,
}

/// <summary>
/// An issuer through which people at organisations that are asked for advice sign in. <c>NAME</c> is a name of your choice, in lower-case letters,
/// digits and hyphens; the application's redirect address is <c>https://HUB/requests/signed-in/NAME</c>. Without an issuer the pages do not exist.
/// </summary>
public sealed class ContributorIssuer : IssuerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Contributors:Issuers:NAME";

    /// <summary>What people know it as: <c>DfE Sign-in</c>.</summary>
    public string Title { get; set; } = "";

    /// <summary>How it says for which organisation somebody works.</summary>
    public OrganisationSource Organisation { get; set; }

    /// <summary>For <c>Claim</c>: the claim with the organisation (Entra ID: <c>tid</c>).</summary>
    public string OrganisationClaim { get; set; } = "organisation";

    /// <summary>
    /// Which agency of the directory a value stands for, for instance a tenant's id for <c>la:330/social-care</c>. Not needed for a URN,
    /// UKPRN or ODS code that the directory lists.
    /// </summary>
    public Dictionary<string, string> Organisations { get; } = new(StringComparer.Ordinal);

    /// <summary>For <c>Claim</c>: the claim with the roles or groups.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// Roles of which one must be held, separated by commas, exactly as the issuer gives them (CIS2: the whole code or its last part,
    /// <c>R8001</c>). Somebody who holds none is not signed in.
    /// </summary>
    public string Roles { get; set; } = "";

    /// <summary>How people must prove who they are, as the issuer is asked for it (<c>acr_values</c>); CIS2: <c>AAL2_OR_AAL3_ANY</c>.</summary>
    public string? AcrValues { get; set; }

    /// <summary>For <c>DfeSignIn</c>: address of its API, which says who may use the service in which role.</summary>
    public string Api { get; set; } = "https://api.signin.education.gov.uk";

    /// <summary>For <c>DfeSignIn</c>: the secret of that API; it is not the same as <c>ClientSecret</c>.</summary>
    public string? ApiSecret { get; set; }

    /// <summary>Whether one of somebody's roles opens the pages.</summary>
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
            yield return new("Authority and Title are needed: who signs people in, and what people know it as.");
        }

        if (Roles.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length == 0)
        {
            yield return new("Roles must name at least one role: not everybody at an organisation may read about its children.");
        }

        if (Organisations.FirstOrDefault(one => !AgencyId.TryParse(one.Value, out _, out _)) is { Key: { } wrong })
        {
            yield return new($"Organisations:{wrong} does not name an agency. Write it as in agencies.json: urn:100001, ods:RX1, la:330/social-care.");
        }

        if (Organisation == OrganisationSource.Claim && (Organisations.Count == 0 || string.IsNullOrWhiteSpace(OrganisationClaim) || string.IsNullOrWhiteSpace(RoleClaim)))
        {
            yield return new("Organisation Claim needs OrganisationClaim, RoleClaim and, in Organisations, the agency that each value stands for.");
        }

        if (Organisation != OrganisationSource.Claim && !RedeemsCode)
        {
            yield return new("DfE Sign-in and CIS2 need ClientSecret or ClientKey.");
        }

        if (Organisation == OrganisationSource.DfeSignIn && (string.IsNullOrWhiteSpace(ApiSecret) || !IsAddress(Api)))
        {
            yield return new("Organisation DfeSignIn needs ApiSecret, and an https address as Api: its tokens do not say who may use the service.");
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var api) && api.UserInfo.Length == 0 && (api.Scheme == Uri.UriSchemeHttps || (api.Scheme == Uri.UriSchemeHttp && api.IsLoopback));
}

/// <summary>Every issuer by which contributors sign in.</summary>
/// <param name="All">Each issuer by its name.</param>
public sealed record ContributorIssuers(IReadOnlyDictionary<string, ContributorIssuer> All)
{
    /// <summary>Whether anybody can sign in; where nobody can, the pages do not exist.</summary>
    public bool AnyEnabled => All.Count > 0;
}
