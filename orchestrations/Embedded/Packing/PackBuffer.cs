using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace IntegrationHub.Orchestrations.Embedded.Packing;

/// <summary>Writes packed bytes: numbers with seven bits in each byte, and texts in UTF-8 after their length.</summary>
internal sealed class PackWriter
{
    private byte[] bytes = new byte[4096];
    private int length;

    internal void Byte(byte value)
    {
        Room(1);
        bytes[length++] = value;
    }

    /// <summary>Writes a signed number; small numbers of either sign need only one byte.</summary>
    internal void Number(long value)
    {
        Room(10);
        for (var rest = (ulong)((value << 1) ^ (value >> 63)); ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                bytes[length++] = (byte)rest;
                return;
            }

            bytes[length++] = (byte)(rest | 0x80);
        }
    }

    internal void Decimal(decimal value)
    {
        Room(16);
        foreach (var part in decimal.GetBits(value))
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(length), part);
            length += 4;
        }
    }

    internal void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Number(count);
        Room(count);
        length += Encoding.UTF8.GetBytes(value, bytes.AsSpan(length));
    }

    internal byte[] ToArray() => bytes.AsSpan(0, length).ToArray();

    internal void Clear() => length = 0;

    private void Room(int count)
    {
        if (bytes.Length - length < count)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + count));
        }
    }
}

/// <summary>Reads the bytes that a <see cref="PackWriter"/> wrote, in the same order.</summary>
internal sealed class PackReader(byte[] bytes)
{
    private int at;

    internal byte Byte() => bytes[at++];

    internal long Number()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }
    }

    internal decimal Decimal()
    {
        var parts = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(at, 16));
        at += 16;
        return new decimal(parts);
    }

    internal string Text()
    {
        var count = (int)Number();
        at += count;
        return Encoding.UTF8.GetString(bytes, at - count, count);
    }
}
