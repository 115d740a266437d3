using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>A message received over the wire: either decoded, with its bare part preserved byte for byte, or the reason why it cannot be
/// accepted.</summary>
internal sealed class IncomingMessage : Message
{
    /// <summary>Message format of a batch: data sections that are encoded messages themselves. Source: Azure Service Bus AMQP protocol guide.</summary>
    internal const uint BatchFormat = 0x80013700;

    private byte[] bare = [];
    private byte[] annotations = [];

    /// <summary>Why the message cannot be accepted, or null if it can be.</summary>
    internal Error? Problem { get; private set; }

    /// <summary>Reads a message and never throws, so that the link and its other messages continue even if the bytes are invalid.</summary>
    internal static IncomingMessage Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BusEntities.MaxMessageBytes)
        {
            return TooLarge(bytes);
        }

        if (AmqpShape.Sections(bytes) is not { } sections)
        {
            return Bad(ErrorCode.DecodeError, "The bytes are not an AMQP message.");
        }

        if (!AmqpShape.AreOneMessage(sections))
        {
            return Bad(ErrorCode.DecodeError, "The sections are out of order, repeated, or have more than one kind of body.");
        }

        var raw = bytes.ToArray();
        Message decoded;
        try
        {
            decoded = Decode(new ByteBuffer(raw, 0, raw.Length, raw.Length));
            _ = decoded.Properties?.GetMessageId();
            _ = decoded.Body;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Casts and indexers in the decoder can fail with many types of exception, for which the sender gets one common error.
            return Bad(ErrorCode.DecodeError, "The bytes are not an AMQP message.");
        }

        // The bare message begins with properties (0x73); the bus may change what comes before it. AMQP 1.0 part 3, section 3.2.
        var first = sections.FirstOrDefault(section => section.Code >= 0x73);
        var marked = sections.FirstOrDefault(section => section.Code == 0x72);
        return new IncomingMessage
        {
            Header = decoded.Header,
            DeliveryAnnotations = decoded.DeliveryAnnotations,
            MessageAnnotations = decoded.MessageAnnotations,
            Properties = decoded.Properties,
            ApplicationProperties = decoded.ApplicationProperties,
            BodySection = decoded.BodySection,
            Footer = decoded.Footer,
            bare = first.End == 0 ? [] : raw[first.Start..],
            annotations = marked.End == 0 ? [] : raw[marked.Start..marked.End],
        };
    }

    /// <summary>The messages of a batch, or this message alone. If a message of a batch cannot be accepted, the result is null with the
    /// problem.</summary>
    internal IReadOnlyList<IncomingMessage>? Unpack(out Error? problem)
    {
        problem = Problem;
        if (problem is not null || Format != BatchFormat)
        {
            return problem is null ? [this] : null;
        }

        IEnumerable<Data> parts = BodySection switch
        {
            Data one => [one],
            DataList many => Enumerable.Range(0, many.Count).Select(i => many[i]),
            _ => [],
        };
        var messages = parts.Select(part => Read(part.Binary)).ToList();
        problem = messages.FirstOrDefault(message => message.Problem is not null)?.Problem;
        return problem is null ? messages : null;
    }

    /// <summary>The part of the message that is stored.</summary>
    internal NewMessage ToStored(string? sentBy) => new()
    {
        MessageId = Text(Properties?.GetMessageId()),
        SessionId = Properties?.GroupId,
        TimeToLive = Header is { } header && header.HasField(2) ? TimeSpan.FromMilliseconds(header.Ttl) : null,
        ScheduledFor = MessageAnnotations?[Annotation.ScheduledEnqueueTime] is DateTime hour ? new DateTimeOffset(DateTime.SpecifyKind(hour, DateTimeKind.Utc)) : null,
        Bare = bare,
        Annotations = annotations,
        SentBy = sentBy,
        Property = name => Text(ApplicationProperties?[name]),
    };

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        Symbol symbol => symbol,
        byte[] bytes => Convert.ToHexString(bytes),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    // The ids of a request that is too large are still read, so that the answer tells the sender which request was rejected.
    private static IncomingMessage TooLarge(ReadOnlySpan<byte> bytes)
    {
        var bad = Bad(ErrorCode.MessageSizeExceeded, $"A message can have at most {BusEntities.MaxMessageBytes} bytes; send larger content by claim check.");
        var names = AmqpShape.Sections(bytes)?.Where(section => section.Code is 0x73 or 0x74 && section.End - section.Start <= BusEntities.MaxMessageBytes).ToList();
        if (names is { Count: > 0 })
        {
            byte[] raw = [.. bytes[names[0].Start..names[0].End], .. names.Count > 1 ? bytes[names[1].Start..names[1].End] : []];
            if (Read(raw) is { Problem: null } named)
            {
                (bad.Properties, bad.ApplicationProperties) = (named.Properties, named.ApplicationProperties);
            }
        }

        return bad;
    }

    private static IncomingMessage Bad(Symbol condition, string description) =>
        new() { Problem = new Error(condition) { Description = description } };
}
