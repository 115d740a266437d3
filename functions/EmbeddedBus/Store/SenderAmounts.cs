using System.Globalization;
using IntegrationHub.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>The most that the bus keeps from one sender, dead letters included.</summary>
/// <param name="Messages">Messages.</param>
/// <param name="Bytes">Bytes of these messages.</param>
public sealed record SenderBounds(long Messages = 100_000, long Bytes = 1L << 30);

/// <summary>
/// How much the bus keeps from each sender. Nothing that was accepted is ever thrown away, so without a bound one sender could fill the
/// disk for everybody. Counted in memory by the thread that writes; the file is read at the start and after a transaction that failed.
/// </summary>
internal sealed class SenderAmounts(DataFile file, SenderBounds bounds, string unbounded)
{
    private readonly Dictionary<string, (long Messages, long Bytes)> kept = new(StringComparer.Ordinal);

    /// <summary>Counts what is in the file.</summary>
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

    /// <summary>Why these messages are not taken; null when there is room for them.</summary>
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
                    $"The bus keeps {bounds.Messages} messages and {bounds.Bytes} bytes of one sender at most, dead letters included, and this would be more. Nothing was accepted; contact the operators of the hub.");
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
