using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// Whose requests are counted together: those of one token's subject; without a valid token, those of one address, as it is after the
/// known proxies. Callers and addresses fall into a fixed number of places, so that no flood of addresses makes memory grow.
/// </summary>
public static class RateLimits
{
    /// <summary>Places for callers, and as many for addresses. Two of a thousand callers share one with a chance of less than one in a hundred.</summary>
    public const int Places = 1 << 16;

    // Drawn at each start: nobody can choose addresses that fall into another's place.
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>The limiter of all requests.</summary>
    /// <param name="perMinute">Requests a minute in one place.</param>
    internal static PartitionedRateLimiter<HttpContext> Make(int perMinute) => PartitionedRateLimiter.Create<HttpContext, int>(http =>
        RateLimitPartition.GetFixedWindowLimiter(
            PlaceOf(http),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>The place of a request: 0 to <see cref="Places"/> - 1 for addresses, then those of callers.</summary>
    public static int PlaceOf(HttpContext http) => (http ?? throw new ArgumentNullException(nameof(http))).Features.Get<Caller>() is { } caller
        ? Places + Place($"{caller.Role}:{caller.Subject}")
        : Place(Network(http.Connection.RemoteIpAddress));

    /// <summary>An address as one subscriber has it: IPv4 whole, of IPv6 the network of 64 bits.</summary>
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
