namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Limits the memory used for documents that are being stored. There is one limit for the total size of the documents that are arriving,
/// and one for the number of documents that are being checked and written. Safe for concurrent use.
/// </summary>
/// <param name="mostBytes">The greatest total size of the documents that are arriving, in bytes.</param>
/// <param name="atOnce">How many documents can be checked and written at once; other documents wait.</param>
public sealed class UploadLimiter(long mostBytes = 512L * 1024 * 1024, int atOnce = 2) : IDisposable
{
    private const int Piece = 64 * 1024;

    private readonly SemaphoreSlim places = new(atOnce);
    private long taken;

    /// <summary>The number of bytes in use by documents that are arriving.</summary>
    public long Taken => Interlocked.Read(ref taken);

    /// <summary>Reads a document of at most <paramref name="limit"/> bytes and processes it once the number of other documents being
    /// processed is low enough.</summary>
    /// <param name="content">The document's bytes. At most one block beyond the limit is read.</param>
    /// <param name="limit">The largest size of the document, in bytes.</param>
    /// <param name="work">What to do with the document once it has been read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The result of the work, or a failure if the document is too large or too much memory is in use.</returns>
    internal async Task<StoreResult<T>> TakeAsync<T>(Stream content, long limit, Func<byte[], Task<StoreResult<T>>> work, CancellationToken cancellationToken)
    {
        var pieces = new List<byte[]>();
        var held = 0L;
        try
        {
            // The document is read in blocks, because an array would be copied each time it grows, and so be in memory twice.
            var size = 0L;
            for (; ; )
            {
                if (Interlocked.Add(ref taken, Piece) > mostBytes)
                {
                    Interlocked.Add(ref taken, -Piece);
                    return StoreResult.Failed<T>(KeepingOutcome.Transient, "Too many documents are being uploaded at the moment.");
                }

                held += Piece;
                var piece = new byte[Piece];
                var read = await content.ReadAtLeastAsync(piece, Piece, throwOnEndOfStream: false, cancellationToken);
                size += read;
                if (size > limit)
                {
                    return StoreResult.Failed<T>(KeepingOutcome.Refused, $"The document is larger than {limit} bytes.");
                }

                pieces.Add(piece);
                if (read < Piece)
                {
                    break;
                }
            }

            await places.WaitAsync(cancellationToken);
            try
            {
                return await work(Join(pieces, (int)size));
            }
            finally
            {
                places.Release();
            }
        }
        finally
        {
            Interlocked.Add(ref taken, -held);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    private static byte[] Join(List<byte[]> pieces, int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < pieces.Count; i++)
        {
            var at = i * Piece;
            Buffer.BlockCopy(pieces[i], 0, bytes, at, Math.Min(Piece, size - at));
        }

        pieces.Clear();
        return bytes;
    }
}
