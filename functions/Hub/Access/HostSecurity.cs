namespace IntegrationHub.Functions.Access;

/// <summary>The settings of a hub on which its security depends.</summary>
public sealed record HostSecurity
{
    /// <summary>Whether development sign-in and development tokens are switched on.</summary>
    public required bool Development { get; init; }

    /// <summary>The issuer of tokens, or null if none is set.</summary>
    public required string? Authority { get; init; }

    /// <summary>Whether the issuer's metadata must be fetched over TLS.</summary>
    public bool RequireHttpsMetadata { get; init; } = true;

    /// <summary>Addresses to listen at, separated by semicolons.</summary>
    public required string Url { get; init; }

    /// <summary>The proxies in front of the hub, and the hub's public address.</summary>
    public required ProxyOptions Proxy { get; init; }

    /// <summary>Name of the environment (<c>ASPNETCORE_ENVIRONMENT</c>, <c>DOTNET_ENVIRONMENT</c>), or null if none was set.</summary>
    public string? Environment { get; init; }
}

/// <summary>
/// Combinations of settings with which the hub refuses to start, because somebody without permission could get in or eavesdrop.
/// </summary>
public static class HostRules
{
    /// <summary>The reason why the hub refuses to start, or null if it can start. The reason is one line that says what to set.</summary>
    public static string? Refusal(HostSecurity facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var networks = facts.Proxy.Networks(out var wrongProxy);
        return wrongProxy
            ?? WrongAddress(AccessOptions.Section + ":Authority", facts.Authority, httpOnThisMachine: true)
            ?? WrongAddress(ProxyOptions.Section + ":PublicAddress", facts.Proxy.PublicAddress, httpOnThisMachine: true)
            ?? WrongPublicAddress(facts.Proxy.PublicAddress)
            ?? WrongUrl(facts.Url)
            ?? (facts.Development ? Development(facts, networks.Count > 0) : InUse(facts, networks.Count > 0));
    }

    private static string? Development(HostSecurity facts, bool proxied) => facts switch
    {
        { Authority: not null } =>
            "Development tokens and Access:Authority cannot be used together: leave out --development (Access:Development), or unset Access:Authority.",
        { Environment: { } name } when name.Equals("Production", StringComparison.OrdinalIgnoreCase) =>
            "Development sign-in is refused in the environment Production. Leave out --development, and set Access:Authority.",
        _ when proxied || facts.Proxy.PublicAddress is not null =>
            "Development sign-in is not available behind a proxy. Leave out --development and set Access:Authority, or remove the section Proxy.",
        _ when Urls(facts.Url).Any(url => !LocalCallers.IsLoopbackHost(url.Host)) =>
            "Development sign-in works only on this machine. Listen at http://localhost:PORT, or leave out --development and set Access:Authority.",
        _ => null,
    };

    private static string? InUse(HostSecurity facts, bool proxied) => facts switch
    {
        { Authority: null } =>
            "Nobody could sign in. Set Access:Authority to the issuer of tokens, or use --development to try the hub on this machine only.",
        { RequireHttpsMetadata: false, Authority: { } issuer } when !IsLocal(issuer) =>
            "Access:RequireHttpsMetadata can be false only if Access:Authority is on this machine.",
        _ when proxied && facts.Proxy.PublicAddress is null =>
            "Proxy:Known needs Proxy:PublicAddress, the address under which people reach the hub (https://hub.example.gov.uk).",
        _ when !proxied && Urls(facts.Url).Any(url => url.Scheme == Uri.UriSchemeHttp && !LocalCallers.IsLoopbackHost(url.Host)) =>
            "Tokens would cross the network unencrypted. Listen at an https address or at http://localhost:PORT, or name the TLS proxy in Proxy:Known.",
        _ => null,
    };

    private static string? WrongAddress(string setting, string? value, bool httpOnThisMachine) =>
        value is null ? null
        : Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps
            || (httpOnThisMachine && address.Scheme == Uri.UriSchemeHttp && LocalCallers.IsLoopbackHost(address.Host))) ? null
        : $"{setting} must be an https address{(httpOnThisMachine ? " (http only on this machine)" : "")}.";

    private static string? WrongPublicAddress(string? value) =>
        value is not null && new Uri(value) is var address && (address.AbsolutePath != "/" || address.Query.Length > 0 || address.UserInfo.Length > 0)
            ? "Proxy:PublicAddress must be a host without a path, for example https://hub.example.gov.uk"
            : null;

    private static string? WrongUrl(string urls) =>
        Urls(urls) is not { Count: > 0 } read || read.Any(url => url.AbsolutePath != "/" || url.Query.Length > 0)
            ? $"--url: '{urls}' is not an address to listen at, such as http://localhost:7071."
        // The name localhost stands for two addresses (IPv4 and IPv6), which cannot both be given the same free port.
        : read.Any(url => url.Port == 0 && url.Host == "localhost") ? "--url: to listen on any free port, give the address as http://127.0.0.1:0."
        : null;

    /// <summary>
    /// The addresses in the setting, or none if any part of it is not an address. A host of <c>*</c> or <c>+</c> means every address of the
    /// machine.
    /// </summary>
    private static List<Uri> Urls(string urls)
    {
        var read = new List<Uri>();
        foreach (var text in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var named = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
            if (!Uri.TryCreate(named, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            {
                return [];
            }

            read.Add(url);
        }

        return read;
    }

    private static bool IsLocal(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) && LocalCallers.IsLoopbackHost(url.Host);
}
