using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.SignIn;

/// <summary>Authenticates the hub to an issuer that has the hub's public key (<c>private_key_jwt</c>, OpenID Connect Core 9, RFC
/// 7523).</summary>
internal static class ClientAssertion
{
    private const int SmallestRsaKey = 2048;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(2);

    /// <summary>Creates signing credentials from a private key.</summary>
    /// <param name="pem">A private key in PEM.</param>
    /// <exception cref="ArgumentException">The text is not a private key, or is an RSA key that is too short.</exception>
    /// <exception cref="CryptographicException">The key is damaged.</exception>
    internal static SigningCredentials CredentialsOf(string pem)
    {
        if (pem.Contains("EC PRIVATE KEY", StringComparison.Ordinal) || !IsRsa(pem, out var rsa))
        {
            var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            return ec.KeySize == 256 && ec.ExportParameters(true).D is not null
                ? new SigningCredentials(new ECDsaSecurityKey(ec), SecurityAlgorithms.EcdsaSha256)
                : throw new ArgumentException("The key must be a private EC key on the curve P-256.", nameof(pem));
        }

        return rsa.KeySize >= SmallestRsaKey && rsa.ExportParameters(true).D is not null
            ? new SigningCredentials(new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256)
            : throw new ArgumentException("The key must be a private RSA key that is long enough.", nameof(pem));
    }

    /// <summary>Adds the signed assertion to each request that exchanges an authorisation code for tokens.</summary>
    internal static void Use(OpenIdConnectOptions oidc, string clientId, string pem)
    {
        var (credentials, handler) = (CredentialsOf(pem), new JsonWebTokenHandler());
        oidc.Events.OnAuthorizationCodeReceived = async context =>
        {
            var issuer = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
            var now = DateTime.UtcNow;
            context.TokenEndpointRequest!.ClientSecret = null;
            context.TokenEndpointRequest.ClientAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            context.TokenEndpointRequest.ClientAssertion = handler.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = clientId,
                Audience = issuer.TokenEndpoint,
                IssuedAt = now,
                NotBefore = now,
                Expires = now + Lasts,
                Claims = new Dictionary<string, object> { ["sub"] = clientId, ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) },
                SigningCredentials = credentials,
            });
        };
    }

    private static bool IsRsa(string pem, out RSA rsa)
    {
        rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
