using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Access tokens for bodies' endpoints, fetched when needed and reused until shortly before they expire.</summary>
public sealed class AccessTokens(IHttpClientFactory clients, TimeProvider time)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // NHS England allows an assertion to be valid for at most five minutes.
    private static readonly TimeSpan AssertionLife = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<AgencyId, (string Token, DateTimeOffset Until)> kept = new();

    /// <summary>
    /// The token for an endpoint, or the reason why there is none. An endpoint without credentials needs no token.
    /// </summary>
    public async Task<(string? Token, PushResult? Trouble)> ForAsync(PushEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Credentials is not { } credentials)
        {
            return (null, null);
        }

        var now = time.GetUtcNow();
        if (kept.TryGetValue(endpoint.Agency, out var current) && now < current.Until)
        {
            return (current.Token, null);
        }

        using var form = new FormUrlEncodedContent(Form(credentials, now));
        try
        {
            using var client = clients.CreateClient(PushEndpoints.ClientName(endpoint.Agency));
            using var response = await client.PostAsync(credentials.TokenEndpoint, form, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var sorted = ResponseClassification.Refusal(response, body, now);
                return (null, sorted.End == PushOutcome.Transient ? sorted : PushResult.NeedsHuman($"no token: {sorted.Detail}"));
            }

            if (Read(body) is not { } granted)
            {
                return (null, PushResult.NeedsHuman("the token endpoint's response contains no access token"));
            }

            kept[endpoint.Agency] = (granted.Token, now + granted.Life - Margin);
            return (granted.Token, null);
        }
        catch (Exception failure) when (ResponseClassification.Failure(failure, cancellationToken) is not null)
        {
            return (null, ResponseClassification.Failure(failure, cancellationToken));
        }
    }

    /// <summary>Discards an endpoint's token after the endpoint refused it.</summary>
    public void Drop(PushEndpoint endpoint) => kept.TryRemove(endpoint.Agency, out _);

    private static Dictionary<string, string> Form(SignedJwtCredentials credentials, DateTimeOffset now)
    {
        var assertion = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = credentials.ClientId,
            Audience = credentials.TokenEndpoint.ToString(),
            Subject = new ClaimsIdentity([new Claim(JwtRegisteredClaimNames.Sub, credentials.ClientId), new Claim(JwtRegisteredClaimNames.Jti, Guid.NewGuid().ToString())]),
            IssuedAt = now.UtcDateTime,
            Expires = (now + AssertionLife).UtcDateTime,
            SigningCredentials = credentials.Key,
        });
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = AssertionType,
            ["client_assertion"] = assertion,
        };
        if (credentials.Scope is { } scope)
        {
            form["scope"] = scope;
        }

        return form;
    }

    private static (string Token, TimeSpan Life)? Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("access_token", out var token) || token.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            // Some token endpoints write expires_in, a number of seconds, as text.
            var seconds = json.RootElement.TryGetProperty("expires_in", out var life)
                && int.TryParse(life.ToString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var told) ? told : 300;
            return (token.GetString()!, TimeSpan.FromSeconds(seconds));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
