using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Functions.Monitoring.DeadLetters;

/// <summary>
/// A permanent record of operators' actions that belong to no case. Actions on a case are recorded as events of that case.
/// </summary>
public interface IOperatorJournal
{
    /// <summary>Writes an entry, which is durable when the call returns.</summary>
    ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>The newest entries, newest first.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> NewestAsync(int most, CancellationToken cancellationToken = default);
}

/// <summary>One action of an operator.</summary>
/// <param name="At">Time of the action, UTC.</param>
/// <param name="By">The operator's stable id.</param>
/// <param name="Action">The action, for instance <c>return-dead-letter</c>.</param>
/// <param name="About">Subject of the action, for instance <c>advice-responses #12</c>.</param>
/// <param name="Reason">The reason for the action, in the operator's words.</param>
/// <param name="Result">The result of the action, or null in the entry that is written before the action so that no action is taken without
/// a record.</param>
public sealed record JournalEntry(DateTimeOffset At, string By, string Action, string About, string Reason, string? Result);

/// <summary>The journal of one machine, as lines of JSON that are each flushed to disk.</summary>
public sealed class JournalFile : IOperatorJournal
{
    /// <summary>Name of the file in the data directory.</summary>
    public const string FileName = "operators.jsonl";

    private readonly string path;
    private readonly Lock gate = new();

    private JournalFile(string path) => this.path = path;

    /// <summary>Opens the journal of a directory.</summary>
    /// <exception cref="IOException">The directory cannot be written to.</exception>
    public static JournalFile Open(string directory) => new(Path.Combine(Directory.CreateDirectory(directory).FullName, FileName));

    /// <inheritdoc/>
    public ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            file.Seek(0, SeekOrigin.End);
            if (file.Length > 0)
            {
                // If a crash cut the last line short, ends that line so that the new line starts correctly.
                file.Position = file.Length - 1;
                if (file.ReadByte() != '\n')
                {
                    file.WriteByte((byte)'\n');
                }
            }

            file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry, OperatorJournalJson.Default.JournalEntry), (byte)'\n']);
            file.Flush(flushToDisk: true);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalEntry>> NewestAsync(int most, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new(File.Exists(path) ? [.. File.ReadLines(path).Reverse().Select(Read).OfType<JournalEntry>().Take(most)] : []);
        }
    }

    private static JournalEntry? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, OperatorJournalJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            // The line was being written when the process was killed, so the call that wrote it never returned.
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class OperatorJournalJson : JsonSerializerContext;
