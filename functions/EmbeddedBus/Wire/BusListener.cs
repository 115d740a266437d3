using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Amqp;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// Accepts TCP connections on the loopback addresses and passes them to AMQPNetLite after the login. The listener owns the connections:
/// when it is disposed they end, whether or not the library manages to close them.
/// </summary>
internal sealed class BusListener : TransportProvider
{
    // The time allowed for a login: longer than any login takes, but short enough that silent connections do not accumulate.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Login login;
    private readonly TimeProvider clock;
    private readonly int mostConnections;
    private readonly List<TcpListener> listeners = [];
    private readonly CancellationTokenSource closing = new();
    private readonly Channel<IAsyncTransport> ready = Channel.CreateUnbounded<IAsyncTransport>();
    private readonly ConcurrentDictionary<TrackedStream, bool> streams = new();
    private int connections;

    /// <exception cref="SocketException">The port is already in use.</exception>
    internal BusListener(int port, Login login, TimeProvider clock, int mostConnections)
    {
        (this.login, this.clock, this.mostConnections) = (login, clock, mostConnections);
        AddressSchemes = [Scheme];
        Port = Listen(IPAddress.Loopback, port);
        if (Socket.OSSupportsIPv6)
        {
            try
            {
                // Many clients resolve "localhost" to ::1 first.
                Listen(IPAddress.IPv6Loopback, Port);
            }
            catch (SocketException)
            {
                // IPv6 is switched off, or another program uses the port there. Listening on IPv4 is enough.
            }
        }

        foreach (var listener in listeners)
        {
            _ = AcceptAsync(listener);
        }
    }

    /// <summary>The address scheme for which the library uses this provider of connections.</summary>
    internal const string Scheme = "bus";

    internal int Port { get; }

    public override async Task<IAsyncTransport> CreateAsync(Address address)
    {
        if (await ready.Reader.WaitToReadAsync() && ready.Reader.TryRead(out var transport))
        {
            return transport;
        }

        // The library asks for connections repeatedly, even after the listener has closed, and stops only if this call never returns.
        return await new TaskCompletionSource<IAsyncTransport>().Task;
    }

    public override void Dispose()
    {
        closing.Cancel();
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        ready.Writer.TryComplete();
        foreach (var (stream, _) in streams)
        {
            stream.Dispose();
        }
    }

    private int Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        listeners.Add(listener);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync(closing.Token);
                _ = WelcomeAsync(socket);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client disconnected before it was accepted.
            }
        }
    }

    private async Task WelcomeAsync(Socket socket)
    {
        if (Interlocked.Increment(ref connections) > mostConnections)
        {
            Interlocked.Decrement(ref connections);
            socket.Dispose();
            return;
        }

        socket.NoDelay = true;
        var stream = new TrackedStream(socket, Forget);
        streams[stream] = true;
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, closing.Token);
        BusTransport? transport = null;
        try
        {
            transport = await login.NegotiateAsync(stream, either.Token);
        }
        catch (IOException)
        {
            // The client disconnected, or sent less than it announced.
        }
        catch (OperationCanceledException)
        {
            // The client sent nothing for too long, or the bus is closing.
        }

        // The closing bus may have missed this connection, which was only just accepted.
        if (transport is null || !ready.Writer.TryWrite(transport) || closing.IsCancellationRequested)
        {
            await stream.DisposeAsync();
        }
    }

    private void Forget(TrackedStream stream)
    {
        streams.TryRemove(stream, out _);
        Interlocked.Decrement(ref connections);
    }

    /// <summary>A stream that reports exactly once that it has been closed, whichever side closes it.</summary>
    private sealed class TrackedStream(Socket socket, Action<TrackedStream> closed) : NetworkStream(socket, ownsSocket: true)
    {
        private int isClosed;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (Interlocked.Exchange(ref isClosed, 1) == 0)
            {
                closed(this);
            }
        }
    }
}
