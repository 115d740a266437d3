using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace IntegrationHub.Functions.SignIn;

/// <summary>
/// An OpenID Connect issuer, and the hub's application that is registered there. If the settings are incomplete or insecure, the hub does
/// not start.
/// </summary>
public abstract class IssuerOptions : IValidatableObject
{
    /// <summary>OpenID Connect issuer (Entra ID: <c>https://login.microsoftonline.com/TENANT/v2.0</c>). Without an issuer nobody can sign
    /// in, and the pages that need a sign-in do not exist.</summary>
    public string? Authority { get; set; }

    /// <summary>Client id of the application that signs people in.</summary>
    public string? ClientId { get; set; }

    /// <summary>
    /// Secret of the application. If there is neither a secret nor a key, the issuer returns the identity token with the sign-in itself.
    /// </summary>
    public string? ClientSecret { get; set; }

    /// <summary>Private key of the application, RSA or EC in PEM, for an issuer that requires <c>private_key_jwt</c> in place of a secret
    /// (GOV.UK One Login, NHS CIS2).</summary>
    public string? ClientKey { get; set; }

    /// <summary>Name of the claim that contains the person's stable id (Entra ID: <c>oid</c>), which is recorded with everything that the
    /// person does or opens.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>Whether the hub exchanges a code from the issuer for the identity token, which is usual; otherwise the issuer returns the
    /// token with the sign-in itself.</summary>
    internal bool RedeemsCode => ClientSecret is not null || ClientKey is not null;

    /// <summary>Checks the settings; each message names the setting within its section.</summary>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is null)
        {
            if (ClientId is not null || ClientSecret is not null || ClientKey is not null)
            {
                yield return new("ClientId, ClientSecret and ClientKey can only be set together with Authority, the issuer.");
            }

            yield break;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var issuer)
            || !(issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)) || issuer.UserInfo.Length > 0)
        {
            yield return new("Authority must be an https address (http only on this machine).");
        }

        if (string.IsNullOrWhiteSpace(ClientId))
        {
            yield return new("Authority needs ClientId, the id of the application that signs people in.");
        }

        if (string.IsNullOrWhiteSpace(SubjectClaim))
        {
            yield return new("SubjectClaim must name the claim with the person's id.");
        }

        if (ClientSecret is not null && (ClientKey is not null || string.IsNullOrWhiteSpace(ClientSecret)))
        {
            yield return new("ClientSecret must not be empty, and cannot be combined with ClientKey. Set only one of them.");
        }

        if (ClientKey is not null && !ReadsAsKey(ClientKey))
        {
            yield return new("ClientKey must be a private key in PEM (RSA of 2048 bits or more, or EC P-256).");
        }
    }

    private static bool ReadsAsKey(string pem)
    {
        try
        {
            ClientAssertion.CredentialsOf(pem);
            return true;
        }
        catch (Exception unread) when (unread is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}

/// <summary>How council staff sign in to their pages: with their organisation's issuer, or with the development sign-in.</summary>
public abstract class SignInOptions : IssuerOptions
{
    /// <summary>Name of the claim that contains the person's roles.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// Name of the claim that contains the code of the person's council. If the claim names several councils, the person cannot sign in.
    /// </summary>
    public string CouncilClaim { get; set; } = "council";

    /// <summary>
    /// Whether the development sign-in, which does not ask for a password, is on. The development sign-in is for a single machine, and must
    /// never be used for a hub with real cases. No setting turns the development sign-in on; a host that has checked
    /// <c>Access:Development</c> calls <see cref="AllowDevelopmentSignIn"/>.
    /// </summary>
    public bool DevelopmentSignIn { get; private set; }

    /// <summary>Whether anybody can sign in. If nobody can sign in, the pages that need a sign-in do not exist.</summary>
    public bool IsEnabled => Authority is not null || DevelopmentSignIn;

    /// <summary>Turns the development sign-in on.</summary>
    /// <exception cref="InvalidOperationException">An issuer is configured, so the development sign-in cannot be used.</exception>
    public void AllowDevelopmentSignIn() =>
        DevelopmentSignIn = Authority is null ? true : throw new InvalidOperationException("The development sign-in cannot be used together with an issuer.");

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext))
        {
            yield return problem;
        }

        if (string.IsNullOrWhiteSpace(RoleClaim) || string.IsNullOrWhiteSpace(CouncilClaim))
        {
            yield return new("RoleClaim and CouncilClaim must not be empty; give the names of the claims.");
        }
    }
}
