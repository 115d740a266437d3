using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Temporary files that exist while a document is written. A hub that is killed during the write leaves one behind; nothing reads it, and
/// the next start removes it. A file that is still being written is locked by its writer, and stays.
/// </summary>
public static partial class PartialFiles
{
    private const string Suffix = ".part";

    /// <summary>A new temporary name beside <paramref name="path"/>.</summary>
    internal static string Beside(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}{Suffix}");

    /// <summary>Removes files that earlier writers left under <paramref name="root"/>.</summary>
    /// <param name="root">The folder of the documents.</param>
    /// <param name="madeBefore">Files written since then (UTC) stay; where null, since this process started.</param>
    /// <returns>How many files were removed.</returns>
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

    // Partial files were left before this process started; a current writer may be between creating its file and locking it.
    private static DateTime Began()
    {
        using var self = Process.GetCurrentProcess();
        return self.StartTime.ToUniversalTime();
    }

    private static bool IsLeft(string file)
    {
        try
        {
            // Its writer holds a shared lock from the first byte until it has its name, so nobody gets an exclusive lock meanwhile. It
            // stays locked while it is removed, or a writer could take it in between.
            using var alone = new FileStream(file, FileMode.Open, FileAccess.Read, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None);
            File.Delete(file);
            return true;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Names of this hub, of earlier hubs, and of the readiness probe.
    [GeneratedRegex(@"^\.([a-z0-9]{8}\.[a-z0-9]{3}(\.part)?|probe-[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
