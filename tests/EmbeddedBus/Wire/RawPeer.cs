using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Amqp.Types;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>A peer that writes its frames itself, several in one packet where a test wants them to come at the same instant.</summary>
internal sealed class RawPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TcpClient client = new();

    private NetworkStream Stream => client.GetStream();

    /// <summary>A connection that has logged in with the key of everything and has one session open, on channel 0.</summary>
    internal static async Task<RawPeer> ConnectAsync(int port)
    {
        var peer = new RawPeer();
        await peer.client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await peer.Stream.WriteAsync((byte[])[.. "AMQP"u8, 3, 1, 0, 0], TestContext.Current.CancellationToken);
        await peer.ReadAsync(8);
        var login = Encoding.UTF8.GetBytes($"\0RootManageSharedAccessKey\0{Station.RootSecret}");
        await peer.SendAsync(1, new SaslInit { Mechanism = "PLAIN", InitialResponse = login });
        Assert.Equal(SaslCode.Ok, (await peer.NextAsync<SaslOutcome>()).Code);
        await peer.Stream.WriteAsync((byte[])[.. "AMQP"u8, 0, 1, 0, 0], TestContext.Current.CancellationToken);
        await peer.ReadAsync(8);
        await peer.SendAsync(0, new Open { ContainerId = $"raw-{Guid.NewGuid():N}", HostName = "localhost" }, new Begin { NextOutgoingId = 0, IncomingWindow = 1000, OutgoingWindow = 1000, HandleMax = 100 });
        await peer.NextAsync<Begin>();
        return peer;
    }

    /// <summary>Sends frames of channel 0 in one packet.</summary>
    internal Task SendAsync(params DescribedList[] frames) => SendAsync(0, frames);

    /// <summary>The next frame of a kind; others are passed over.</summary>
    /// <exception cref="EndOfStreamException">The bus has closed the connection.</exception>
    internal async Task<T> NextAsync<T>()
        where T : class
    {
        while (true)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(await ReadAsync(4));
            var rest = await ReadAsync((int)size - 4);
            var start = (rest[0] * 4) - 4;
            if (start < rest.Length && Amqp.Types.Encoder.ReadObject(new ByteBuffer(rest, start, rest.Length - start, rest.Length - start)) is T frame)
            {
                return frame;
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task SendAsync(byte type, params DescribedList[] frames)
    {
        var packet = new List<byte>();
        foreach (var frame in frames)
        {
            var body = new ByteBuffer(256, autoGrow: true);
            Amqp.Types.Encoder.WriteObject(body, frame);
            packet.AddRange([0, 0, (byte)((body.Length + 8) >> 8), (byte)(body.Length + 8), 2, type, 0, 0, .. body.Buffer.AsSpan(body.Offset, body.Length)]);
        }

        await Stream.WriteAsync(packet.ToArray(), TestContext.Current.CancellationToken);
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var buffer = new byte[count];
        await Stream.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        return buffer;
    }
}
