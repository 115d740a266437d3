using System.Buffers.Binary;
using System.Numerics;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// The checksum of one turn (CRC-32C over every column of its row), which is stored with the turn. SQLite detects a damaged page, but not a
/// changed byte inside a text. The checksum protects against damage, but not against a person who changes the row and writes a new
/// checksum.
/// </summary>
internal static class TurnChecksum
{
    internal static long Of(long no, long assessment, long previous, long version, ReadOnlySpan<byte> events, ReadOnlySpan<byte> decided, long firstEffect, long effects)
    {
        var sum = uint.MaxValue;
        foreach (var number in (ReadOnlySpan<long>)[no, assessment, previous, version, events.Length, decided.Length, firstEffect, effects])
        {
            sum = BitOperations.Crc32C(sum, (ulong)number);
        }

        return ~Add(Add(sum, events), decided);
    }

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var left in bytes)
        {
            sum = BitOperations.Crc32C(sum, left);
        }

        return sum;
    }
}
