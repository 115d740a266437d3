using IntegrationHub.Functions.Access;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Keeping;

/// <summary>
/// Copies a data directory while a hub uses it. All SQLite files are copied as they were at one instant: for that instant every writer waits
/// while a read transaction begins on each file. The copy is therefore in the state that a power cut would have left, from which the hub
/// recovers automatically. Documents are written once and never changed, so the documents copied afterwards include all that the stores
/// refer to. Only the feeds of events are copied before the stores.
/// </summary>
internal static class Backup
{
    /// <summary>Makes a backup of a data directory.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="folder">The folder for the backup, which must be empty or not yet exist.</param>
    /// <exception cref="IOException">The folder for the backup is not empty, is in the data directory or cannot be written to.</exception>
    /// <exception cref="InvalidDataException">There is no store to copy, a store or the folder of documents is missing, or a copy is damaged.</exception>
    /// <exception cref="SqliteException">A store cannot be read.</exception>
    internal static BackupManifest Make(string data, string folder)
    {
        var stores = StoreFiles.Present(data);
        if (!stores.Contains(LocalHub.StoreFile) || StoreFiles.Missing(data) is [_, ..])
        {
            throw new InvalidDataException($"{data} does not hold every store of a hub, so a complete backup is not possible.");
        }

        if (!Directory.Exists(Path.Combine(data, LocalHub.Documents)))
        {
            throw new InvalidDataException(
                $"{data} has no folder {LocalHub.Documents}, so a complete backup is not possible. Mount its disk; if the hub has never run here, start it once.");
        }

        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new IOException($"{folder} already exists and is not empty. Give a new folder.");
        }

        // A backup inside the data directory would be copied with the next backup, and would be lost with the disk.
        if (IsInside(folder, data))
        {
            throw new IOException($"{folder} is in the data directory. Give a folder outside it, on another disk if possible.");
        }

        DataDirectory.Open(folder);
        Directory.CreateDirectory(Path.Combine(folder, LocalHub.Documents));
        CopyFeeds(data, folder);
        var at = CopyStores(data, folder, stores);
        CopyRest(data, folder);
        foreach (var name in stores)
        {
            if (SqliteFile.FullCheck(Path.Combine(folder, name)) is [var first, ..])
            {
                throw new InvalidDataException($"{name} is damaged ({first.ReplaceLineEndings(" ")}): this is not a usable backup. Keep the previous backup.");
            }
        }

        var manifest = new BackupManifest(at, [.. Names(folder).Order(StringComparer.Ordinal).Select(name => BackupFile.Of(folder, name))]);
        manifest.Write(folder);
        return manifest;
    }

    /// <summary>The path of every file under a folder, with <c>/</c> between folders.</summary>
    internal static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));

    /// <summary>Whether a folder is another folder or is inside it.</summary>
    internal static bool IsInside(string folder, string data) =>
        Path.GetRelativePath(Path.GetFullPath(data), Path.GetFullPath(folder)) is var relative
        && relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);

    /// <summary>
    /// Copies the feeds of events before the stores. If a feed had an event that the stores do not have, and a new event of the case then
    /// got the same number, the restored hub would assume that the feed already has the new event, and would not add it. An event that is
    /// missing from the feed is added when the restored hub starts.
    /// </summary>
    private static void CopyFeeds(string data, string folder)
    {
        // The newest file is copied first, and the record of removed events last. No file in the copy can then end before the next one
        // begins, and every missing event is covered by the record.
        foreach (var name in Names(data).Where(name => IsKept(name) && IsOfFeed(name))
            .OrderByDescending(name => name.EndsWith(".jsonl", StringComparison.Ordinal)).ThenByDescending(name => name, StringComparer.Ordinal))
        {
            CopyFile(data, folder, name);
        }
    }

    private static DateTimeOffset CopyStores(string data, string folder, IReadOnlyList<string> stores)
    {
        var readers = stores.Select(name => SqliteFile.Open(Path.Combine(data, name), SqliteOpenMode.ReadWrite)).ToList();
        try
        {
            var at = Freeze(data, stores, readers);
            foreach (var (name, reader) in stores.Zip(readers))
            {
                var copy = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                using (var writer = SqliteFile.Open(copy, SqliteOpenMode.ReadWriteCreate))
                {
                    // The read transaction is still open, so the copy has the state at the instant for which the writers waited.
                    reader.BackupDatabase(writer);
                    Run(writer, "PRAGMA journal_mode = DELETE");
                }

                using var flushed = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite);
                flushed.Flush(flushToDisk: true);
            }

            return at;
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    /// <summary>Makes every writer wait, begins a read transaction on every store, and releases the writers. The writers wait for a few
    /// milliseconds.</summary>
    private static DateTimeOffset Freeze(string data, IReadOnlyList<string> stores, IReadOnlyList<SqliteConnection> readers)
    {
        var writers = stores.Select(name => SqliteFile.Open(Path.Combine(data, name), SqliteOpenMode.ReadWrite)).ToList();
        try
        {
            foreach (var writer in writers)
            {
                Run(writer, "BEGIN IMMEDIATE");
            }

            foreach (var reader in readers)
            {
                Run(reader, "BEGIN");
                Run(reader, "SELECT count(*) FROM sqlite_schema");
            }

            return TimeProvider.System.GetUtcNow();
        }
        finally
        {
            // Nothing was written, so closing the connection ends each transaction.
            writers.ForEach(writer => writer.Dispose());
        }
    }

    private static void CopyRest(string data, string folder)
    {
        foreach (var name in Rest(data))
        {
            CopyFile(data, folder, name);
        }
    }

    /// <summary>
    /// The files that are copied after the stores. The manifests of plans come first, and the other names are read from the disk only after
    /// that: the copy of the manifest must not list a version that is stored in the meantime without its documents, because such a backup
    /// would be refused as damaged.
    /// </summary>
    internal static IEnumerable<string> Rest(string data)
    {
        foreach (var manifest in Names(data).Where(IsManifest).ToList())
        {
            yield return manifest;
        }

        foreach (var name in Names(data).Where(name => IsKept(name) && !IsOfFeed(name) && !IsManifest(name)))
        {
            yield return name;
        }
    }

    private static void CopyFile(string data, string folder, string name)
    {
        var (from, to) = (Path.Combine(data, name), Path.Combine(folder, name));
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        try
        {
            using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
            source.CopyTo(target);
            target.Flush(flushToDisk: true);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // The document was stored for a limited time only, and was removed after the instant of the copy.
            File.Delete(to);
        }
    }

    /// <summary>Whether a file is copied into the backup. The stores are left out, because they have already been copied. Files that every
    /// start creates again and half-written files are left out.</summary>
    private static bool IsKept(string name)
    {
        var file = Path.GetFileName(name);
        return !name.EndsWith(".lock", StringComparison.Ordinal)
            && !file.StartsWith('.')
            && name != FileClockRecord.ConfirmationName
            && !StoreFiles.IsPartOfStore(name)
            && !name.StartsWith("demo/", StringComparison.Ordinal);
    }

    // The name that PlanStore gives: council, assessment, manifest.json.
    private static bool IsManifest(string name) => name.Split('/') is [LocalHub.Documents, _, _, "manifest.json"];

    private static bool IsOfFeed(string name) => name.Split('/') is [LocalHub.Documents, _, "feed", _];

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteScalar();
    }
}
