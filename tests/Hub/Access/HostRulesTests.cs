using IntegrationHub.Functions.Access;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>Every combination of issuer, address, proxy, environment and development: which of them may start.</summary>
public sealed class HostRulesTests
{
    private static readonly string?[] Authorities = [null, "https://login.example/t"];
    private static readonly string[] Urls = ["http://localhost:7071", "http://127.0.0.1:0", "http://[::1]:7071", "http://0.0.0.0:7071", "http://*:7071", "http://hub.example:80", "https://0.0.0.0:443", "http://localhost:1;http://0.0.0.0:2"];
    private static readonly string?[] Proxies = [null, "127.0.0.1", "10.0.0.0/8, ::1"];
    private static readonly string?[] Publics = [null, "https://hub.example"];
    private static readonly string?[] Environments = [null, "Development", "Production"];

    [Fact]
    public void Only_combinations_in_which_nobody_comes_in_unasked_start()
    {
        var (asked, started) = (0, 0);
        foreach (var development in new[] { false, true })
            foreach (var authority in Authorities)
                foreach (var url in Urls)
                    foreach (var known in Proxies)
                        foreach (var address in Publics)
                            foreach (var environment in Environments)
                            {
                                var refusal = HostRules.Refusal(new HostSecurity
                                {
                                    Development = development,
                                    Authority = authority,
                                    Url = url,
                                    Proxy = new ProxyOptions { Known = known, PublicAddress = address },
                                    Environment = environment,
                                });
                                var loopback = url is "http://localhost:7071" or "http://127.0.0.1:0" or "http://[::1]:7071";
                                var expected = development
                                    ? authority is null && loopback && known is null && address is null && environment != "Production"
                                    : authority is not null && (known is null ? loopback || url.StartsWith("https", StringComparison.Ordinal) : address is not null);
                                Assert.True(expected == refusal is null, $"{development} {authority} {url} {known} {address} {environment}: {refusal}");
                                Assert.DoesNotContain('\n', refusal ?? "");
                                asked++;
                                started += refusal is null ? 1 : 0;
                            }

        Assert.InRange(started, 1, asked - 1);
    }

    [Theory]
    [InlineData("no address", "http://localhost:1", null, null)]
    [InlineData("http://login.example", "http://localhost:1", null, null)]
    [InlineData("https://login.example", "rubbish", null, null)]
    [InlineData("https://login.example", "", null, null)]
    [InlineData("https://login.example", "ftp://localhost:1", null, null)]
    [InlineData("https://login.example", "http://localhost:0", null, null)]
    [InlineData("https://login.example", "http://localhost:1", "my-proxy", "https://hub.example")]
    [InlineData("https://login.example", "http://localhost:1", "10.0.0.0/99", "https://hub.example")]
    [InlineData("https://login.example", "http://localhost:1", "10.0.0.1", "http://hub.example")]
    [InlineData("https://login.example", "http://localhost:1", "10.0.0.1", "https://hub.example/below")]
    [InlineData("https://login.example", "http://localhost:1", "10.0.0.1", "https://me@hub.example")]
    public void A_setting_that_cannot_be_meant_is_refused(string authority, string url, string? known, string? address) =>
        Assert.NotNull(HostRules.Refusal(new HostSecurity
        {
            Development = false,
            Authority = authority,
            Url = url,
            Proxy = new ProxyOptions { Known = known, PublicAddress = address },
        }));
}
