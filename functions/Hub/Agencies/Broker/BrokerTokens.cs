using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>A token for one audience.</summary>
/// <param name="Type">As <c>put-token</c> wants it named.</param>
/// <param name="Value">The token.</param>
/// <param name="Expires">Worth nothing from then on.</param>
public sealed record BrokerToken(string Type, string Value, DateTimeOffset Expires)
{
    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => $"{Type} until {Expires:O}";
}

/// <summary>Where tokens come from.</summary>
public interface IBrokerTokens
{
    /// <summary>A token for this audience, for instance <c>amqps://NAMESPACE.servicebus.windows.net/advice-responses</c>.</summary>
    ValueTask<BrokerToken> GetAsync(string audience, CancellationToken cancellation);
}

/// <summary>Shared access signatures: HMAC-SHA256 of resource, line feed and expiry under the key. Source: Azure Service Bus access control with shared access signatures.</summary>
public sealed class SharedAccessTokens(string keyName, string key, TimeProvider time) : IBrokerTokens
{
    /// <summary>How long a token lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public ValueTask<BrokerToken> GetAsync(string audience, CancellationToken cancellation)
    {
        var expires = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        var resource = WebUtility.UrlEncode(audience);
        var until = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{resource}\n{until}")));
        var token = $"SharedAccessSignature sr={resource}&sig={WebUtility.UrlEncode(signature)}&se={until}&skn={keyName}";
        return new(new BrokerToken("servicebus.windows.net:sastoken", token, expires));
    }
}

/// <summary>Tokens of Microsoft Entra ID: the app's own identity, no key to leak.</summary>
public sealed class EntraTokens(TokenCredential credential) : IBrokerTokens
{
    private static readonly TokenRequestContext Scope = new(["https://servicebus.azure.net/.default"]);

    /// <inheritdoc/>
    public async ValueTask<BrokerToken> GetAsync(string audience, CancellationToken cancellation)
    {
        var token = await credential.GetTokenAsync(Scope, cancellation);
        return new BrokerToken("jwt", token.Token, token.ExpiresOn);
    }
}
