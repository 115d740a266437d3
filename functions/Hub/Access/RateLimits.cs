using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// Which requests are counted together: those of one token's subject or, without a valid token, those of one address (after the known
/// proxies). Callers and addresses are hashed into a fixed number of buckets, so that a flood of addresses cannot make memory grow.
/// </summary>
public static class RateLimits
{
    /// <summary>
    /// Buckets for callers, and as many again for addresses. One caller in a thousand shares a bucket with another with a probability below
    /// one in a hundred.
    /// </summary>
    public const int Places = 1 << 16;

    // Chosen at random at each start, so that nobody can pick addresses that share another caller's bucket.
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>The limiter of all requests.</summary>
    /// <param name="perMinute">Requests a minute in one bucket.</param>
    internal static PartitionedRateLimiter<HttpContext> Make(int perMinute) => PartitionedRateLimiter.Create<HttpContext, int>(http =>
        RateLimitPartition.GetFixedWindowLimiter(
            PlaceOf(http),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>The bucket of a request: 0 to <see cref="Places"/> - 1 for addresses, then those of callers.</summary>
    public static int PlaceOf(HttpContext http) => (http ?? throw new ArgumentNullException(nameof(http))).Features.Get<Caller>() is { } caller
        ? Places + Place($"{caller.Role}:{caller.Subject}")
        : Place(Network(http.Connection.RemoteIpAddress));

    /// <summary>The part of an address that belongs to one subscriber: all of an IPv4 address, the first 64 bits of an IPv6 address.</summary>
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
        (int)(BinaryPrimitives.ReadUInt32LittleEndian(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(name))) % Places);
}
