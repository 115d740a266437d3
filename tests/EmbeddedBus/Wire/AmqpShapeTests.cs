using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using CsCheck;
using IntegrationHub.EmbeddedBus.Wire;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

public sealed class AmqpShapeTests
{
    [Fact]
    public void A_message_is_its_sections()
    {
        var sections = AmqpShape.Sections(Encoded())!;

        Assert.Equal([0x70ul, 0x72, 0x73, 0x74, 0x75], sections.Select(section => section.Code));
        Assert.Equal(Encoded().Length, sections[^1].End);
    }

    [Fact]
    public void Mutated_bytes_are_read_or_refused_and_never_throw()
    {
        var message = Encoded();
        Gen.Select(Gen.Int[0, 100_000], Gen.Byte).Array[1, 5].Sample(
            edits =>
            {
                var bytes = message.ToArray();
                foreach (var (at, to) in edits)
                {
                    bytes[at % bytes.Length] = to;
                }

                var read = IncomingMessage.Read(bytes);
                return read.Problem is null ? read.ToStored(null).Bare.Length <= bytes.Length : read.Problem.Condition.ToString() == ErrorCode.DecodeError;
            },
            iter: 100_000,
            threads: 1);
    }

    [Fact]
    public void Nesting_that_would_eat_the_stack_is_refused()
    {
        byte[] bytes = [];
        for (var i = 0; i < 10_000; i++)
        {
            var size = bytes.Length + 4;
            bytes = [0xD0, (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size, 0, 0, 0, (byte)(i == 0 ? 0 : 1), .. bytes];
        }

        Assert.Null(AmqpShape.Sections([0x00, 0x53, 0x77, .. bytes]));
    }

    [Theory]
    [InlineData(new byte[] { 0x00, 0x53, 0x77, 0xF0, 0x00, 0x00, 0x00, 0x05, 0x7F, 0xFF, 0xFF, 0xFF, 0x43 })] // two thousand million zeros in thirteen bytes
    [InlineData(new byte[] { 0x00, 0x53, 0x75, 0xB0, 0xFF, 0xFF, 0xFF, 0xFF })] // a length beyond the end
    [InlineData(new byte[] { 0x00, 0x53, 0x75, 0xA0, 0x05, 0x01 })]
    [InlineData(new byte[] { 0x00, 0x53, 0x24, 0x45 })] // no section of a message
    [InlineData(new byte[] { 0x00 })]
    public void Sizes_that_lie_are_refused(byte[] bytes) => Assert.Null(AmqpShape.Sections(bytes));

    [Fact]
    public async Task A_connection_that_speaks_nonsense_is_closed_and_others_go_on()
    {
        await using var station = await Station.Start();
        foreach (var nonsense in (byte[][])[[.. "GET / HTTP/1.1\r\n\r\n"u8], [.. "AMQP"u8, 2, 1, 0, 0], [.. "AMQP"u8, 3, 1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], [.. "AMQP"u8, 3, 1, 0, 0, 0, 0, 0, 9, 200, 1, 0, 0, 0]])
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", station.Bus.Port, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(nonsense, TestContext.Current.CancellationToken);
            var buffer = new byte[1024];
            int read;
            do
            {
                try
                {
                    read = await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
                }
                catch (IOException)
                {
                    read = 0; // Closed with bytes unread: a reset, which is closed enough.
                }
            }
            while (read > 0);
        }

        await new Amqp.SenderLink(new Session(await station.Connect()), "s", "school-closures").SendAsync(Station.Message("1"));
    }

    private static byte[] Encoded()
    {
        var message = new Message
        {
            Header = new Header { Durable = true, Ttl = 1000 },
            MessageAnnotations = new MessageAnnotations { [new Symbol("x-opt-partition-key")] = "p" },
            Properties = new Properties { MessageId = "m-1", GroupId = "s", CorrelationId = "c", ContentType = "application/json" },
            ApplicationProperties = new ApplicationProperties { ["a"] = 1, ["b"] = new List { 1L, "two" }, ["c"] = DateTime.UnixEpoch },
            BodySection = new Data { Binary = [1, 2, 3, 4, 5, 6, 7] },
        };
        var buffer = message.Encode();
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }
}
