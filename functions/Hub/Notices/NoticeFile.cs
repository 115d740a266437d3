using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Notices;

/// <summary>
/// The notice store of one machine: a file of JSON lines for each month in the data directory. Each line is appended and flushed to the
/// disk before the call returns. At start-up only the files of this month and last month are read, because an older effect is not tried
/// again.
/// </summary>
public sealed class NoticeFile : INoticeStore, IDisposable
{
    private const int MaxInMemory = 20_000;

    private readonly string directory;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (NoticeItem Item, DateTimeOffset PutAt)> waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeptNotice> byEffect = new(StringComparer.Ordinal);
    private readonly LinkedList<KeptNotice> kept = [];
    private FileStream? file;
    private string? month;

    private NoticeFile(string directory) => this.directory = directory;

    /// <summary>Opens the notice store in a directory.</summary>
    /// <param name="directory">The directory, which is created if it is missing.</param>
    /// <param name="time">The clock, which says which month it is.</param>
    /// <exception cref="IOException">The directory cannot be read or written to.</exception>
    /// <exception cref="InvalidDataException">A line other than the last cannot be read. (A crash may have cut off the last
    /// line.)</exception>
    public static NoticeFile Open(string directory, TimeProvider time)
    {
        var book = new NoticeFile(Directory.CreateDirectory(directory).FullName);
        var now = time.GetUtcNow();
        book.Read(book.PathOf(now.AddMonths(-1)));
        book.Read(book.PathOf(now));
        return book;
    }

    /// <inheritdoc/>
    public ValueTask<KeptNotice?> PutAsync(NoticeItem item, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (byEffect.TryGetValue(item.EffectId, out var notice) || waiting.ContainsKey(item.EffectId))
            {
                return new(notice);
            }

            Write(new Line(now, Put: item));
            return new((KeptNotice?)null);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(NoticeItem Item, DateTimeOffset PutAt)> WaitingFor(string recipient)
    {
        lock (gate)
        {
            return [.. waiting.Values.Where(w => w.Item.Recipient == recipient).OrderBy(w => w.PutAt).ThenBy(w => w.Item.EffectId, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public ValueTask DropAsync(string effectId, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (waiting.TryGetValue(effectId, out var item))
            {
                Write(new Line(item.PutAt, Dropped: effectId));
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask KeepAsync(KeptNotice notice, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            Write(new Line(notice.SentAt, Kept: notice));
        }

        return default;
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeptNotice> Of(AssessmentId assessment, int limit = 100)
    {
        lock (gate)
        {
            return [.. kept.Where(n => n.Assessments.Contains(assessment)).Take(limit)];
        }
    }

    /// <inheritdoc/>
    public IEnumerable<KeptNotice> All(AssessmentId? about = null)
    {
        // The notices are read from the files, because memory holds only two months.
        foreach (var path in Directory.GetFiles(directory, "notices-*.jsonl").OrderDescending(StringComparer.Ordinal))
        {
            foreach (var notice in Enumerable.Reverse(KeptIn(path, about)))
            {
                yield return notice;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeptNotice> Newest(int limit)
    {
        lock (gate)
        {
            return [.. kept.Take(limit)];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private static List<KeptNotice> KeptIn(string path, AssessmentId? about)
    {
        var found = new List<KeptNotice>();
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        for (var text = reader.ReadLine(); text is not null; text = reader.ReadLine())
        {
            if (about is { } one && !text.Contains(one.Value, StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                if (JsonSerializer.Deserialize(text, NoticeJson.Default.Line)?.Kept is { } notice && (about is not { } asked || notice.Assessments.Contains(asked)))
                {
                    found.Add(notice);
                }
            }
            catch (JsonException) when (reader.Peek() < 0)
            {
                // The line is still being written.
            }
            catch (JsonException damaged)
            {
                throw new IOException($"A line of {Path.GetFileName(path)} cannot be read.", damaged);
            }
        }

        return found;
    }

    private string PathOf(DateTimeOffset at) => Path.Combine(directory, FormattableString.Invariant($"notices-{at.UtcDateTime:yyyy-MM}.jsonl"));

    private void Read(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var reader = new StreamReader(path);
        for (var text = reader.ReadLine(); text is not null; text = reader.ReadLine())
        {
            try
            {
                Apply(JsonSerializer.Deserialize(text, NoticeJson.Default.Line)!);
            }
            catch (JsonException) when (reader.Peek() < 0)
            {
                // This line was being written when the process was killed, so the call that wrote it never returned.
            }
            catch (JsonException damaged)
            {
                throw new InvalidDataException($"A line of {Path.GetFileName(path)} cannot be read.", damaged);
            }
        }
    }

    private void Write(Line line)
    {
        var path = PathOf(line.At);
        if (month != path)
        {
            file?.Dispose();
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            DropCutLine(file);
            month = path;
        }

        file!.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, NoticeJson.Default.Line), (byte)'\n']);
        file.Flush(flushToDisk: true);
        Apply(line);
    }

    /// <summary>
    /// Removes a last line that a crash cut off, so that the next line starts correctly, and moves to the end of the file.
    /// </summary>
    private static void DropCutLine(FileStream file)
    {
        var end = file.Length;
        for (; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }
        }

        file.SetLength(end);
        file.Position = end;
    }

    private void Apply(Line line)
    {
        if (line.Put is { } item)
        {
            waiting[item.EffectId] = (item, line.At);
        }

        if (line.Dropped is { } dropped)
        {
            waiting.Remove(dropped);
        }

        if (line.Kept is { } notice)
        {
            foreach (var effect in notice.Effects)
            {
                waiting.Remove(effect);
                byEffect[effect] = notice;
            }

            kept.AddFirst(notice);
            if (kept.Count > MaxInMemory)
            {
                foreach (var effect in kept.Last!.Value.Effects)
                {
                    byEffect.Remove(effect);
                }

                kept.RemoveLast();
            }
        }
    }

    internal sealed record Line(DateTimeOffset At, NoticeItem? Put = null, string? Dropped = null, KeptNotice? Kept = null);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NoticeFile.Line))]
internal sealed partial class NoticeJson : JsonSerializerContext;
