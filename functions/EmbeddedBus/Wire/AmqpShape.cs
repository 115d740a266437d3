using System.Buffers.Binary;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// Checks encoded AMQP without decoding it, so that false sizes, counts that would exhaust the memory and nesting that would exhaust the
/// stack are found before a decoder reads them. Source: AMQP 1.0 part 1, section 1.2 (encodings).
/// </summary>
internal static class AmqpShape
{
    private const int Deepest = 32;
    private const ulong DataCode = 0x75;
    private const ulong SequenceCode = 0x76;
    private const ulong ValueCode = 0x77;

    /// <summary>A section of a message: its descriptor code (0x70 header ... 0x78 footer) and its position.</summary>
    internal readonly record struct Section(ulong Code, int Start, int End);

    /// <summary>The sections of a message in order, or null if the bytes are not an AMQP message.</summary>
    internal static List<Section>? Sections(ReadOnlySpan<byte> bytes)
    {
        var sections = new List<Section>();
        var at = 0;
        while (at < bytes.Length)
        {
            var start = at;
            var code = Descriptor(bytes, at);
            if (code is not (>= 0x70 and <= 0x78) || !Skip(bytes, ref at, 0))
            {
                return null;
            }

            sections.Add(new Section(code.Value, start, at));
        }

        return sections;
    }

    /// <summary>
    /// Whether the sections form one message: in order, none repeated, and with one kind of body (any number of data or sequence sections,
    /// or one value). If the sections broke these rules, a decoder would silently drop part of the message. Source: AMQP 1.0 part 3,
    /// section 3.2.
    /// </summary>
    internal static bool AreOneMessage(IReadOnlyList<Section> sections)
    {
        for (var i = 1; i < sections.Count; i++)
        {
            var (before, code) = (sections[i - 1].Code, sections[i].Code);
            var again = code == before && code is DataCode or SequenceCode;
            var otherBody = code is SequenceCode or ValueCode && before is DataCode or SequenceCode;
            if (otherBody || (!again && code <= before))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the bytes are exactly one well-formed AMQP value.</summary>
    internal static bool IsOneValue(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        return Skip(bytes, ref at, 0) && at == bytes.Length;
    }

    private static ulong? Descriptor(ReadOnlySpan<byte> bytes, int at) => bytes[at..] switch
    {
        [0x00, 0x53, var small, ..] => small,
        [0x00, 0x80, ..] when bytes.Length - at >= 10 => BinaryPrimitives.ReadUInt64BigEndian(bytes[(at + 2)..]),
        _ => null,
    };

    private static bool Skip(ReadOnlySpan<byte> bytes, ref int at, int depth)
    {
        if (depth > Deepest || at >= bytes.Length)
        {
            return false;
        }

        var format = bytes[at++];
        return format == 0 ? Skip(bytes, ref at, depth + 1) && Skip(bytes, ref at, depth + 1) : SkipValue(bytes, ref at, format, depth);
    }

    private static bool SkipValue(ReadOnlySpan<byte> bytes, ref int at, byte format, int depth) => (format >> 4) switch
    {
        0x4 => true,
        0x5 => Advance(bytes, ref at, 1),
        0x6 => Advance(bytes, ref at, 2),
        0x7 => Advance(bytes, ref at, 4),
        0x8 => Advance(bytes, ref at, 8),
        0x9 => Advance(bytes, ref at, 16),
        0xA or 0xB => Length(bytes, ref at, format) is { } length && Advance(bytes, ref at, length),
        0xC or 0xD => SkipCompound(bytes, ref at, format, depth),
        0xE or 0xF => SkipArray(bytes, ref at, format, depth),
        _ => false,
    };

    private static bool SkipCompound(ReadOnlySpan<byte> bytes, ref int at, byte format, int depth)
    {
        if (Length(bytes, ref at, format) is not { } size || size > bytes.Length - at || Body(bytes, ref at, format, size, out var end) is not { } count)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (at >= end || !Skip(bytes[..end], ref at, depth + 1))
            {
                return false;
            }
        }

        return at == end;
    }

    private static bool SkipArray(ReadOnlySpan<byte> bytes, ref int at, byte format, int depth)
    {
        if (Length(bytes, ref at, format) is not { } size || size > bytes.Length - at || Body(bytes, ref at, format, size, out var end) is not { } count
            || at >= end)
        {
            return false;
        }

        var element = bytes[at++];
        // Zero-width elements would allow a few bytes to represent two billion values.
        if (element == 0 || count > end - at)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!SkipValue(bytes[..end], ref at, element, depth + 1))
            {
                return false;
            }
        }

        return at == end;
    }

    // Lists, maps and arrays state their number of bytes and then their number of elements, both in one byte or both in four.
    private static int? Body(ReadOnlySpan<byte> bytes, ref int at, byte format, int size, out int end)
    {
        end = at + size;
        return Length(bytes[..end], ref at, format);
    }

    // Formats 0xA., 0xC. and 0xE. have lengths of one byte, 0xB., 0xD. and 0xF. of four.
    private static int? Length(ReadOnlySpan<byte> bytes, ref int at, byte format)
    {
        var isSmall = (format & 0x10) == 0;
        if (bytes.Length - at < (isSmall ? 1 : 4))
        {
            return null;
        }

        var value = isSmall ? bytes[at] : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
        at += isSmall ? 1 : 4;
        return value > int.MaxValue ? null : (int)value;
    }

    private static bool Advance(ReadOnlySpan<byte> bytes, ref int at, int length)
    {
        if (length > bytes.Length - at)
        {
            return false;
        }

        at += length;
        return true;
    }
}
