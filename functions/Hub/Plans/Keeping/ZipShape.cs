using System.Buffers.Binary;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Walks the directory of a zip archive without taking memory for it. A document has some dozens of entries; an archive of 24 MB can name
/// half a million, and a small one can say that it holds terabytes. Source: PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16.
/// </summary>
internal static class ZipShape
{
    /// <summary>Entries of an archive.</summary>
    internal const int MostEntries = 2000;

    /// <summary>Bytes of all entries once expanded, as the archive says.</summary>
    internal const long MostExpanded = 512L * 1024 * 1024;

    private const uint EndSignature = 0x06054b50;
    private const uint EntrySignature = 0x02014b50;
    private const int EndLength = 22;
    private const int EntryLength = 46;

    /// <summary>Whether the archive is one of the size of a document. False too for what is not an archive, or one with 64-bit sizes.</summary>
    internal static bool IsModest(ReadOnlySpan<byte> zip)
    {
        var end = EndOf(zip);
        if (end < 0)
        {
            return false;
        }

        // What is too large for its field says so by ones, and stands elsewhere: no document needs it.
        var told = BinaryPrimitives.ReadUInt16LittleEndian(zip[(end + 10)..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(zip[(end + 16)..]);
        if (told > MostEntries || start > end)
        {
            return false;
        }

        var (at, entries, expanded) = ((int)start, 0, 0L);
        while (at + EntryLength <= zip.Length && BinaryPrimitives.ReadUInt32LittleEndian(zip[at..]) == EntrySignature)
        {
            var entry = zip[at..];
            expanded += BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
            if (++entries > MostEntries || expanded > MostExpanded)
            {
                return false;
            }

            at += EntryLength + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }

        return entries == told;
    }

    /// <summary>Where the end record begins: the last place with its signature, as readers look for it; negative where there is none.</summary>
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
