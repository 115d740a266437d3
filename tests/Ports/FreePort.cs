using System.Net;
using System.Net.Sockets;

namespace IntegrationHub.Ports.Tests;

/// <summary>
/// A port for a program that is started, killed and started again at the same address. It lies below the range from which the operating
/// system draws ports of outgoing connections and of listeners at port 0: one of those could take it while the program is down.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>A port of this machine at which nobody listens, 20000 to 32000.</summary>
    internal static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var listener = new TcpListener(IPAddress.Any, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another test's; the next draw.
            }
        }
    }
}
