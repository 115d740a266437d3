using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Issuer;

/// <summary>One request of an application that somebody be signed in (OpenID Connect Core 3.1.2.1, PKCE: RFC 7636).</summary>
internal sealed record SignInAsked(
    IssuerClient Client, string RedirectUri, string ResponseType, string ResponseMode, string? State, string? Nonce, string? Challenge, string? Level)
{
    /// <summary>The request; null and what is wrong with it where it is none.</summary>
    internal static (SignInAsked? Asked, string Problem) Read(IQueryCollection query, IReadOnlyList<IssuerClient> clients)
    {
        var client = clients.FirstOrDefault(one => one.Id == query["client_id"]);
        if (client is null)
        {
            return (null, "client_id is not known");
        }

        var type = query["response_type"].ToString();
        if (type is not ("code" or "id_token") || (type == "code") != client.RedeemsCode)
        {
            return (null, "response_type is neither code, for an application with a secret or a key, nor id_token, for one without");
        }

        var challenge = query["code_challenge"].ToString();
        if (type == "code" && (challenge.Length == 0 || query["code_challenge_method"] != "S256"))
        {
            return (null, "no code_challenge by S256");
        }

        return !query["scope"].ToString().Split(' ').Contains("openid") ? (null, "scope lacks openid")
            : query["state"].ToString().Length == 0 || query["nonce"].ToString().Length == 0 ? (null, "state or nonce is missing")
            : !Uri.TryCreate(query["redirect_uri"], UriKind.Absolute, out var back) ? (null, "redirect_uri is no address")
            : (new SignInAsked(client, back.OriginalString, type, query["response_mode"].ToString(), query["state"], query["nonce"], challenge, query["acr_values"].FirstOrDefault() ?? query["vtr"].FirstOrDefault()), "");
    }

    /// <summary>Whether the application may have the tokens of this sign-in's code: its secret or key, its address, and the verifier of its challenge.</summary>
    internal async Task<bool> MayRedeemAsync(IFormCollection form, string tokenEndpoint) =>
        form["redirect_uri"] == RedirectUri
        && Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == Challenge
        && (Client.PublicKey is { } key ? await ProvesAsync(key, form, tokenEndpoint) : form["client_id"] == Client.Id && form["client_secret"] == Client.Secret);

    private async Task<bool> ProvesAsync(string key, IFormCollection form, string tokenEndpoint)
    {
        using var rsa = RSA.Create();
        using var ec = ECDsa.Create();
        var isEc = false;
        try
        {
            rsa.ImportFromPem(key);
        }
        catch (CryptographicException)
        {
            ec.ImportFromPem(key);
            isEc = true;
        }

        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var proof = await new JsonWebTokenHandler().ValidateTokenAsync(form["client_assertion"], new TokenValidationParameters
        {
            ValidIssuer = Client.Id,
            ValidAudience = tokenEndpoint,
            IssuerSigningKey = isEc ? new ECDsaSecurityKey(ec) { CryptoProviderFactory = factory } : new RsaSecurityKey(rsa) { CryptoProviderFactory = factory },
        });
        return form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" && form["client_secret"].Count == 0
            && proof.IsValid && proof.Claims.TryGetValue("sub", out var subject) && subject as string == Client.Id && proof.Claims.ContainsKey("jti");
    }
}
