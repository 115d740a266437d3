using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace IntegrationHub.Functions.SignIn;

/// <summary>An OpenID Connect issuer, and the hub's application there. The hub does not start with settings that are incomplete or insecure.</summary>
public abstract class IssuerOptions : IValidatableObject
{
    /// <summary>OpenID Connect issuer (Entra ID: <c>https://login.microsoftonline.com/TENANT/v2.0</c>); without one nobody is signed in by it, and the pages that need a sign-in do not exist.</summary>
    public string? Authority { get; set; }

    /// <summary>The application that signs people in.</summary>
    public string? ClientId { get; set; }

    /// <summary>Its secret; with neither a secret nor a key the identity token comes back with the sign-in itself.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Its private key, RSA or EC in PEM, for an issuer that asks for <c>private_key_jwt</c> in place of a secret (GOV.UK One Login, NHS CIS2).</summary>
    public string? ClientKey { get; set; }

    /// <summary>Claim with the person's stable id (Entra ID: <c>oid</c>); it goes on record with every act and every reading.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>Whether a code is redeemed, as is usual; otherwise the identity token comes back with the sign-in.</summary>
    internal bool RedeemsCode => ClientSecret is not null || ClientKey is not null;

    /// <summary>What is wrong with the settings; the message names the setting within its section.</summary>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is null)
        {
            if (ClientId is not null || ClientSecret is not null || ClientKey is not null)
            {
                yield return new("ClientId, ClientSecret and ClientKey need Authority, their issuer.");
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
            yield return new("Authority needs ClientId, the application that signs people in.");
        }

        if (string.IsNullOrWhiteSpace(SubjectClaim))
        {
            yield return new("SubjectClaim must name the claim with the person's id.");
        }

        if (ClientSecret is not null && (ClientKey is not null || string.IsNullOrWhiteSpace(ClientSecret)))
        {
            yield return new("ClientSecret must not be empty, and excludes ClientKey: unset one of them.");
        }

        if (ClientKey is not null && !ReadsAsKey(ClientKey))
        {
            yield return new("ClientKey is not a private key in PEM (RSA of 2048 bits or more, or EC P-256).");
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

/// <summary>How council staff reach pages for which they must be signed in: by their organisation's issuer, or by the development sign-in.</summary>
public abstract class SignInOptions : IssuerOptions
{
    /// <summary>Claim with the roles.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Claim with the code of the person's council. Nobody is signed in with more than one council in it.</summary>
    public string CouncilClaim { get; set; } = "council";

    /// <summary>
    /// The development sign-in, which asks for no password: for one machine, never for a hub with real cases. No setting reaches it; a host
    /// that has checked <c>Access:Development</c> calls <see cref="AllowDevelopmentSignIn"/>.
    /// </summary>
    public bool DevelopmentSignIn { get; private set; }

    /// <summary>Whether anybody can sign in. Where nobody can, the pages do not exist.</summary>
    public bool IsEnabled => Authority is not null || DevelopmentSignIn;

    /// <summary>Turns the development sign-in on.</summary>
    /// <exception cref="InvalidOperationException">An issuer is configured: the two exclude each other.</exception>
    public void AllowDevelopmentSignIn() =>
        DevelopmentSignIn = Authority is null ? true : throw new InvalidOperationException("An issuer and the development sign-in exclude each other.");

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext))
        {
            yield return problem;
        }

        if (string.IsNullOrWhiteSpace(RoleClaim) || string.IsNullOrWhiteSpace(CouncilClaim))
        {
            yield return new("RoleClaim and CouncilClaim must name claims.");
        }
    }
}
