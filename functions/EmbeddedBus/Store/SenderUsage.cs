using System.Globalization;
using IntegrationHub.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>The limits on what the bus stores for one sender, dead letters included.</summary>
/// <param name="Messages">The greatest number of messages stored for one sender.</param>
/// <param name="Bytes">The greatest total size of these messages in bytes.</param>
public sealed record SenderLimits(long Messages = 100_000, long Bytes = 1L << 30);

/// <summary>
/// Counts the messages and bytes that the bus stores for each sender. The bus never drops a message that it has accepted, so without a
/// limit one sender could fill the disk. The writing thread holds the counts in memory; they are read from the file at the start and
/// after a failed transaction.
/// </summary>
internal sealed class SenderUsage(DataFile file, SenderLimits bounds, string unbounded)
{
    private readonly Dictionary<string, (long Messages, long Bytes)> kept = new(StringComparer.Ordinal);

    /// <summary>Counts the messages in the file.</summary>
    internal void Load()
    {
        kept.Clear();
        foreach (var (sender, messages, bytes) in file.Rows(
            """
            SELECT m.sent_by, COUNT(*), SUM(length(c.bare) + length(c.annotations)) FROM message m JOIN content c ON c.seq = m.seq
            WHERE m.sent_by IS NOT NULL GROUP BY m.sent_by
            """,
            row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2))))
        {
            kept[sender] = (messages, bytes);
        }
    }

    /// <summary>Why these messages are rejected, or null if they are within the limits.</summary>
    internal string? Refusal(IReadOnlyList<NewMessage> messages)
    {
        foreach (var more in messages.GroupBy(message => message.SentBy))
        {
            if (more.Key is not { } sender || sender == unbounded)
            {
                continue;
            }

            var (count, bytes) = kept.GetValueOrDefault(sender);
            if (count + more.Count() > bounds.Messages || bytes + more.Sum(Size) > bounds.Bytes)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The bus stores at most {bounds.Messages} messages and {bounds.Bytes} bytes for one sender, dead letters included, and this would exceed the limit. Nothing was accepted; contact the operators of the hub.");
            }
        }

        return null;
    }

    internal void Add(NewMessage message) => Add(message.SentBy, 1, Size(message));

    internal void Add(string? sender, long messages, long bytes)
    {
        if (sender is not null)
        {
            var (count, size) = kept.GetValueOrDefault(sender);
            kept[sender] = (count + messages, size + bytes);
        }
    }

    private static long Size(NewMessage message) => message.Bare.Length + message.Annotations.Length;
}
