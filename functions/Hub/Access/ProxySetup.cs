using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Functions.Access;

/// <summary>Works out the caller's real address and the hub's public address before anything else reads a request.</summary>
internal static class ProxySetup
{
    /// <summary>Trusts the known proxies and gives every request the public address; does nothing if neither is set.</summary>
    internal static void UseProxy(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<ProxyOptions>() is not { } proxy)
        {
            return;
        }

        var networks = proxy.Networks(out _);
        if (networks.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,

                // The addresses are read from the nearest proxy outwards, up to the first address that is not a known proxy.
                ForwardLimit = null,
            };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in networks)
            {
                forwarded.KnownIPNetworks.Add(network);
            }

            app.UseMiddleware<ForwardedHeadersMiddleware>(Options.Create(forwarded));
        }

        if (proxy.PublicAddress is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            // The default port is left out, because partners compare links letter by letter.
            var host = new HostString(address.Authority);
            app.Use((http, next) =>
            {
                // Every link is built from this scheme and host, so no caller's Host header can get into a link.
                (http.Request.Scheme, http.Request.Host) = (address.Scheme, host);
                return next(http);
            });
        }
    }
}

/// <summary>Recognises callers on this machine.</summary>
public static class LocalCallers
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>
    /// Whether the request came over a loopback connection, directly from a program on this machine. This is decided by the network
    /// connection, not by a header. A request through a proxy on this machine is recognised by the proxy's headers or the host name that it
    /// passes on, and does not count as local. A request from another site's page does not count as local either, even if that site's name
    /// resolves to this machine.
    /// </summary>
    public static bool IsLocal(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && !ProxyHeaders.Any(http.Request.Headers.ContainsKey)
            && IsLoopbackHost(http.Request.Host.Host);
    }

    /// <summary>Whether a host's name or address means only this machine.</summary>
    public static bool IsLoopbackHost(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>Refuses callers that are not on this machine, because a development hub asks for no password.</summary>
    internal static Task OnlyAsync(HttpContext http, RequestDelegate next) => IsLocal(http)
        ? next(http)
        : Problem.Of(
            StatusCodes.Status403Forbidden,
            "development-only",
            "This hub runs in development mode and answers only programs on its own machine, without a proxy in between.").ExecuteAsync(http);
}
