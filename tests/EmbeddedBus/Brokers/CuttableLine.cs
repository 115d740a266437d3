using System.Net;
using System.Net.Sockets;

namespace IntegrationHub.EmbeddedBus.Tests.Brokers;

/// <summary>A port that passes everything on to another, until it is cut: then both ends see a connection that is gone.</summary>
internal sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> open = [];
    private readonly int target;

    internal CuttableLine(int target)
    {
        this.target = target;
        listener.Start();
        _ = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    internal void Cut()
    {
        lock (open)
        {
            foreach (var socket in open)
            {
                // Linger zero: a reset, as when a cable is pulled or a process dies.
                socket.LingerState = new LingerOption(enable: true, 0);
                socket.Close();
            }

            open.Clear();
        }
    }

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptSocketAsync();
                var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                near.NoDelay = true;
                lock (open)
                {
                    open.AddRange([near, far]);
                }

                _ = ConnectAsync(near, far);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The listener is closed.
        }
    }

    private async Task ConnectAsync(Socket near, Socket far)
    {
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target);
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Cut while it connects, or nobody answers: the next one is accepted all the same.
            lock (open)
            {
                open.RemoveAll(socket => socket == near || socket == far);
            }

            near.Dispose();
            far.Dispose();
            return;
        }

        _ = PassAsync(near, far);
        _ = PassAsync(far, near);
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[65536];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, read));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
