using System.Text;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Stores documents in a folder, for a hub on one machine. A document is written to a temporary file, flushed to the disk, and then linked
/// to its name in one step, which fails if the name is already in use. The folder is also flushed, so that after a power cut the document
/// is either complete or absent.
/// </summary>
public sealed class FolderDocuments(string root, KeepingRules rules, TimeProvider time) : IDocumentStore
{
    // A scanner on this machine writes its result to a file next to the document. Only the text "No threats found" means that the document
    // is clean.
    private const string ScanSuffix = ".scan";

    private readonly string root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) => GuardedAsync(name, async path =>
    {
        if (File.Exists(path))
        {
            return StoreResult.AlreadyThere(name);
        }

        await using var written = await WriteBesideAsync(path, bytes, cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(written.SafeFileHandle, UnixFileMode.UserRead);
        }

        try
        {
            Place(written, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            return StoreResult.AlreadyThere(name);
        }

        Directories.Flush(Path.GetDirectoryName(path)!);
        return StoreResult.Done(name);
    });

    /// <inheritdoc/>
    public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) => GuardedAsync(name, async path =>
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        return StoreResult.Done(new StoredDocument(bytes, PlanJson.ContentHash(bytes)));
    });

    /// <inheritdoc/>
    public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) => GuardedAsync(name, async path =>
    {
        Directories.Ensure(root, Path.GetDirectoryName(path)!);
        using var held = FileLock.Take(path);
        if (held is null)
        {
            return StoreResult.Failed<string>(KeepingOutcome.Conflict, $"{name}: somebody else is writing it now.");
        }

        var current = File.Exists(path) ? PlanJson.ContentHash(await File.ReadAllBytesAsync(path, cancellationToken)) : null;
        if (current != etag)
        {
            return StoreResult.Failed<string>(KeepingOutcome.Conflict, $"{name}: somebody else has changed it since it was read.");
        }

        await using var written = await WriteBesideAsync(path, bytes, cancellationToken);
        Place(written, path, overwrite: true);
        Directories.Flush(Path.GetDirectoryName(path)!);
        return StoreResult.Done(PlanJson.ContentHash(bytes.Span));
    });

    /// <inheritdoc/>
    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => GuardedAsync(prefix.TrimEnd('/'), path =>
    {
        // A missing root folder means that a disk is not mounted, not that the store is empty.
        if (!Directory.Exists(root))
        {
            throw new IOException("The documents folder does not exist.");
        }

        IReadOnlyList<string> names = !Directory.Exists(path) ? [] :
        [
            .. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file)[0] != '.' && !file.EndsWith(ScanSuffix, StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
        ];
        return Task.FromResult(StoreResult.Done(names));
    });

    /// <inheritdoc/>
    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) => GuardedAsync(name, path =>
    {
        if (!File.Exists(path))
        {
            return Task.FromResult(StoreResult.Failed<string>(KeepingOutcome.Missing, $"{name}: not there."));
        }

        if (rules.LegalHold || (rules.Retention is { } keep && time.GetUtcNow() - File.GetLastWriteTimeUtc(path) < keep))
        {
            return Task.FromResult(StoreResult.Failed<string>(KeepingOutcome.Refused, $"{name}: it is under a legal hold or within its retention period."));
        }

        File.Delete(path);
        File.Delete(path + ScanSuffix);
        Directories.Flush(Path.GetDirectoryName(path)!);
        return Task.FromResult(StoreResult.Done(name));
    });

    /// <inheritdoc/>
    public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => GuardedAsync(name, async path =>
    {
        if (!File.Exists(path))
        {
            return StoreResult.Failed<ScanState>(KeepingOutcome.Missing, $"{name}: not there.");
        }

        return StoreResult.Done(File.Exists(path + ScanSuffix) ? ScanWords.Read(await File.ReadAllTextAsync(path + ScanSuffix, cancellationToken)) : ScanState.Unknown);
    });

    /// <summary>Stores a scanner's result in a file next to the document.</summary>
    /// <returns>The outcome is Done, Missing, Transient or Refused (if the scanner gave no result).</returns>
    public Task<StoreResult<string>> NoteScanAsync(string name, ScanState found, CancellationToken cancellationToken) => GuardedAsync(name, async path =>
    {
        if (!File.Exists(path) || ScanWords.Of(found) is not { } words)
        {
            return StoreResult.Failed<string>(File.Exists(path) ? KeepingOutcome.Refused : KeepingOutcome.Missing, $"{name}: there is nothing to keep.");
        }

        await using var written = await WriteBesideAsync(path + ScanSuffix, Encoding.ASCII.GetBytes(words), cancellationToken);
        Place(written, path + ScanSuffix, overwrite: true);
        return StoreResult.Done(name);
    });

    private async Task<StoreResult<T>> GuardedAsync<T>(string name, Func<string, Task<StoreResult<T>>> act)
    {
        if (!DocumentNames.IsSafe(name))
        {
            return StoreResult.Failed<T>(KeepingOutcome.Refused, "The store does not accept the document's name.");
        }

        try
        {
            return await act(Path.Combine(root, name.Replace('/', Path.DirectorySeparatorChar)));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException && Directory.Exists(root))
        {
            return StoreResult.Failed<T>(KeepingOutcome.Missing, $"{name}: not there.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // A full disk, a lost share or a missing permission can be corrected by an operator, and nothing is left half written.
            return StoreResult.Failed<T>(KeepingOutcome.Transient, $"{name}: the folder cannot be used at the moment ({failed.GetType().Name}).");
        }
    }

    // POSIX renames an open file, so the writer's lock also covers the renaming; Windows does not. File.Move first checks whether the name
    // is in use and then renames, so the second of two writers would replace the first writer's file. A link cannot be created if the name
    // is in use.
    private static void Place(FileStream written, string path, bool overwrite)
    {
        var placed = false;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                written.Dispose();
            }

            if (overwrite || OperatingSystem.IsWindows() || !Directories.Link(written.Name, path))
            {
                File.Move(written.Name, path, overwrite);
            }

            placed = true;
        }
        catch (FileNotFoundException gone)
        {
            // A process that was just starting removed the temporary file before its writer locked it. The file must be written again;
            // no stored document was lost.
            throw new IOException("The temporary file was removed before it was given its final name.", gone);
        }
        finally
        {
            if (!placed)
            {
                File.Delete(written.Name);
            }
        }
    }

    private async Task<FileStream> WriteBesideAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Directories.Ensure(root, Path.GetDirectoryName(path)!);
        var stream = new FileStream(PartialFiles.Beside(path), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        var whole = false;
        try
        {
            await stream.WriteAsync(bytes, cancellationToken);
            stream.Flush(flushToDisk: true);
            whole = true;
            return stream;
        }
        finally
        {
            // An incomplete file is removed, so that such files do not fill the disk.
            if (!whole)
            {
                await stream.DisposeAsync();
                File.Delete(stream.Name);
            }
        }
    }
}
