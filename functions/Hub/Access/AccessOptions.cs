using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// Which issuer's tokens the hub accepts, and how it reads them. Exactly one of <see cref="Authority"/> (a real issuer) and the development
/// issuer of <see cref="AccessSetup"/> is in force, so a development key never opens a hub that has a real issuer.
/// </summary>
public sealed class AccessOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Access";

    /// <summary>
    /// Allows development tokens, and signing in to the monitor without a password, so that the hub can be tried on one machine. Callers
    /// on other machines get no answer at all, and the hub does not start if there is also a real issuer, a proxy or an address
    /// other than loopback.
    /// </summary>
    public bool Development { get; set; }

    /// <summary>Address of the real issuer, for instance <c>https://login.microsoftonline.com/TENANT/v2.0</c>; null for development tokens.</summary>
    public string? Authority { get; set; }

    /// <summary>The audience that tokens must name.</summary>
    [Required]
    public string Audience { get; set; } = "integrationhub";

    /// <summary>Whether the issuer's metadata must be fetched over TLS. Set this to false only on a developer's own machine.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>Claim with the stable id of the person or system (Entra: <c>oid</c>).</summary>
    [Required]
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>Name of the claim that contains the roles.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Claim with the council's code.</summary>
    [Required]
    public string CouncilClaim { get; set; } = "council";

    /// <summary>Claim with the agency's id.</summary>
    [Required]
    public string AgencyClaim { get; set; } = "agency";

    /// <summary>Claim with the assessment's id.</summary>
    [Required]
    public string AssessmentClaim { get; set; } = "assessment";

    /// <summary>
    /// Claim with the application to which the token was issued, which is looked up in <see cref="Bindings"/> (Entra: <c>azp</c>).
    /// </summary>
    [Required]
    public string ClientClaim { get; set; } = "azp";

    /// <summary>
    /// The names that an issuer uses for the hub's roles if they differ (Entra app roles). Each entry maps a name in the token to the hub's
    /// name for the role.
    /// </summary>
    public Dictionary<string, string> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The council or agency of each application, by client id, for issuers that cannot put it into a claim (Entra client credentials).
    /// A binding never allows more than a claim in the token: if both are given, they must agree.
    /// </summary>
    public Dictionary<string, ClientBinding> Bindings { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Requests a minute for one caller; 0 for no limit. The limit protects the hub from a faulty client that calls in a loop, not from an
    /// attack on the network.
    /// </summary>
    public int RequestsPerMinute { get; set; } = 1200;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Problems().Select(problem => new ValidationResult(problem));

    private IEnumerable<string> Problems()
    {
        foreach (var (name, _) in Roles.Where(role => RoleNames.Find(role.Value) is null))
        {
            yield return $"Roles:{name} must be one of {string.Join(", ", Enum.GetValues<CallerRole>().Select(RoleNames.Of))}.";
        }

        foreach (var (client, binding) in Bindings)
        {
            if (binding is { Council: null, Agency: null })
            {
                yield return $"Bindings:{client} must have a Council or an Agency.";
            }

            if (binding.Council is { } code && !LocalAuthorityCode.TryParse(code, out _, out var problem))
            {
                yield return $"Bindings:{client}:Council: {problem}.";
            }

            if (binding.Agency is { } agency && !AgencyId.TryParse(agency, out _, out var wrong))
            {
                yield return $"Bindings:{client}:Agency: {wrong}.";
            }
        }
    }
}

/// <summary>The council or agency for which a client application may act.</summary>
public sealed class ClientBinding
{
    /// <summary>Code of the council.</summary>
    public string? Council { get; set; }

    /// <summary>Id of the agency, in the form that <see cref="AgencyId"/> reads.</summary>
    public string? Agency { get; set; }
}
