using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Functions.Keeping;

/// <summary>
/// The checksum of one row that never changes (the first 8 bytes of SHA-256), kept beside it: SQLite finds a page that is not a page any
/// more, but not a byte that has changed inside a text. It guards against damage, not against somebody who writes a new sum.
/// </summary>
public static class RowSum
{
    /// <summary>The sum. Each part counts with its length, so that no byte can move from one to the next unnoticed.</summary>
    /// <param name="names">The row's names; null is another than empty.</param>
    /// <param name="bodies">Its bytes.</param>
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
