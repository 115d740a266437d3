using System.Security.Claims;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Contributing.SigningIn;

/// <summary>The organisation that a person works for, according to the token.</summary>
/// <param name="Id">The issuer's own id for the organisation.</param>
/// <param name="Name">The name by which people know the organisation.</param>
/// <param name="Codes">The organisation's numbers in registers, the most reliable first, or the only value of the claim that names the
/// organisation, which the settings map to an agency.</param>
/// <param name="Schemes">The register that each code comes from, or null if the code is from no register.</param>
/// <param name="Roles">The person's roles at the organisation, according to the token.</param>
internal sealed record NamedOrganisation(string Id, string Name, IReadOnlyList<string> Codes, IReadOnlyList<string?> Schemes, IReadOnlyList<string> Roles)
{
    private const int LongestName = 120;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The organisation, or null if the token names none or several, or if its claims contradict each other.</summary>
    internal static NamedOrganisation? Of(ClaimsPrincipal token, ContributorIssuer issuer) => issuer.Organisation switch
    {
        OrganisationSource.DfeSignIn => OfDfe(token),
        OrganisationSource.Cis2 => OfCis2(token),
        _ => TokenClaims.One(token, issuer.OrganisationClaim, out var value) && !string.IsNullOrWhiteSpace(value)
            ? new(value, value, [value], [null], [.. token.FindAll(issuer.RoleClaim).Select(claim => claim.Value)])
            : null,
    };

    /// <summary>The organisation's name as shown to people if the organisation is not in the directory.</summary>
    internal string ShownName => Name.Length <= LongestName ? Name : Name[..LongestName];

    /// <summary>The organisation's agency in the directory, or null if the directory lists none of its numbers.</summary>
    internal AgencyId? AgencyOf(ContributorIssuer issuer, AgencyDirectory agencies)
    {
        foreach (var (code, scheme) in Codes.Zip(Schemes))
        {
            if (AgencyId.TryParse(issuer.Organisations.TryGetValue(code, out var given) ? given : $"{scheme}:{code}", out var agency, out _) && agencies.Lists(agency))
            {
                return agency;
            }
        }

        return null;
    }

    /// <summary>
    /// For DfE Sign-in, the claim is a JSON object, or the text of a JSON object. A school has a URN, and a college of further education
    /// often has only a UKPRN; a council has neither.
    /// </summary>
    private static NamedOrganisation? OfDfe(ClaimsPrincipal token)
    {
        var said = token.FindAll("organisation").Select(claim => Read(claim.Value)).ToList();
        if (said.Count == 0 || said.Any(one => one is null) || said.Select(one => (Text(one, "id"), Text(one, "urn"), Text(one, "ukprn"))).Distinct().Count() > 1)
        {
            return null;
        }

        var (id, numbers) = (Text(said[0], "id"), new[] { (Text(said[0], "urn"), "urn"), (Text(said[0], "ukprn"), "ukprn") }.Where(one => one.Item1 is not null).ToList());
        return id is null ? null : new(id, Text(said[0], "name") ?? id, [.. numbers.Select(one => one.Item1!)], [.. numbers.Select(one => one.Item2)], []);
    }

    /// <summary>
    /// For CIS2, the role that was chosen when signing in, or the only role. If the person has several roles and chose none, no
    /// organisation is named.
    /// </summary>
    private static NamedOrganisation? OfCis2(ClaimsPrincipal token)
    {
        var roles = token.FindAll("nhsid_nrbac_roles").Select(claim => Read(claim.Value))
            .Select(role => (Id: Text(role, "person_roleid"), Ods: Text(role, "org_code"), Code: Text(role, "role_code"), Name: Text(role, "org_name"))).Distinct().ToList();
        if (!TokenClaims.One(token, "selected_roleid", out var chosen) || roles.Any(role => role.Id is null))
        {
            return null;
        }

        var here = string.IsNullOrEmpty(chosen) ? roles : [.. roles.Where(role => role.Id == chosen)];
        return here is [{ Ods: { } ods, Code: { } code } one]
            ? new(one.Id!, one.Name ?? ods, [ods], ["ods"], [code, code[(code.LastIndexOf(':') + 1)..]])
            : null;
    }

    private static JsonElement? Read(string claim)
    {
        try
        {
            using var read = JsonDocument.Parse(claim, Strict);
            return read.RootElement.ValueKind == JsonValueKind.Object ? read.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads a JSON property that is a text or a number, or returns null if it is empty or something else.</summary>
    private static string? Text(JsonElement? of, string member) =>
        of is { } element && element.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        && value.ToString().Trim() is { Length: > 0 } text ? text : null;
}
