using System.Net;

namespace IntegrationHub.Functions.Access;

/// <summary>The proxies between callers and the hub, and the hub's public address.</summary>
public sealed class ProxyOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Proxy";

    /// <summary>
    /// Addresses (<c>10.1.2.3</c>) and networks (<c>10.1.0.0/16</c>) of the proxies in front of the hub, separated by commas. Headers about
    /// the caller's address and TLS are trusted only if they come from these proxies; from anybody else they are ignored.
    /// </summary>
    public string? Known { get; set; }

    /// <summary>
    /// The hub's address as others reach it, for instance <c>https://hub.example.gov.uk</c>. Every link that the hub sends begins with this
    /// address, regardless of the Host header that a caller sent. If null, links use each request's own address.
    /// </summary>
    public string? PublicAddress { get; set; }

    /// <summary>The networks in <see cref="Known"/>; a single address counts as a network.</summary>
    /// <param name="problem">The part of the setting that is neither an address nor a network, or null if every part is valid.</param>
    public IReadOnlyList<IPNetwork> Networks(out string? problem)
    {
        problem = null;
        var networks = new List<IPNetwork>();
        foreach (var part in (Known ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                problem = $"{Section}:Known: '{part}' is neither an IP address nor a network such as 10.1.0.0/16.";
            }
        }

        return networks;
    }
}
