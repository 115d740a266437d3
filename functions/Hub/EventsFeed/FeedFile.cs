using System.Buffers;
using System.Text.Json;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>
/// One file of a feed, with the lines of <see cref="Size"/> consecutive numbers. File n has the numbers from n * Size + 1 onwards, so a
/// cursor identifies its file. A file is written as a whole, so either all or none of the lines of one write are present.
/// </summary>
/// <param name="Index">Index of the file, counted from 0.</param>
/// <param name="Through">The highest number assigned so far.</param>
/// <param name="Lines">The remaining lines, in order.</param>
internal sealed record FeedFile(long Index, long Through, IReadOnlyList<FeedLine> Lines)
{
    /// <summary>Number of lines in one file (about 60 KB).</summary>
    internal const int Size = 250;

    /// <summary>Whether the file is full, so that the next line goes into the next file.</summary>
    internal bool IsFull => Through == (Index + 1) * Size;

    /// <summary>How many more lines fit into the file.</summary>
    internal int Remaining => (int)(((Index + 1) * Size) - Through);

    /// <summary>A file to which nothing has been written.</summary>
    internal static FeedFile Empty(long index) => new(index, index * Size, []);

    /// <summary>The file with more lines at its end, each with its number.</summary>
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

    /// <exception cref="JsonException">The bytes are not a file of a feed.</exception>
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
