using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// Verifies tokens, and remembers for a minute which it found valid: a system sends the same token with each of its requests, and checking a
/// signature costs as much as reading a small submission. A minute, so that a key that its issuer withdraws is not trusted for much longer;
/// never beyond the end of the token.
/// </summary>
/// <param name="clock">Time.</param>
internal sealed class RememberedTokens(TimeProvider clock) : JsonWebTokenHandler
{
    /// <summary>How long a token is not verified again.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Most tokens that are remembered. Systems with one of their own are a few hundred; when there are more, all are forgotten.</summary>
    internal const int Most = 4096;

    // By hash: the tokens themselves are not kept.
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
        // Each request gets an identity of its own, which it may change.
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
