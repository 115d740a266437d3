using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Temporary files that exist while a document is written. A hub that is killed during a write leaves a temporary file behind. Nothing
/// reads such a file, and the hub removes it the next time it starts. A file that is still being written is locked by its writer and is not
/// removed.
/// </summary>
public static partial class PartialFiles
{
    private const string Suffix = ".part";

    /// <summary>A new name for a temporary file in the same folder as <paramref name="path"/>.</summary>
    internal static string Beside(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}{Suffix}");

    /// <summary>Removes temporary files that earlier writers left under <paramref name="root"/>.</summary>
    /// <param name="root">The folder of the documents.</param>
    /// <param name="madeBefore">Only files written before this time (UTC) are removed; if null, files written before this process
    /// started.</param>
    /// <returns>The number of files that were removed.</returns>
    public static int Remove(string root, DateTime? madeBefore = null)
    {
        var before = madeBefore ?? Began();
        var removed = 0;
        foreach (var file in Directory.EnumerateFiles(root, ".*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            removed += Name().IsMatch(Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) < before && IsLeft(file) ? 1 : 0;
        }

        return removed;
    }

    // Only files from before this process started are removed, because a writer in this process can have created its file and not yet
    // locked it.
    private static DateTime Began()
    {
        using var self = Process.GetCurrentProcess();
        return self.StartTime.ToUniversalTime();
    }

    private static bool IsLeft(string file)
    {
        try
        {
            // The writer holds a shared lock from the first byte until the file has its final name, so nobody else can get an exclusive
            // lock. The file stays locked while it is removed, because otherwise a writer could lock it in between.
            using var alone = new FileStream(file, FileMode.Open, FileAccess.Read, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None);
            File.Delete(file);
            return true;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Temporary file names used by this version of the hub, by earlier versions, and by the readiness probe.
    [GeneratedRegex(@"^\.([a-z0-9]{8}\.[a-z0-9]{3}(\.part)?|probe-[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
