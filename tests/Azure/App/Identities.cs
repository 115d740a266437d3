using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Azure.Tests.App;

/// <summary>Who gives tokens: the endpoint of App Service from which an app has its own identity, and an issuer of callers' tokens.</summary>
internal sealed class Identities : IAsyncDisposable
{
    internal const string Audience = "api://integrationhub-test";

    // A key takes long to make, so all issuers of the process sign with one.
    private static readonly RSA Key = RSA.Create(2048);

    private WebApplication? app;

    internal Uri Address => new(app!.Urls.First());

    internal static async Task<Identities> StartAsync()
    {
        var identities = new Identities();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/identity", (string resource) => Results.Json(new Dictionary<string, string>
        {
            ["access_token"] = OfTheApp(resource),
            ["expires_on"] = DateTimeOffset.UtcNow.AddHours(12).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["resource"] = resource,
            ["token_type"] = "Bearer",
        }));
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = identities.Address.AbsoluteUri.TrimEnd('/'),
            ["jwks_uri"] = new Uri(identities.Address, "/keys").AbsoluteUri,
            ["authorization_endpoint"] = new Uri(identities.Address, "/authorize").AbsoluteUri,
            ["token_endpoint"] = new Uri(identities.Address, "/token").AbsoluteUri,
        }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { identities.PublicKey() } }));
        await app.StartAsync();
        identities.app = app;
        return identities;
    }

    /// <summary>A token of a caller.</summary>
    internal string Token(string role, string council) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address.AbsoluteUri.TrimEnd('/'),
        Audience = Audience,
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object> { ["sub"] = "officer-1", ["roles"] = new[] { role }, ["council"] = council },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(Key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
    });

    public ValueTask DisposeAsync() => app!.DisposeAsync();

    /// <summary>As Azurite reads it: it looks at the words and at no signature.</summary>
    private static string OfTheApp(string resource)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return $"{Part(new { alg = "none", typ = "JWT" })}.{Part(new { aud = resource, iss = "https://sts.windows.net/00000000-0000-0000-0000-000000000001/", nbf = now - 60, iat = now - 60, exp = now + 43_200, sub = "the-app" })}.AA";

        static string Part(object part) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(part)));
    }

    private Dictionary<string, string> PublicKey()
    {
        var parameters = Key.ExportParameters(false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = "1",
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus!),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent!),
        };
    }
}
