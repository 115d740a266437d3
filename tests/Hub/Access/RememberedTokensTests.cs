using System.Security.Cryptography;
using IntegrationHub.Functions.Access;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Hub.Tests.Access;

public sealed class RememberedTokensTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly RememberedTokens tokens;
    private readonly TokenValidationParameters parameters;
    private int verifications;
    private bool isWithdrawn;

    public RememberedTokensTests()
    {
        tokens = new RememberedTokens(clock);
        parameters = new TokenValidationParameters
        {
            ValidAudience = "hub",
            ValidIssuer = "issuer",
            IssuerSigningKeyResolver = (_, _, _, _) =>
            {
                verifications++;
                return isWithdrawn ? [] : [new ECDsaSecurityKey(key)];
            },
        };
    }

    [Fact]
    public async Task A_token_is_verified_once_in_a_minute_and_each_request_has_an_identity_of_its_own()
    {
        var token = Token(TimeSpan.FromHours(1));

        var first = await tokens.ValidateTokenAsync(token, parameters);
        var second = await tokens.ValidateTokenAsync(token, parameters);

        Assert.True(first.IsValid && second.IsValid);
        Assert.Equal(1, verifications);
        Assert.NotSame(first.ClaimsIdentity, second.ClaimsIdentity);
        Assert.Equal("caller", second.ClaimsIdentity.FindFirst("sub")?.Value);
        Assert.Equal(token, ((JsonWebToken)second.SecurityToken).EncodedToken);
    }

    [Fact]
    public async Task A_key_that_its_issuer_withdraws_is_trusted_for_a_minute_at_most()
    {
        var token = Token(TimeSpan.FromHours(1));
        Assert.True((await tokens.ValidateTokenAsync(token, parameters)).IsValid);
        isWithdrawn = true;

        clock.Advance(RememberedTokens.Longest - TimeSpan.FromSeconds(1));
        Assert.True((await tokens.ValidateTokenAsync(token, parameters)).IsValid);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await tokens.ValidateTokenAsync(token, parameters)).IsValid);
        Assert.False((await tokens.ValidateTokenAsync(token, parameters)).IsValid);
    }

    [Fact]
    public async Task A_token_is_not_remembered_beyond_its_end()
    {
        var token = Token(TimeSpan.FromSeconds(30));
        await tokens.ValidateTokenAsync(token, parameters);

        clock.Advance(TimeSpan.FromSeconds(31));
        await tokens.ValidateTokenAsync(token, parameters);

        Assert.Equal(2, verifications);
    }

    [Fact]
    public async Task What_differs_in_one_character_is_another_token()
    {
        var token = Token(TimeSpan.FromHours(1));
        await tokens.ValidateTokenAsync(token, parameters);
        for (var at = 0; at < token.Length; at++)
        {
            var changed = token[at] == 'A' ? 'B' : 'A';
            // The last characters hold bits that say nothing; the library may take them for the same signature, and then has verified it.
            var before = verifications;
            var result = await tokens.ValidateTokenAsync($"{token[..at]}{changed}{token[(at + 1)..]}", parameters);
            Assert.True(!result.IsValid || verifications > before);
        }

        Assert.False((await tokens.ValidateTokenAsync(token + "A", parameters)).IsValid);
        Assert.False((await tokens.ValidateTokenAsync("", parameters)).IsValid);
    }

    [Fact]
    public async Task However_many_tokens_come_only_so_many_are_remembered()
    {
        for (var n = 0; n < RememberedTokens.Most + 100; n++)
        {
            Assert.True((await tokens.ValidateTokenAsync(Token(TimeSpan.FromHours(1), FormattableString.Invariant($"caller-{n}")), parameters)).IsValid);
        }

        Assert.InRange(tokens.Remembered, 1, RememberedTokens.Most);
    }

    public void Dispose() => key.Dispose();

    private string Token(TimeSpan lasts, string subject = "caller") => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "issuer",
        Audience = "hub",
        IssuedAt = DateTime.UtcNow,
        NotBefore = DateTime.UtcNow,
        Expires = DateTime.UtcNow + lasts,
        Claims = new Dictionary<string, object> { ["sub"] = subject },
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256),
    });
}
