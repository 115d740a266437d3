using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Functions.Keeping;

/// <summary>
/// The checksum of a row that never changes (the first 8 bytes of SHA-256). The checksum is stored with the row, because SQLite detects a
/// damaged page, but not a byte that has changed inside a text. The checksum protects against damage, not against somebody who writes a new
/// checksum.
/// </summary>
public static class RowChecksum
{
    /// <summary>Calculates the checksum. The length of each column is included, so that a byte that moves from one column to the next is
    /// noticed.</summary>
    /// <param name="names">The text columns of the row; a null and an empty text give different checksums.</param>
    /// <param name="bodies">The binary columns of the row.</param>
    public static long Of(ReadOnlySpan<string?> names, params ReadOnlySpan<byte[]> bodies)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in names)
        {
            Add(hash, name is null ? null : Encoding.UTF8.GetBytes(name));
        }

        foreach (var body in bodies)
        {
            Add(hash, body);
        }

        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(sum);
        return BinaryPrimitives.ReadInt64LittleEndian(sum);
    }

    private static void Add(IncrementalHash hash, byte[]? part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part?.Length ?? -1);
        hash.AppendData(length);
        hash.AppendData(part ?? []);
    }
}
