namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Memory for documents on their way into the store. So many bytes in all, however many arrive at the same time, and so many documents
/// that are looked at and written at the same time. Safe for concurrent use.
/// </summary>
/// <param name="mostBytes">Bytes of all documents that are arriving.</param>
/// <param name="atOnce">Documents that are looked at and written at the same time; the others wait.</param>
public sealed class UploadRoom(long mostBytes = 512L * 1024 * 1024, int atOnce = 2) : IDisposable
{
    private const int Piece = 64 * 1024;

    private readonly SemaphoreSlim places = new(atOnce);
    private long taken;

    /// <summary>Bytes that are held now.</summary>
    public long Taken => Interlocked.Read(ref taken);

    /// <summary>Reads a document of at most <paramref name="limit"/> bytes and has it worked on in its turn.</summary>
    /// <param name="content">Its bytes. No more than the limit and one piece are read.</param>
    /// <param name="limit">Its largest size, in bytes.</param>
    /// <param name="work">What is done with it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the work answers; or that the document is too large; or that there is no room now.</returns>
    internal async Task<Kept<T>> TakeAsync<T>(Stream content, long limit, Func<byte[], Task<Kept<T>>> work, CancellationToken cancellationToken)
    {
        var pieces = new List<byte[]>();
        var held = 0L;
        try
        {
            // In pieces: one array that grows would be copied, and there twice, each time.
            var size = 0L;
            for (; ; )
            {
                if (Interlocked.Add(ref taken, Piece) > mostBytes)
                {
                    Interlocked.Add(ref taken, -Piece);
                    return Kept.Failed<T>(KeepingOutcome.Transient, "Many documents are being taken in at this moment.");
                }

                held += Piece;
                var piece = new byte[Piece];
                var read = await content.ReadAtLeastAsync(piece, Piece, throwOnEndOfStream: false, cancellationToken);
                size += read;
                if (size > limit)
                {
                    return Kept.Failed<T>(KeepingOutcome.Refused, $"The document is larger than {limit} bytes.");
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
