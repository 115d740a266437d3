using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// Counts the requests of one token's subject together. Without a valid token, the requests of one address (behind the known proxies)
/// are counted together. Callers and addresses are hashed into a fixed number of buckets, so that a flood of addresses cannot make memory
/// grow.
/// </summary>
public static class RateLimits
{
    /// <summary>
    /// The number of buckets for callers; there are as many again for addresses. Even with a thousand callers, a caller is unlikely to
    /// share a bucket with another.
    /// </summary>
    public const int BucketCount = 1 << 16;

    // The secret is chosen at random at each start, so that nobody can pick addresses that share another caller's bucket.
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>The rate limiter for all requests.</summary>
    /// <param name="perMinute">Number of requests that one bucket allows in a minute.</param>
    internal static PartitionedRateLimiter<HttpContext> Make(int perMinute) => PartitionedRateLimiter.Create<HttpContext, int>(http =>
        RateLimitPartition.GetFixedWindowLimiter(
            BucketOf(http),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>
    /// The number of the bucket in which a request is counted. Numbers from 0 to <see cref="BucketCount"/> - 1 are for addresses; higher
    /// numbers are for callers.
    /// </summary>
    public static int BucketOf(HttpContext http) => (http ?? throw new ArgumentNullException(nameof(http))).Features.Get<Caller>() is { } caller
        ? BucketCount + Place($"{caller.Role}:{caller.Subject}")
        : Place(Network(http.Connection.RemoteIpAddress));

    /// <summary>
    /// The part of an address that belongs to one subscriber, which is the whole of an IPv4 address or the first 64 bits of an IPv6
    /// address.
    /// </summary>
    public static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "-";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, 8))
            : plain.ToString();
    }

    private static int Place(string name) =>
        (int)(BinaryPrimitives.ReadUInt32LittleEndian(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(name))) % BucketCount);
}
