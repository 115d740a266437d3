namespace IntegrationHub.Functions.Outgoing;

/// <summary>Checks an address that somebody entered, so that every stored address can be called.</summary>
public static class OutgoingAddress
{
    /// <summary>Longest address, in characters.</summary>
    public const int Longest = 2000;

    /// <summary>
    /// The address, or null if no call could be made to it. Whether the hub is allowed to call the address is decided only when it calls.
    /// </summary>
    public static Uri? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= Longest } || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            return null;
        }

        try
        {
            // Uri parses lazily: an invalid DNS host is noticed only when DnsSafeHost is read.
            return Uri.CheckHostName(address.IdnHost) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 && HasShortLabels(address) ? address : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Whether the address is https with a host name that is valid on the public internet: not an IP address, and not a single
    /// word.</summary>
    public static bool IsPublicHttps(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Scheme == Uri.UriSchemeHttps && !address.IsLoopback && address.HostNameType == UriHostNameType.Dns
            && address.IdnHost.TrimEnd('.').Contains('.', StringComparison.Ordinal);
    }

    // The length limits of RFC 1035, section 2.3.4.
    private static bool HasShortLabels(Uri address) =>
        address.HostNameType != UriHostNameType.Dns
        || (address.IdnHost.Length <= 253 && address.IdnHost.TrimEnd('.').Split('.').All(label => label.Length is > 0 and <= 63));
}
