using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Functions.Access;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>Which tokens are accepted, and what is read out of them.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task The_key_is_readable_by_its_owner_alone_and_is_kept()
    {
        var data = Path.Combine(Directory.CreateTempSubdirectory("tokens-").FullName, "data");
        var first = TokenIssuer.Open(data, new AccessOptions(), TimeProvider.System);
        var again = TokenIssuer.Open(data, new AccessOptions(), TimeProvider.System);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, TokenIssuer.KeyFile)));
        }

        Assert.Equal(first.Key.KeyId, again.Key.KeyId);
        Assert.Single(Directory.GetFiles(data));

        await File.WriteAllTextAsync(Path.Combine(data, TokenIssuer.KeyFile), "damaged", TestContext.Current.CancellationToken);
        Assert.Throws<CryptographicException>(() => TokenIssuer.Open(data, new AccessOptions(), TimeProvider.System));
        Directory.Delete(data, recursive: true);
    }

    [Theory]
    [InlineData("valid", 200)]
    [InlineData("expired", 401)]
    [InlineData("another key", 401)]
    [InlineData("another audience", 401)]
    [InlineData("changed claim", 401)]
    [InlineData("no signature", 401)]
    [InlineData("shared secret of the public key", 401)]
    [InlineData("not a token", 401)]
    public async Task Only_a_token_of_this_hub_is_accepted(string kind, int status)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var data = Directory.CreateTempSubdirectory("tokens-").FullName;
        var officer = new TokenRequest(CallerRole.CouncilOfficer, Council: HubUnderTest.Own);
        var parts = hub.Officer().Split('.');
        var token = kind switch
        {
            "valid" => hub.Officer(),
            "expired" => hub.Tokens.Issue(officer, TimeSpan.FromMinutes(-2)),
            "another key" => TokenIssuer.Open(data, new AccessOptions(), TimeProvider.System).Issue(officer),
            "another audience" => OtherAudience(hub, officer),
            "changed claim" => $"{parts[0]}.{Base64Url(Decoded(parts[1]).Replace("\"330\"", "\"331\"", StringComparison.Ordinal))}.{parts[2]}",
            "no signature" => $"{Base64Url("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            "shared secret of the public key" => SignedWithPublicKey(hub, parts[1]),
            _ => "not-a-token",
        };

        using var answer = await hub.GetAsync("/v1/cases", token);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 401)
        {
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
            Assert.Equal(Problem.MediaType, answer.Content.Headers.ContentType?.MediaType);
        }

        Directory.Delete(data, recursive: true);
    }

    [Theory]
    [InlineData("sub=a|roles=council-officer|council=330", CallerRole.CouncilOfficer)]
    [InlineData("sub=a|roles=agency|agency=ods:RX1", CallerRole.Agency)]
    [InlineData("sub=a|roles=family|assessment=330-7K3M9Q2XH4TD", CallerRole.Family)]
    [InlineData("sub=a|roles=operations-reader", CallerRole.OperationsReader)]
    [InlineData("sub=a|roles=operator|council=330", CallerRole.Operator)]
    [InlineData("sub=a|roles=Hub.Council.Officer|roles=Some.Other.App|council=330", CallerRole.CouncilOfficer)]
    [InlineData("sub=a|roles=agency|azp=client-1", CallerRole.Agency)]
    [InlineData("sub=a|roles=agency|azp=client-1|agency=ods:RX1", CallerRole.Agency)]
    [InlineData("sub=a", null)]
    [InlineData("roles=operator", null)]
    [InlineData("sub=a|roles=council-officer", null)]
    [InlineData("sub=a|roles=council-officer|council=33", null)]
    [InlineData("sub=a|roles=council-officer|council=330|council=331", null)]
    [InlineData("sub=a|roles=council-officer|roles=operator|council=330", null)]
    [InlineData("sub=a|roles=agency|agency=RX1", null)]
    [InlineData("sub=a|roles=agency|azp=client-1|agency=ods:RX2", null)]
    [InlineData("sub=a|roles=agency|azp=client-2", null)]
    [InlineData("sub=a|roles=family", null)]
    public void A_caller_is_read_or_the_token_is_refused(string claims, CallerRole? role)
    {
        var options = new AccessOptions
        {
            Roles = { ["Hub.Council.Officer"] = "council-officer" },
            Bindings = { ["client-1"] = new ClientBinding { Agency = "ods:RX1" } },
        };
        var token = new ClaimsPrincipal(new ClaimsIdentity(claims.Split('|').Select(c => new Claim(c[..c.IndexOf('=', StringComparison.Ordinal)], c[(c.IndexOf('=', StringComparison.Ordinal) + 1)..]))));

        var caller = CallerReading.Read(token, options, out var problem);

        Assert.Equal(role, caller?.Role);
        Assert.Equal(role is null, problem.Length > 0);
    }

    [Fact]
    public void A_token_is_issued_only_with_what_binds_it()
    {
        var data = Directory.CreateTempSubdirectory("tokens-").FullName;
        var tokens = TokenIssuer.Open(data, new AccessOptions(), TimeProvider.System);

        Assert.Throws<ArgumentException>(() => tokens.Issue(new TokenRequest(CallerRole.CouncilOfficer)));
        Assert.Throws<ArgumentException>(() => tokens.Issue(new TokenRequest(CallerRole.Agency)));
        Assert.Throws<ArgumentException>(() => tokens.Issue(new TokenRequest(CallerRole.Family)));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public void A_hub_has_one_issuer_and_never_two()
    {
        var data = Directory.CreateTempSubdirectory("tokens-").FullName;
        var tokens = TokenIssuer.Open(data, new AccessOptions(), TimeProvider.System);
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();

        Assert.Throws<InvalidOperationException>(() => services.AddHubAccess(new AccessOptions { Authority = "https://login.example.org" }, tokens));
        Assert.Throws<InvalidOperationException>(() => services.AddHubAccess(new AccessOptions(), null));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var hub = await HubUnderTest.StartAsync();
        foreach (var (path, token) in new[] { ("/v1/cases", hub.Officer()), ("/v1/cases", null), ("/health/live", null), ("/nowhere", hub.Officer()) })
        {
            using var answer = await hub.GetAsync(path, token);

            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task A_caller_who_asks_too_often_is_told_to_wait_and_others_are_not()
    {
        await using var hub = await HubUnderTest.StartAsync(requestsPerMinute: 3);
        for (var i = 0; i < 3; i++)
        {
            using var fine = await hub.GetAsync("/v1/cases", hub.Officer());
            Assert.Equal(200, (int)fine.StatusCode);
        }

        using var tooMany = await hub.GetAsync("/v1/cases", hub.Officer());
        using var another = await hub.GetAsync("/v1/cases", hub.Officer(subject: "officer-18"));

        Assert.Equal(429, (int)tooMany.StatusCode);
        Assert.InRange(tooMany.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(Problem.MediaType, tooMany.Content.Headers.ContentType?.MediaType);
        Assert.Equal(200, (int)another.StatusCode);
    }

    private static string OtherAudience(HubUnderTest hub, TokenRequest request) => hub.TokensFor("another-audience").Issue(request);

    private static string SignedWithPublicKey(HubUnderTest hub, string payload)
    {
        var key = ((Microsoft.IdentityModel.Tokens.ECDsaSecurityKey)hub.Tokens.Key).ECDsa.ExportSubjectPublicKeyInfoPem();
        var signed = $"{Base64Url("""{"alg":"HS256","typ":"JWT"}""")}.{payload}";
        return $"{signed}.{Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed))).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
    }

    private static string Base64Url(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Decoded(string part)
    {
        var text = part.Replace('-', '+').Replace('_', '/');
        return Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
    }
}
