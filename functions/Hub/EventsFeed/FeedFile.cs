using System.Buffers;
using System.Text.Json;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>
/// One file of a feed: the lines of <see cref="Size"/> numbers in a row. File n has the numbers from n * Size + 1 onwards, so a cursor says in
/// which file it is. It is written as a whole, so all lines of one writing are there or none.
/// </summary>
/// <param name="Index">Which file.</param>
/// <param name="Through">The highest number given so far.</param>
/// <param name="Lines">Those that are left, in order.</param>
internal sealed record FeedFile(long Index, long Through, IReadOnlyList<FeedLine> Lines)
{
    /// <summary>Numbers of one file: some 60 KB.</summary>
    internal const int Size = 250;

    /// <summary>Whether the next number belongs to the next file.</summary>
    internal bool IsFull => Through == (Index + 1) * Size;

    /// <summary>How many numbers it can still give.</summary>
    internal int Remaining => (int)(((Index + 1) * Size) - Through);

    /// <summary>Whether nothing was ever written to it.</summary>
    internal static FeedFile Empty(long index) => new(index, index * Size, []);

    /// <summary>With more lines at its end, each with its number.</summary>
    internal FeedFile With(IEnumerable<FeedLine> more)
    {
        List<FeedLine> all = [.. Lines];
        var through = Through;
        all.AddRange(more.Select(line => line with { Number = ++through }));
        return this with { Through = through, Lines = all };
    }

    internal byte[] Write()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes);
        JsonSerializer.Serialize(writer, new FeedFileHead(Through), FeedJson.Default.FeedFileHead);
        foreach (var line in Lines)
        {
            bytes.Write("\n"u8);
            writer.Reset();
            JsonSerializer.Serialize(writer, line, FeedJson.Default.FeedLine);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonException">It is not a file of a feed.</exception>
    internal static FeedFile Read(long index, ReadOnlySpan<byte> bytes)
    {
        long? through = null;
        var lines = new List<FeedLine>();
        foreach (var range in bytes.Split((byte)'\n'))
        {
            if (through is null)
            {
                through = JsonSerializer.Deserialize(bytes[range], FeedJson.Default.FeedFileHead)?.Through;
            }
            else
            {
                lines.Add(JsonSerializer.Deserialize(bytes[range], FeedJson.Default.FeedLine) ?? throw new JsonException("A line is empty."));
            }
        }

        return new FeedFile(index, through ?? throw new JsonException("The first line is missing."), lines);
    }
}
