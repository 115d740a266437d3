using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Embedded;

namespace IntegrationHub.Local.Hosting;

/// <summary>The SQLite files of a data directory, with checks for missing or damaged files.</summary>
internal static class StoreFiles
{
    /// <summary>Name of the file that lists the stores that a hub has created in this directory.</summary>
    internal const string Marker = "stores.json";

    /// <summary>Name of the store of FHIR resources.</summary>
    internal const string Fhir = "fhir.db";

    /// <summary>Name of the access log, which records who read which case.</summary>
    internal const string AccessLog = "access-log.db";

    /// <summary>Name of the store of the embedded bus.</summary>
    internal const string Bus = LocalBusSetup.Folder + "/bus.db";

    /// <summary>The longest time that the check at start-up is allowed to take for one file.</summary>
    internal static readonly TimeSpan MaxCheckTimeAtStart = TimeSpan.FromSeconds(1);

    /// <summary>The largest number of 4 KiB pages that the check at start-up reads from one file: 64 MB, the size for a council with some
    /// 4,000 plans. The <c>check</c> command reads every page of the file.</summary>
    private const int PagesAtStart = 16_384;

    // Every start creates these folders before it lists the stores. Each can be on a disk of its own; a folder created in place of a disk
    // that is not mounted would hide every letter and document.
    internal static readonly string[] Folders = [LocalHub.Documents, "notices"];

    private static readonly string[] All = [LocalHub.StoreFile, Fhir, AccessLog, Bus];

    /// <summary>Names of the stores that exist in the data directory.</summary>
    internal static IReadOnlyList<string> Present(string data) => [.. All.Where(name => Length(data, name) > 0)];

    /// <summary>Names of the stores and folders that were created in this directory and are now missing.</summary>
    internal static IReadOnlyList<string> Missing(string data) =>
        [.. CreatedStores(data).Where(name => Length(data, name) == 0), .. Folders.Where(name => File.Exists(Path.Combine(data, Marker)) && !Directory.Exists(Path.Combine(data, name)))];

    /// <summary>Whether a file is a store, or belongs to a store as its log or shared memory.</summary>
    internal static bool IsPartOfStore(string name) => All.Any(store => name == store || name == store + "-wal" || name == store + "-shm" || name == store + "-journal");

    /// <summary>Checks that every store that was created in this directory exists and is not damaged. Called before any store is opened,
    /// because opening would create a missing store.</summary>
    /// <exception cref="InvalidDataException">A store is missing or damaged; the message names it.</exception>
    /// <exception cref="IOException">A store cannot be opened at present; the message names it.</exception>
    internal static void Check(string data)
    {
        foreach (var name in Present(data))
        {
            if (SqliteFile.QuickCheck(Path.Combine(data, name), MaxCheckTimeAtStart, PagesAtStart) is [var first, ..])
            {
                throw new InvalidDataException($"{name} is damaged ({first.ReplaceLineEndings(" ")}). Restore the newest backup; nothing was changed.");
            }
        }

        CheckNoneMissing(data);
    }

    /// <summary>Checks that every store that was created in this directory exists.</summary>
    /// <exception cref="InvalidDataException">A store is missing; the message names it.</exception>
    internal static void CheckNoneMissing(string data)
    {
        foreach (var name in Missing(data))
        {
            throw new InvalidDataException(
                $"{name} is missing from {data}, but other files show that it existed. {(Folders.Contains(name) ? "Mount its disk, or restore" : "Restore")} the newest backup (docs/runbooks/backup-and-restore.md).");
        }
    }

    /// <summary>Records which stores exist. Called when all stores are open.</summary>
    internal static void Note(string data)
    {
        var names = CreatedStores(data).Union(Present(data)).Order(StringComparer.Ordinal).ToList();
        var path = Path.Combine(data, Marker);
        var beside = path + ".new";
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(names, StoreFilesJson.Default.ListString));
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>
    /// The stores that were created in this directory, according to the marker file. If there is no marker file, because an older version
    /// of the hub created the directory, the check looks for files that only a running hub creates.
    /// </summary>
    private static List<string> CreatedStores(string data)
    {
        var path = Path.Combine(data, Marker);
        if (File.Exists(path))
        {
            try
            {
                return JsonSerializer.Deserialize(File.ReadAllBytes(path), StoreFilesJson.Default.ListString) ?? [];
            }
            catch (JsonException damaged)
            {
                throw new InvalidDataException($"{Marker} is damaged. Restore it from the newest backup.", damaged);
            }
        }

        return HasRun(data) ? [LocalHub.StoreFile] : [];
    }

    private static bool HasRun(string data)
    {
        // The register of schools, a Local Offer and mail can be imported before the hub first starts, so only documents of cases count.
        var documents = Path.Combine(data, LocalHub.Documents);
        return Length(data, Fhir) > 0 || Length(data, Bus) > 0 || Length(data, LocalHub.StoreFile + "-wal") > 0
            || (Directory.Exists(documents) && Directory.EnumerateDirectories(documents, "*", SearchOption.AllDirectories)
                .Any(folder => AssessmentId.TryParse(Path.GetFileName(folder), out _, out _) && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any()));
    }

    private static long Length(string data, string name) => new FileInfo(Path.Combine(data, name)) is { Exists: true } file ? file.Length : 0;
}

[JsonSerializable(typeof(List<string>))]
internal sealed partial class StoreFilesJson : JsonSerializerContext;

/// <summary>Checks whether a SQLite file can be written to, and whether the first pages of its tables are sound: a write alone touches one
/// page only, and would succeed in a file whose other pages were overwritten.</summary>
internal sealed class FileProbe(string data, string name) : IWriteProbe
{
    // Probes run this check every few seconds, so it must take almost no time. The command "check" reads every page.
    private const int Pages = 256;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    public string Name => name;

    public ValueTask<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(data, name);
        return new(SqliteFile.WriteProblem(path)
            ?? (SqliteFile.QuickCheck(path, Longest, Pages) is [var first, ..] ? $"it is damaged or cannot be read ({first.ReplaceLineEndings(" ")})." : null));
    }
}

/// <summary>Checks whether a file can be written to the documents folder.</summary>
internal sealed class FolderProbe(string data, string name) : IWriteProbe
{
    public string Name => name;

    public async ValueTask<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(data, name, $".probe-{Environment.ProcessId}");
        try
        {
            await using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
            {
                await file.WriteAsync(new byte[4096], cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Delete(path);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The problem is reported under the folder's name, without the name of the test file.
            return $"files cannot be written ({refused.GetType().Name}).";
        }
    }
}
