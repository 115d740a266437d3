using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace IntegrationHub.Functions.Outgoing;

/// <summary>Who chose the address that is called.</summary>
public enum OutgoingAddressSource
{
    /// <summary>A caller of the hub, in a subscription.</summary>
    Caller,

    /// <summary>The hub's operator, in <c>agencies.json</c>.</summary>
    Operator,
}

/// <summary>The network functions that the guard uses: name resolution and connections.</summary>
public interface IOutgoingNetwork
{
    /// <summary>Resolves the addresses of a host name.</summary>
    /// <exception cref="SocketException">The host name has no address.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>Connects to exactly this address.</summary>
    /// <exception cref="SocketException">Nothing answers at this address.</exception>
    ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken);
}

/// <summary>
/// Checks every outgoing call whose address somebody else can choose. The guard resolves the name, checks its addresses, and connects to an
/// address that it has checked, so a name that resolves differently a moment later cannot evade the check.
/// </summary>
public sealed class OutgoingGuard(OutgoingOptions options, IOutgoingNetwork network)
{
    private readonly IReadOnlyList<IPNetwork> networks = options.Networks();

    /// <summary>
    /// A handler that follows no redirect, uses no proxy, and connects only to addresses that <paramref name="aim"/> is allowed to choose.
    /// </summary>
    /// <param name="aim">Who chose the address.</param>
    /// <param name="configure">Configures the handler, for example its certificates.</param>
    public HttpMessageHandler NewHandler(OutgoingAddressSource aim, Action<SocketsHttpHandler>? configure = null)
    {
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxResponseHeadersLength = 64,
        };
        configure?.Invoke(handler);

        // A proxy would resolve the name itself, and the target of a redirect would be chosen by the server that answers.
        (handler.UseProxy, handler.AllowAutoRedirect) = (false, false);

        // A certificate can name addresses from which missing parts of its chain are fetched, so the server that presents the certificate
        // would choose the target of that call.
        handler.SslOptions.CertificateChainPolicy ??= new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.DisableCertificateDownloads = true;
        handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, aim, cancellationToken);
        return new UrlNamesTheHost(handler);
    }

    /// <summary>Whether a call is allowed to go to this address if <paramref name="aim"/> chose the address.</summary>
    public bool Allows(IPAddress address, OutgoingAddressSource aim) => AddressRules.Of(address) switch
    {
        AddressKind.Public => true,
        AddressKind.Loopback => options.AllowLoopback,
        AddressKind.Private => aim == OutgoingAddressSource.Operator && networks.Any(network => network.Contains(address)),
        _ => false,
    };

    /// <summary>Connects to a host, if calls to all its addresses are allowed.</summary>
    /// <exception cref="OutgoingRefusedException">The hub is not allowed to call one of the host's addresses.</exception>
    /// <exception cref="SocketException">The name has no address, or none of its addresses answers.</exception>
    internal async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, OutgoingAddressSource aim, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(endpoint.Host, out var given) ? [given] : await network.ResolveAsync(endpoint.Host, cancellationToken);

        // One private address among public addresses is enough for a refusal; otherwise the outcome would depend on which address is tried
        // first.
        if (!addresses.All(address => Allows(address, aim)))
        {
            throw new OutgoingRefusedException();
        }

        for (var at = 0; ; at++)
        {
            try
            {
                return at < addresses.Length
                    ? await network.ConnectAsync(new IPEndPoint(addresses[at], endpoint.Port), cancellationToken)
                    : throw new SocketException((int)SocketError.HostNotFound);
            }
            catch (SocketException) when (at + 1 < addresses.Length)
            {
                // One of the remaining addresses may still answer.
            }
        }
    }

    /// <summary>
    /// Removes any Host header, so that the URL's host is used. With a Host header, TLS would use the name in the header and check the
    /// certificate against that name.
    /// </summary>
    private sealed class UrlNamesTheHost(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Host = null;
            return base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>The hub refuses to call an address. The message names no address, because it may be shown to the person who chose the
/// address.</summary>
public sealed class OutgoingRefusedException() : IOException("The hub does not call this address.");

/// <summary>The operating system's resolver and sockets.</summary>
public sealed class OutgoingNetwork : IOutgoingNetwork
{
    /// <inheritdoc/>
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
