using System.Net;
using System.Security.Cryptography;
using IntegrationHub.Functions.Access;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>Who counts as whom for the limit on requests, and who counts as on this machine.</summary>
public sealed class CallersBehindProxiesTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:7071", null, true)]
    [InlineData("::1", "[::1]:7071", null, true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1:7071", null, true)]
    [InlineData("10.0.0.5", "localhost:7071", null, false)]
    [InlineData(null, "localhost:7071", null, false)]
    [InlineData("127.0.0.1", "evil.example", null, false)]
    [InlineData("127.0.0.1", "localhost.evil.example", null, false)]
    [InlineData("127.0.0.1", "localhost:7071", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "localhost:7071", "X-Forwarded-Proto", false)]
    [InlineData("127.0.0.1", "localhost:7071", "Forwarded", false)]
    [InlineData("127.0.0.1", "localhost:7071", "Via", false)]
    [InlineData("127.0.0.1", "localhost:7071", "X-Real-IP", false)]
    public void Only_a_program_of_this_machine_without_a_proxy_is_local(string? address, string host, string? header, bool local)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        http.Request.Host = new HostString(host);
        if (header is not null)
        {
            http.Request.Headers[header] = "127.0.0.1";
        }

        Assert.Equal(local, LocalCallers.IsLocal(http));
    }

    [Fact]
    public void A_flood_of_addresses_takes_no_more_places_than_there_are()
    {
        var places = new HashSet<int>();
        for (var n = 0; n < 300_000; n++)
        {
            places.Add(RateLimits.BucketOf(From(new IPAddress(RandomNumberGenerator.GetBytes(16)))));
        }

        Assert.All(places, place => Assert.InRange(place, 0, RateLimits.BucketCount - 1));
        Assert.InRange(places.Count, RateLimits.BucketCount / 2, RateLimits.BucketCount);
    }

    [Fact]
    public void One_subscriber_has_one_place_whatever_addresses_it_takes()
    {
        Assert.Equal(RateLimits.BucketOf(From(IPAddress.Parse("2001:db8:1:2::1"))), RateLimits.BucketOf(From(IPAddress.Parse("2001:db8:1:2:ffff::9"))));
        Assert.NotEqual(RateLimits.Network(IPAddress.Parse("2001:db8:1:2::1")), RateLimits.Network(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Equal(RateLimits.Network(IPAddress.Parse("192.0.2.1")), RateLimits.Network(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.NotEqual(RateLimits.Network(IPAddress.Parse("192.0.2.1")), RateLimits.Network(IPAddress.Parse("192.0.2.2")));
    }

    private static DefaultHttpContext From(IPAddress address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address;
        return http;
    }
}
