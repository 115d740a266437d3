using System.Security.Claims;
using System.Security.Cryptography;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Keeping;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.Access;

/// <summary>Describes whom a development token is issued for.</summary>
/// <param name="Role">The role.</param>
/// <param name="Subject">The subject, or null to use the name of the role.</param>
/// <param name="Council">The council, for an officer or an events reader; optional for operations staff.</param>
/// <param name="Agency">The agency, for an agency's token.</param>
/// <param name="Assessment">The assessment, for a family.</param>
public sealed record TokenRequest(
    CallerRole Role,
    string? Subject = null,
    LocalAuthorityCode? Council = null,
    AgencyId? Agency = null,
    AssessmentId? Assessment = null);

/// <summary>
/// Issues development tokens (ES256) with a key in the data directory that only its owner can read. Development tokens are
/// only for one machine; a hub that others use has a real issuer.
/// </summary>
public sealed class TokenIssuer
{
    /// <summary>The name of the issuer in the tokens.</summary>
    public const string Issuer = "integrationhub-local";

    /// <summary>Name of the key's file in the data directory.</summary>
    public const string KeyFile = "token-key.pem";

    private readonly ECDsaSecurityKey key;
    private readonly AccessOptions options;
    private readonly TimeProvider time;

    private TokenIssuer(ECDsa key, AccessOptions options, TimeProvider time)
    {
        this.key = new ECDsaSecurityKey(key)
        {
            KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16],
        };
        this.options = options;
        this.time = time;
    }

    /// <summary>The key that verifies the tokens.</summary>
    public SecurityKey Key => key;

    /// <summary>Opens the token issuer of a data directory, and creates a key if there is none.</summary>
    /// <param name="dataDirectory">The data directory, which is created if it is missing.</param>
    /// <param name="options">The audience, and the names of the claims.</param>
    /// <param name="time">The real clock, because tokens expire in real time even if assessments run on a virtual clock.</param>
    /// <exception cref="IOException">The key cannot be read or written.</exception>
    /// <exception cref="CryptographicException">The key file is damaged.</exception>
    public static TokenIssuer Open(string dataDirectory, AccessOptions options, TimeProvider time)
    {
        var path = Path.Combine(DataDirectory.Open(dataDirectory), KeyFile);
        if (!File.Exists(path))
        {
            Make(path);
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
        }
        catch (ArgumentException damaged)
        {
            key.Dispose();
            throw new CryptographicException($"{KeyFile} holds no private key. Remove it to have a new one made; tokens issued before then end.", damaged);
        }

        return new TokenIssuer(key, options, time);
    }

    /// <summary>Issues a token.</summary>
    /// <param name="request">Whom the token is for.</param>
    /// <param name="lifetime">How long the token is valid; twelve hours if null.</param>
    /// <exception cref="ArgumentException">The council, agency or assessment to which the role must be bound is missing.</exception>
    public string Issue(TokenRequest request, TimeSpan? lifetime = null)
    {
        var missing = request switch
        {
            { Role: CallerRole.CouncilOfficer, Council: null } => "A council officer's token needs a council.",
            { Role: CallerRole.EventsReader, Council: null } => "An events reader's token needs a council.",
            { Role: CallerRole.Agency, Agency: null } => "An agency's token needs an agency.",
            { Role: CallerRole.Family, Assessment: null } => "A family's token needs an assessment.",
            _ => null,
        };
        if (missing is not null)
        {
            throw new ArgumentException(missing, nameof(request));
        }

        var claims = new List<Claim>
        {
            new(options.SubjectClaim, request.Subject ?? $"local-{RoleNames.Of(request.Role)}"),
            new(options.RoleClaim, RoleNames.Of(request.Role)),
        };
        Add(options.CouncilClaim, request.Council?.Value);
        Add(options.AgencyClaim, request.Agency?.Value);
        Add(options.AssessmentClaim, request.Assessment?.Value);

        var now = time.GetUtcNow().UtcDateTime;
        var ends = now + (lifetime ?? TimeSpan.FromHours(12));
        var begins = ends < now ? ends - TimeSpan.FromHours(1) : now;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = options.Audience,
            IssuedAt = begins,
            NotBefore = begins,
            Expires = ends,
            Subject = new ClaimsIdentity(claims),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });

        void Add(string claim, string? value)
        {
            if (value is not null)
            {
                claims.Add(new Claim(claim, value));
            }
        }
    }

    /// <summary>
    /// Writes the key to a temporary file and then moves it to its final name, so that two processes that start together end up with the
    /// same key and neither reads half a file.
    /// </summary>
    private static void Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var aside = $"{path}.{Environment.ProcessId}";
        using (var writer = new StreamWriter(aside, OwnerOnlyFile.Options(FileMode.Create)))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }
}
