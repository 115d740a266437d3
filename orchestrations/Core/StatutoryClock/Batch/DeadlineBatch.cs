using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace IntegrationHub.Orchestrations.StatutoryClock.Batch;

/// <summary>
/// The deadline batch: JSON lines in and out, one line for each case, in order. The batch uses only the streams that are passed to it. The
/// answer to a line that cannot be read states the fault, and the other lines are still answered.
/// </summary>
public static class DeadlineBatch
{
    /// <summary>The longest line that is read, in bytes. A case takes a few hundred bytes, so a file with a longer line is not a file of
    /// cases.</summary>
    public const int MaxLineBytes = 1 << 20;

    private const int BufferSize = 1 << 16;

    /// <summary>Answers one line of the batch.</summary>
    /// <param name="line">One case, without a line break.</param>
    /// <param name="practice">How the day of receipt is counted.</param>
    /// <returns>The answer, without a line break, and whether the line could be read.</returns>
    public static (string Answer, bool Ok) AnswerLine(string line, CountingPractice practice = CountingPractice.AfterTheDay)
    {
        var output = new ArrayBufferWriter<byte>();
        var ok = AnswerLine(Encoding.UTF8.GetBytes(line), output, practice);
        return (Encoding.UTF8.GetString(output.WrittenSpan), ok);
    }

    /// <summary>Answers one line of the batch.</summary>
    /// <param name="line">One case in UTF-8, without a line break.</param>
    /// <param name="output">Receives the answer in UTF-8, without a line break.</param>
    /// <param name="practice">How the day of receipt is counted.</param>
    /// <returns>Whether the line could be read.</returns>
    public static bool AnswerLine(ReadOnlySpan<byte> line, IBufferWriter<byte> output, CountingPractice practice = CountingPractice.AfterTheDay) =>
        new LineAnswer(output, RuleSet.England2014, practice).Write(line);

    /// <inheritdoc cref="RunAsync(Stream, Stream, CountingPractice, Action{long}, CancellationToken)"/>
    public static Task<int> RunAsync(Stream input, Stream output, CancellationToken cancellationToken = default) =>
        RunAsync(input, output, CountingPractice.AfterTheDay, cancellationToken: cancellationToken);

    /// <summary>
    /// Answers every line of a stream. Answers are flushed whenever the input pauses, so a caller can write one case and wait for its answer.
    /// The answer to an empty line is a fault, so that the nth answer always belongs to the nth line.
    /// </summary>
    /// <param name="input">JSON lines in UTF-8, with or without a byte order mark. The stream stays open.</param>
    /// <param name="output">Receives the answers in UTF-8. The stream is flushed and stays open.</param>
    /// <param name="practice">How the day of receipt is counted.</param>
    /// <param name="answered">Called after each read with the number of lines answered so far.</param>
    /// <param name="cancellationToken">Stops the batch between two reads.</param>
    /// <returns>The exit status: 0, or 1 if any line could not be read.</returns>
    /// <exception cref="OperationCanceledException">The batch was cancelled.</exception>
    /// <exception cref="IOException">A stream failed.</exception>
    public static async Task<int> RunAsync(
        Stream input, Stream output, CountingPractice practice, Action<long>? answered = null, CancellationToken cancellationToken = default)
    {
        var answers = new ArrayBufferWriter<byte>(BufferSize);
        var lines = new Lines(new LineAnswer(answers, RuleSet.England2014, practice), answers);
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));
        var complete = false;
        while (!complete)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            complete = result.IsCompleted;
            var rest = lines.Take(result.Buffer, complete);
            reader.AdvanceTo(rest, result.Buffer.End);
            await output.WriteAsync(answers.WrittenMemory, cancellationToken).ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            answers.ResetWrittenCount();
            answered?.Invoke(lines.Count);
        }

        await reader.CompleteAsync().ConfigureAwait(false);
        return lines.AllRead ? 0 : 1;
    }

    /// <summary>Splits the input into lines.</summary>
    private sealed class Lines(LineAnswer answer, IBufferWriter<byte> output)
    {
        private bool first = true;
        private bool skipping;

        internal bool AllRead { get; private set; } = true;

        /// <summary>The number of lines answered so far.</summary>
        internal long Count { get; private set; }

        /// <summary>Answers all complete lines, including the last line at the end of the input, and returns the position where the unread rest
        /// begins.</summary>
        internal SequencePosition Take(ReadOnlySequence<byte> arrived, bool complete)
        {
            while (arrived.PositionOf((byte)'\n') is { } end)
            {
                Answer(arrived.Slice(0, end));
                arrived = arrived.Slice(arrived.GetPosition(1, end));
            }

            if (complete && !arrived.IsEmpty)
            {
                Answer(arrived);
                return arrived.End;
            }

            if (arrived.Length <= MaxLineBytes)
            {
                return skipping ? arrived.End : arrived.Start;
            }

            if (!skipping)
            {
                TooLong();
            }

            skipping = true;
            return arrived.End;
        }

        private void Answer(ReadOnlySequence<byte> line)
        {
            if (skipping)
            {
                // Skips the rest of a line that has already been answered as too long.
                skipping = false;
            }
            else if (line.Length > MaxLineBytes)
            {
                TooLong();
            }
            else if (line.IsSingleSegment)
            {
                Answer(line.FirstSpan);
            }
            else
            {
                var copy = ArrayPool<byte>.Shared.Rent((int)line.Length);
                line.CopyTo(copy);
                Answer(copy.AsSpan(0, (int)line.Length));
                ArrayPool<byte>.Shared.Return(copy, clearArray: true);
            }

            first = false;
            Count++;
        }

        private void Answer(ReadOnlySpan<byte> line)
        {
            if (first && line.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }

            // A carriage return before the line break is white space in JSON.
            AllRead &= answer.Write(line);
            output.Write("\n"u8);
        }

        private void TooLong()
        {
            answer.WriteError(default, $"the line is longer than {MaxLineBytes} bytes");
            output.Write("\n"u8);
            AllRead = false;
            first = false;
        }
    }
}
