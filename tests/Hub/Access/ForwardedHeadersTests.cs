using System.Net;
using IntegrationHub.Functions.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>What a proxy says about a caller is believed where the proxy is known, and only there; the public address stands above it.</summary>
public sealed class ForwardedHeadersTests
{
    [Theory]
    [InlineData("10.1.0.7", null, "https://hub.internal", "192.0.2.9")]
    [InlineData("10.9.0.7", null, "http://hub.internal", "10.9.0.7")]
    [InlineData("10.1.0.7", "https://hub.example.gov.uk", "https://hub.example.gov.uk", "192.0.2.9")]
    [InlineData("10.9.0.7", "https://hub.example.gov.uk", "https://hub.example.gov.uk", "10.9.0.7")]
    public async Task The_scheme_the_host_and_the_caller_are_those_of_a_known_proxy_or_the_connections(string from, string? publicAddress, string address, string caller)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(new ProxyOptions { Known = "10.1.0.0/16", PublicAddress = publicAddress }).BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UseProxy();
        var (seen, seenCaller) = ("", "");
        app.Run(http =>
        {
            (seen, seenCaller) = ($"{http.Request.Scheme}://{http.Request.Host}", http.Connection.RemoteIpAddress!.ToString());
            return Task.CompletedTask;
        });
        var asked = new DefaultHttpContext { RequestServices = services };
        asked.Connection.RemoteIpAddress = IPAddress.Parse(from);
        (asked.Request.Scheme, asked.Request.Host) = ("http", new HostString("hub.internal"));
        asked.Request.Headers["X-Forwarded-For"] = "192.0.2.9";
        asked.Request.Headers["X-Forwarded-Proto"] = "https";

        await app.Build()(asked);

        Assert.Equal((address, caller), (seen, seenCaller));
    }
}
