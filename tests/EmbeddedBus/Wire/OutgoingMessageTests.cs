using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntegrationHub.EmbeddedBus.Wire;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>A message whose properties change keeps every other section to the byte.</summary>
public sealed class OutgoingMessageTests
{
    public static TheoryData<string, byte[]> Bodies => new()
    {
        { "two sequences", [.. Section(0x76, [1, 2]), .. Section(0x76, [3])] },
        { "three data sections", [.. Data(1), .. Data(2), .. Data(3)] },
        { "a value", [0x00, 0x53, 0x77, 0x54, 0x05] },
        { "data and a footer", [.. Data(1), 0x00, 0x53, 0x78, 0xC1, 0x01, 0x00] },
        { "no body", [] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Every_section_of_the_body_stays(string what, byte[] body)
    {
        foreach (var head in Heads())
        {
            byte[] bare = [.. head, .. body];

            var changed = OutgoingMessage.WithProperties(bare, new Map { ["DeadLetterReason"] = "reason" });

            Assert.True(changed.AsSpan()[^body.Length..].SequenceEqual(body), what);
            var sections = AmqpShape.Sections(changed)!;
            Assert.Equal(AmqpShape.Sections(bare)!.Count(section => section.Code != 0x74) + 1, sections.Count);
            var properties = sections.Single(section => section.Code == 0x74);
            var read = Message.Decode(new ByteBuffer(changed, properties.Start, properties.End - properties.Start, properties.End - properties.Start));
            Assert.Equal("reason", read.ApplicationProperties["DeadLetterReason"]);
            Assert.Equal(head.Length > 20, read.ApplicationProperties["kept"] is "yes");
        }
    }

    private static IEnumerable<byte[]> Heads()
    {
        yield return [];
        yield return Encoded(new Properties { MessageId = "1" });
        yield return [.. Encoded(new Properties { MessageId = "1" }), .. Encoded(new ApplicationProperties { ["kept"] = "yes", ["long enough"] = "for the test" })];
    }

    private static byte[] Encoded(Described section)
    {
        var buffer = new ByteBuffer(256, autoGrow: true);
        Encoder.WriteObject(buffer, section);
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }

    private static byte[] Data(byte content) => [0x00, 0x53, 0x75, 0xA0, 0x01, content];

    // A list of small integers (0x54) in a section of its own.
    private static byte[] Section(byte code, byte[] items) =>
        [0x00, 0x53, code, 0xC0, (byte)(1 + (items.Length * 2)), (byte)items.Length, .. items.SelectMany(item => (byte[])[0x54, item])];
}
