using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Principal;
using System.Text;
using Amqp;
using Amqp.Types;
using IntegrationHub.EmbeddedBus.Access;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// Handles the first bytes of a connection, with or without a SASL layer, because Service Bus accepts both. AMQPNetLite's own listener
/// accepts connections either only with SASL or only without, and knows only one PLAIN user. AMQPNetLite's listener also sends its AMQP
/// header before it has read the client's header. If the end of SASL and the AMQP header share a packet, rhea (and so Azure's SDK) cannot
/// handle them. Source: AMQP 1.0 part 5, section 5.3.
/// </summary>
internal sealed class Login(IReadOnlyList<BusKey> keys, bool allowPlain)
{
    private const string Anonymous = "ANONYMOUS";
    private const string Plain = "PLAIN";

    // The mechanism that Microsoft's .NET client requests to announce a token for $cbs. The login treats this mechanism like ANONYMOUS.
    private const string Claims = "MSSBCBS";
    private const int LargestFrame = 4096;

    private static readonly byte[] AmqpHeader = [.. "AMQP"u8, 0, 1, 0, 0];
    private static readonly byte[] SaslHeader = [.. "AMQP"u8, 3, 1, 0, 0];

    /// <summary>Negotiates the connection until it is ready for AMQP. The result is null if the client was refused or does not speak AMQP
    /// 1.0.</summary>
    internal async Task<BusTransport?> NegotiateAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var header = await ReadAsync(stream, 8, cancellationToken);
        if (header.AsSpan().SequenceEqual(AmqpHeader))
        {
            return new BusTransport(stream, header, identity: null);
        }

        // A peer that requests an unsupported protocol gets the supported protocol as the answer. AMQP 1.0 part 2, section 2.2.
        await stream.WriteAsync(SaslHeader, cancellationToken);
        if (!header.AsSpan().SequenceEqual(SaslHeader))
        {
            return null;
        }

        await stream.WriteAsync(Frame(Mechanisms()), cancellationToken);
        var size = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(await ReadAsync(stream, 4, cancellationToken));
        if (size is < 8 or > LargestFrame)
        {
            return null;
        }

        var frame = await ReadAsync(stream, (int)size - 4, cancellationToken);
        IIdentity? identity = null;
        var isWelcome = TryRead(frame, out var mechanism, out var response) && Check(mechanism, response, out identity);
        await stream.WriteAsync(Frame([0x00, 0x53, 0x44, 0xC0, 0x03, 0x01, 0x50, (byte)(isWelcome ? 0 : 1)]), cancellationToken);
        if (!isWelcome)
        {
            return null;
        }

        header = await ReadAsync(stream, 8, cancellationToken);
        return header.AsSpan().SequenceEqual(AmqpHeader) ? new BusTransport(stream, header, identity) : null;
    }

    private bool Check(string mechanism, byte[] response, out IIdentity? identity)
    {
        identity = null;
        if (mechanism is Anonymous or Claims)
        {
            return true;
        }

        // RFC 4616: authorization identity, NUL, user, NUL, password.
        var parts = Encoding.UTF8.GetString(response).Split('\0');
        if (mechanism != Plain || !allowPlain || parts.Length != 3)
        {
            return false;
        }

        var key = keys.FirstOrDefault(candidate => candidate.Name == parts[1]);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key?.Secret ?? ""), Encoding.UTF8.GetBytes(parts[2])) || key is null)
        {
            return false;
        }

        identity = new GenericIdentity(key.Name, Plain);
        return true;
    }

    // sasl-init (0x41): mechanism, initial response, host name. Section 5.3.3.2.
    private static bool TryRead(byte[] frame, out string mechanism, out byte[] response)
    {
        (mechanism, response) = ("", []);
        var start = (frame[0] * 4) - 4;
        if (start < 4 || start + 3 > frame.Length || !AmqpShape.IsOneValue(frame.AsSpan(start)) || frame.AsSpan(start, 3) is not [0x00, 0x53, 0x41])
        {
            return false;
        }

        var body = new ByteBuffer(frame, start + 3, frame.Length - start - 3, frame.Length - start - 3);
        if (Amqp.Types.Encoder.ReadObject(body) is not List { Count: > 0 } fields || fields[0] is not Symbol name)
        {
            return false;
        }

        mechanism = name;
        response = fields.Count > 1 && fields[1] is byte[] bytes ? bytes : [];
        return true;
    }

    // sasl-mechanisms (0x40): a list of one array of symbols. Section 5.3.3.1.
    private byte[] Mechanisms()
    {
        string[] names = allowPlain ? [Claims, Anonymous, Plain] : [Claims, Anonymous];
        byte[] symbols = [.. names.SelectMany(name => (byte[])[(byte)name.Length, .. Encoding.ASCII.GetBytes(name)])];
        byte[] array = [0xE0, (byte)(symbols.Length + 2), (byte)names.Length, 0xA3, .. symbols];
        return [0x00, 0x53, 0x40, 0xC0, (byte)(array.Length + 1), 0x01, .. array];
    }

    // Frame header: size, data offset in words, type 1 for SASL, two bytes unused. Section 5.3.1.
    private static byte[] Frame(byte[] body) => [0, 0, 0, (byte)(body.Length + 8), 2, 1, 0, 0, .. body];

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int count, CancellationToken cancellationToken)
    {
        var buffer = new byte[count];
        await stream.ReadExactlyAsync(buffer, cancellationToken);
        return buffer;
    }
}
