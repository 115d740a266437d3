using System.Security.Claims;
using System.Security.Cryptography;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Keeping;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.Access;

/// <summary>For whom a development token is issued.</summary>
/// <param name="Role">The role.</param>
/// <param name="Subject">The subject; a name for the role where null.</param>
/// <param name="Council">For an officer and an events reader; optional for operations.</param>
/// <param name="Agency">For an agency.</param>
/// <param name="Assessment">For a family.</param>
public sealed record TokenRequest(
    CallerRole Role,
    string? Subject = null,
    LocalAuthorityCode? Council = null,
    AgencyId? Agency = null,
    AssessmentId? Assessment = null);

/// <summary>
/// Issues development tokens (ES256) with a key that is kept in the data directory, readable by its owner alone. Only for one
/// machine: a hub that others use has a real issuer.
/// </summary>
public sealed class TokenIssuer
{
    /// <summary>The issuer that the tokens name.</summary>
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

    /// <summary>The key that checks the tokens.</summary>
    public SecurityKey Key => key;

    /// <summary>Opens the issuer of a data directory; makes its key when there is none.</summary>
    /// <param name="dataDirectory">The data directory; made when it is missing.</param>
    /// <param name="options">The audience and the names of the claims.</param>
    /// <param name="time">The wall clock: tokens live in real time even where assessments run on a virtual one.</param>
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
    /// <param name="request">For whom.</param>
    /// <param name="lifetime">How long it is valid; twelve hours where null.</param>
    /// <exception cref="ArgumentException">The role lacks what it must be bound to.</exception>
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
    /// Written to a temporary file and then linked to its final name, so that two processes that start together end up with the same key
    /// and neither reads half a file.
    /// </summary>
    private static void Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var aside = $"{path}.{Environment.ProcessId}";
        using (var writer = new StreamWriter(aside, OwnersFile.Options(FileMode.Create)))
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
