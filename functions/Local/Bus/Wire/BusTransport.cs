using System.Net.Sockets;
using System.Security.Principal;
using Amqp;
using Amqp.Listener;

namespace IntegrationHub.Local.Bus.Wire;

/// <summary>A TCP connection whose login is over, as AMQPNetLite wants to have it.</summary>
/// <param name="stream">The connection.</param>
/// <param name="header">The protocol header that was read from it already, which the library expects to read itself.</param>
/// <param name="principal">Who logged in; null when nobody did, as is usual with CBS.</param>
internal sealed class BusTransport(NetworkStream stream, byte[] header, IPrincipal? principal) : IAsyncTransport, IAuthenticated
{
    private readonly byte[] ahead = new byte[16 * 1024];
    private ReadOnlyMemory<byte> read = header;
    private bool hasYielded;

    public IPrincipal? Principal => principal;

    public void SetConnection(Connection connection)
    {
        // The library offers the connection to transports that want to end it; this one is ended by it.
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
            // The library starts to read on the thread that accepts connections; the next one must not wait for this one's frames.
            hasYielded = true;
            await Task.Yield();
        }

        if (read.IsEmpty)
        {
            read = ahead.AsMemory(0, await stream.ReadAsync(ahead));
        }

        var length = Math.Min(count, read.Length);
        read[..length].CopyTo(buffer.AsMemory(offset));
        read = read[length..];
        return length;
    }

    public void Send(ByteBuffer buffer) => stream.Write(buffer.Buffer, buffer.Offset, buffer.Length);

    public int Receive(byte[] buffer, int offset, int count) => ReceiveAsync(buffer, offset, count).GetAwaiter().GetResult();

    public void Close() => stream.Dispose();
}
