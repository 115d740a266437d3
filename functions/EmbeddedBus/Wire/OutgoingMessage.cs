using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// A stored message that is being sent to a receiver: the bare part as the sender wrote it, preceded by the bus's current header and
/// annotations. The delivery tag is the lock token in Microsoft's byte order, from which SDKs read the token.
/// </summary>
internal sealed class OutgoingMessage : Message
{
    private OutgoingMessage(StoredMessage held) => Held = held;

    internal StoredMessage Held { get; }

    internal byte[] Tag => (Held.LockToken ?? Guid.Empty).ToByteArray();

    internal static OutgoingMessage From(StoredMessage held) => new(held);

    /// <summary>The whole message, encoded.</summary>
    internal static ByteBuffer Encode(StoredMessage held)
    {
        var header = new Header { Durable = true, DeliveryCount = (uint)held.DeliveryCount };
        if (held.ExpiresAt is { } expires)
        {
            header.Ttl = (uint)Math.Clamp((expires - held.EnqueuedAt).TotalMilliseconds, 0, uint.MaxValue);
        }

        var bare = held.DeadLetterReason is null && held.DeadLetterDescription is null
            ? held.Bare
            : WithProperties(held.Bare, new Map
            {
                [Annotation.DeadLetterReason] = held.DeadLetterReason,
                [Annotation.DeadLetterDescription] = held.DeadLetterDescription,
            });
        var buffer = Write(header, Annotations(held));
        buffer.Validate(write: true, bare.Length);
        System.Buffer.BlockCopy(bare, 0, buffer.Buffer, buffer.WritePos, bare.Length);
        buffer.Append(bare.Length);
        return buffer;
    }

    /// <summary>The whole message as bytes, for a reply that contains the message.</summary>
    internal static byte[] Bytes(StoredMessage held)
    {
        var buffer = Encode(held);
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }

    /// <summary>A bare message with application properties added or changed; every other section is preserved byte for byte.</summary>
    internal static byte[] WithProperties(byte[] bare, Map changes)
    {
        const ulong PropertiesCode = 0x73;
        const ulong ApplicationPropertiesCode = 0x74;
        var sections = AmqpShape.Sections(bare) ?? [];
        var old = sections.FirstOrDefault(section => section.Code == ApplicationPropertiesCode);
        var properties = old.End == 0 ? new ApplicationProperties() : Decode(Buffered(bare.AsSpan(old.Start, old.End - old.Start).ToArray())).ApplicationProperties;
        foreach (var (name, value) in changes)
        {
            if (value is not null)
            {
                properties[name.ToString()] = value;
            }
        }

        var written = Write(properties);
        var before = old.End > 0 ? old.Start : sections.FirstOrDefault(section => section.Code == PropertiesCode).End;
        return [.. bare.AsSpan(0, before), .. written.Buffer.AsSpan(written.Offset, written.Length), .. bare.AsSpan(old.End > 0 ? old.End : before)];
    }

    private static ByteBuffer Buffered(byte[] bytes) => new(bytes, 0, bytes.Length, bytes.Length);

    // Message.Encode writes an empty body if there is none, so the sections are written one by one.
    private static ByteBuffer Write(params ReadOnlySpan<Described?> sections)
    {
        var buffer = new ByteBuffer(512, autoGrow: true);
        foreach (var section in sections)
        {
            if (section is not null)
            {
                Encoder.WriteObject(buffer, section);
            }
        }

        return buffer;
    }

    private static MessageAnnotations Annotations(StoredMessage held)
    {
        var annotations = held.Annotations.Length == 0
            ? new MessageAnnotations()
            : Decode(Buffered(held.Annotations)).MessageAnnotations;
        annotations[Annotation.SequenceNumber] = held.SequenceNumber;
        annotations[Annotation.EnqueuedTime] = held.EnqueuedAt.UtcDateTime;
        annotations[Annotation.MessageState] = (int)held.Status;
        Put(Annotation.LockedUntil, held.LockedUntil?.UtcDateTime);
        Put(Annotation.DeadLetterSource, held.DeadLetterSource);
        Put(Annotation.SentBy, held.SentBy);
        return annotations;

        // Annotations that a sender wrote under the bus's own names are not passed on.
        void Put(Symbol name, object? value)
        {
            annotations.Map.Remove(name);
            if (value is not null)
            {
                annotations[name] = value;
            }
        }
    }
}
