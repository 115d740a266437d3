using System.Net.Sockets;
using System.Security.Principal;
using Amqp;
using Amqp.Listener;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>A TCP connection whose login is complete, in the form that AMQPNetLite needs.</summary>
/// <param name="stream">The stream of the TCP connection.</param>
/// <param name="header">The protocol header, which has already been read from the connection but which the library expects to read
/// itself.</param>
/// <param name="identity">The identity that logged in, or null if nobody did, as is usual with claims-based
/// security.</param>
internal sealed class BusTransport(NetworkStream stream, byte[] header, IIdentity? identity) : IAsyncTransport, IAuthenticated
{
    private readonly byte[] ahead = new byte[16 * 1024];
    private readonly PumpWork work = new();
    private ReadOnlyMemory<byte> read = header;
    private Task<int>? reading;
    private bool hasYielded;

    /// <summary>The principal of this connection, which holds the identity that logged in and the queue of work to do between
    /// frames.</summary>
    public IPrincipal Principal => new BusPrincipal(identity, work);

    public void SetConnection(Connection connection)
    {
        // The library passes the connection so that a transport can end the connection, but this transport leaves that to the library.
    }

    public async Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        if (bufferList.Count == 1)
        {
            await stream.WriteAsync(bufferList[0].Buffer.AsMemory(bufferList[0].Offset, bufferList[0].Length));
            return;
        }

        var all = new byte[listSize];
        var at = 0;
        foreach (var buffer in bufferList)
        {
            Buffer.BlockCopy(buffer.Buffer, buffer.Offset, all, at, buffer.Length);
            at += buffer.Length;
        }

        await stream.WriteAsync(all.AsMemory(0, at));
    }

    public async Task<int> ReceiveAsync(byte[] buffer, int offset, int count)
    {
        if (!hasYielded)
        {
            // The library starts to read on the thread that accepts connections. The next connection to be accepted must not wait for the
            // frames of this connection.
            hasYielded = true;
            await Task.Yield();
        }

        while (read.IsEmpty)
        {
            work.Run();
            reading ??= stream.ReadAsync(ahead).AsTask();
            if (!reading.IsCompleted && await Task.WhenAny(reading, work.Posted) != reading)
            {
                continue;
            }

            try
            {
                read = ahead.AsMemory(0, await reading);
                reading = null;
            }
            finally
            {
                if (read.IsEmpty)
                {
                    work.Close();
                }
            }

            if (read.IsEmpty)
            {
                return 0;
            }
        }

        var length = Math.Min(count, read.Length);
        read[..length].CopyTo(buffer.AsMemory(offset));
        read = read[length..];
        return length;
    }

    public void Send(ByteBuffer buffer) => stream.Write(buffer.Buffer, buffer.Offset, buffer.Length);

    public int Receive(byte[] buffer, int offset, int count) => ReceiveAsync(buffer, offset, count).GetAwaiter().GetResult();

    public void Close()
    {
        stream.Dispose();
        work.Close();
    }
}
