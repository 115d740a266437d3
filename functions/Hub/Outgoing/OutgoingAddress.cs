namespace IntegrationHub.Functions.Outgoing;

/// <summary>Reads an address that somebody wrote, so that what is stored can be called.</summary>
public static class OutgoingAddress
{
    /// <summary>Longest address, in characters.</summary>
    public const int Longest = 2000;

    /// <summary>The address; null when no call could be made to it. Whether it may be called the guard says, at the call.</summary>
    public static Uri? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= Longest } || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            return null;
        }

        try
        {
            // The class parses lazily: a host that has no form for DNS is noticed when that form is asked for.
            return Uri.CheckHostName(address.IdnHost) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 && HasShortLabels(address) ? address : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Is it https to a name that others could mean too? No IP address, and no name of one word.</summary>
    public static bool IsPublicHttps(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Scheme == Uri.UriSchemeHttps && !address.IsLoopback && address.HostNameType == UriHostNameType.Dns
            && address.IdnHost.TrimEnd('.').Contains('.', StringComparison.Ordinal);
    }

    // RFC 1035 2.3.4.
    private static bool HasShortLabels(Uri address) =>
        address.HostNameType != UriHostNameType.Dns
        || (address.IdnHost.Length <= 253 && address.IdnHost.TrimEnd('.').Split('.').All(label => label.Length is > 0 and <= 63));
}
