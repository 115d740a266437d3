using System.Net;
using System.Net.Sockets;

namespace IntegrationHub.Functions.Outgoing;

/// <summary>The kinds of address to which an outgoing call could be made.</summary>
public enum AddressKind
{
    /// <summary>A public address, which reaches the same machine from everywhere on the internet.</summary>
    Public,

    /// <summary>An address in a private network (RFC 1918, RFC 6598, RFC 4193).</summary>
    Private,

    /// <summary>An address of this machine.</summary>
    Loopback,

    /// <summary>An address that is never called: link-local, multicast, a metadata service, reserved, or an address that contains another
    /// address.</summary>
    Forbidden,
}

/// <summary>
/// Classifies addresses. Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries; the metadata services of Azure, AWS, Google,
/// Oracle and Alibaba.
/// </summary>
public static class AddressRules
{
    private static readonly IPNetwork[] ForbiddenNetworks = Networks(
        // IPv4 networks: "this network", protocol assignments (Oracle's metadata), documentation, 6to4 relays, benchmarks, multicast,
        // reserved, broadcast.
        "0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Link-local addresses with the metadata services; Azure's wire server, which looks public but is not; Alibaba's metadata service.
        "169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32",
        // IETF protocol assignments with Teredo and ORCHID, documentation, and 6to4, which contains an IPv4 address.
        "2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16",
        // Metadata services of AWS and Google inside the private range.
        "fd00:ec2::254/128", "fd20:ce::254/128");

    private static readonly IPNetwork[] PrivateNetworks = Networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    private static readonly IPNetwork LoopbackNetwork = IPNetwork.Parse("127.0.0.0/8");
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>The kind of <paramref name="address"/>.</summary>
    public static AddressKind Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            return AddressKind.Forbidden;
        }

        if (Hidden(address) is { } inside)
        {
            // A private address hidden inside another address is an attempt to evade a check, so no setting allows it.
            return Of(inside) == AddressKind.Public ? AddressKind.Public : AddressKind.Forbidden;
        }

        if (ForbiddenNetworks.Any(network => network.Contains(address)))
        {
            return AddressKind.Forbidden;
        }

        if (LoopbackNetwork.Contains(address) || address.Equals(IPAddress.IPv6Loopback))
        {
            return AddressKind.Loopback;
        }

        return PrivateNetworks.Any(network => network.Contains(address)) ? AddressKind.Private
            : address.AddressFamily == AddressFamily.InterNetworkV6 && (!GlobalUnicast.Contains(address) || IsTunnel(address)) ? AddressKind.Forbidden
            : AddressKind.Public;
    }

    /// <summary>The IPv4 address inside an IPv6 address: IPv4-mapped and NAT64 (RFC 4291 2.5.5.2, RFC 6052).</summary>
    private static IPAddress? Hidden(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : address.AddressFamily == AddressFamily.InterNetworkV6 && Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes()[12..])
            : null;

    // An ISATAP address (RFC 5214) ends in 0:5efe or 200:5efe and an IPv4 address.
    private static bool IsTunnel(IPAddress address) => address.GetAddressBytes() is [.., 0x00 or 0x02, 0x00, 0x5e, 0xfe, _, _, _, _];

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
