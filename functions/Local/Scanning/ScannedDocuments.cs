using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Local.Scanning;

/// <summary>
/// Documents in a folder that clamd scans. A file is scanned when the hub first needs to know whether it is safe, and the result is stored
/// next to the file. While clamd is unavailable or gives no usable answer, the file stays unscanned and is scanned later.
/// </summary>
internal sealed partial class ScannedDocuments(FolderDocuments folder, Clamd clamd, TimeProvider time, ILogger<ScannedDocuments>? log = null) : IDocumentStore, IDisposable
{
    private const int AtOnce = 2;

    // For this long the hub does not ask an unavailable scanner again, so that a page that lists fifty files does not wait fifty times.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ILogger log = log ?? NullLogger<ScannedDocuments>.Instance;
    private readonly SemaphoreSlim places = new(AtOnce);
    private long restsUntil;

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    /// <inheritdoc/>
    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) => folder.PutOnceAsync(name, bytes, contentType, cancellationToken);

    /// <inheritdoc/>
    public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) => folder.ReadAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) =>
        folder.ReplaceAsync(name, bytes, contentType, etag, cancellationToken);

    /// <inheritdoc/>
    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => folder.ListAsync(prefix, cancellationToken);

    /// <inheritdoc/>
    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) => folder.RemoveAsync(name, cancellationToken);

    /// <inheritdoc/>
    public async Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken)
    {
        var before = await folder.ScanStateAsync(name, cancellationToken);
        if (before is not { Succeeded: true, Value: ScanState.Unknown } || time.GetUtcNow().UtcTicks < Volatile.Read(ref restsUntil))
        {
            return before;
        }

        await places.WaitAsync(cancellationToken);
        try
        {
            var read = await folder.ReadAsync(name, cancellationToken);
            if (!read.Succeeded)
            {
                return read.Outcome == KeepingOutcome.Missing ? before : new StoreResult<ScanState>(read.Outcome, default, read.Reason);
            }

            var found = await clamd.AskAsync(read.Value.Bytes, cancellationToken);
            if (found == ScanState.Unknown)
            {
                Undecided(log);
                return before;
            }

            var noted = await folder.NoteScanAsync(name, found, cancellationToken);
            return noted.Succeeded ? new StoreResult<ScanState>(KeepingOutcome.Done, found, "") : new StoreResult<ScanState>(noted.Outcome, default, noted.Reason);
        }
        catch (IOException)
        {
            Volatile.Write(ref restsUntil, (time.GetUtcNow() + Rest).UtcTicks);
            Away(log);
            return before;
        }
        finally
        {
            places.Release();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "clamd cannot be reached or is too slow: files that it has not scanned yet cannot be opened. The hub tries again in 30 seconds")]
    private static partial void Away(ILogger log);

    [LoggerMessage(2, LogLevel.Warning, "clamd gave no result for a file, which stays unscanned; check whether the file is larger than clamd's StreamMaxLength")]
    private static partial void Undecided(ILogger log);
}
