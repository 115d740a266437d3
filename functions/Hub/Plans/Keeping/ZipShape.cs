using System.Buffers.Binary;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Reads the directory of a zip archive without allocating memory for it. An ordinary document has a few dozen entries. An archive of 24 MB
/// can list half a million entries, and a small archive can claim to contain terabytes. Source: PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16.
/// </summary>
internal static class ZipShape
{
    /// <summary>The largest number of entries in an archive.</summary>
    internal const int MaxEntries = 2000;

    /// <summary>The greatest total size of all entries when expanded, as stated in the archive.</summary>
    internal const long MaxExpanded = 512L * 1024 * 1024;

    private const uint EndSignature = 0x06054b50;
    private const uint EntrySignature = 0x02014b50;
    private const int EndLength = 22;
    private const int EntryLength = 46;

    /// <summary>
    /// Whether the archive is no larger than an ordinary document. The result is also false if the bytes are not an archive, or if the
    /// archive uses 64-bit sizes.
    /// </summary>
    internal static bool IsModest(ReadOnlySpan<byte> zip)
    {
        var end = EndOf(zip);
        if (end < 0)
        {
            return false;
        }

        // If a value is too large for its field, all bits of the field are set and the value is stored elsewhere. An ordinary document has
        // no values that are too large for their fields.
        var told = BinaryPrimitives.ReadUInt16LittleEndian(zip[(end + 10)..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(zip[(end + 16)..]);
        if (told > MaxEntries || start > end)
        {
            return false;
        }

        var (at, entries, expanded) = ((int)start, 0, 0L);
        while (at + EntryLength <= zip.Length && BinaryPrimitives.ReadUInt32LittleEndian(zip[at..]) == EntrySignature)
        {
            var entry = zip[at..];
            expanded += BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
            if (++entries > MaxEntries || expanded > MaxExpanded)
            {
                return false;
            }

            at += EntryLength + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }

        return entries == told;
    }

    /// <summary>
    /// The position of the end record: the last place where the record's signature occurs, which is how archive readers find it. The result
    /// is negative if there is no end record.
    /// </summary>
    private static int EndOf(ReadOnlySpan<byte> zip)
    {
        var first = Math.Max(0, zip.Length - EndLength - ushort.MaxValue);
        for (var at = zip.Length - EndLength; at >= first; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(zip[at..]) == EndSignature)
            {
                return at;
            }
        }

        return -1;
    }
}
