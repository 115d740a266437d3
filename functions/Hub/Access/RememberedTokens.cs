using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// Verifies tokens, and remembers for a minute which tokens were valid. A system sends the same token with each of its requests, and
/// checking a signature costs as much as reading a small submission. A token is remembered for only a minute, and never beyond its expiry,
/// so that a key that the issuer withdraws is not trusted for much longer.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class RememberedTokens(TimeProvider clock) : JsonWebTokenHandler
{
    /// <summary>The longest time for which a verified token is accepted without being verified again.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The largest number of tokens that are remembered. Only a few hundred systems have a token of their own. If this number is exceeded,
    /// all tokens are forgotten.
    /// </summary>
    internal const int Most = 4096;

    // The results are stored under the token's hash; the tokens themselves are not stored.
    private readonly ConcurrentDictionary<string, Verified> verified = new(StringComparer.Ordinal);

    /// <summary>How many tokens are remembered.</summary>
    internal int Remembered => verified.Count;

    /// <inheritdoc/>
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        ArgumentNullException.ThrowIfNull(validationParameters);
        if (string.IsNullOrEmpty(token) || token.Length > MaximumTokenSizeInBytes)
        {
            return await base.ValidateTokenAsync(token, validationParameters);
        }

        var (key, now) = (Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token))), clock.GetUtcNow());
        if (verified.TryGetValue(key, out var kept) && kept.Until > now)
        {
            return kept.Result();
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result is { IsValid: true, SecurityToken: { } read })
        {
            var end = new DateTimeOffset(DateTime.SpecifyKind(read.ValidTo, DateTimeKind.Utc));
            MakeRoom(now);
            verified[key] = new Verified(result, now + Longest < end ? now + Longest : end);
        }
        else
        {
            verified.TryRemove(key, out _);
        }

        return result;
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (verified.Count < Most)
        {
            return;
        }

        foreach (var (key, one) in verified)
        {
            if (one.Until <= now)
            {
                verified.TryRemove(key, out _);
            }
        }

        if (verified.Count >= Most)
        {
            verified.Clear();
        }
    }

    private sealed record Verified(TokenValidationResult First, DateTimeOffset Until)
    {
        // Each request gets its own copy of the identity, which the request can change.
        internal TokenValidationResult Result() => new()
        {
            IsValid = true,
            ClaimsIdentity = First.ClaimsIdentity.Clone(),
            SecurityToken = First.SecurityToken,
            Issuer = First.Issuer,
            TokenType = First.TokenType,
        };
    }
}
