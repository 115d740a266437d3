using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Files that stand beside a document while it is written. A hub that is killed meanwhile leaves one behind, which nothing would ever read or
/// remove; the next start removes it. A file that somebody writes now is locked by its writer, and stays.
/// </summary>
public static partial class HalfWritten
{
    private const string Suffix = ".part";

    /// <summary>A new name beside <paramref name="path"/>.</summary>
    internal static string Beside(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}{Suffix}");

    /// <summary>Removes what earlier writers left under <paramref name="root"/>.</summary>
    /// <param name="root">The folder of the documents.</param>
    /// <param name="madeBefore">What was written to since then (UTC) stays; where null, since this process began.</param>
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

    // Whoever left a half behind did so before this process: a writer of now can be met between making its file and locking it.
    private static DateTime Began()
    {
        using var self = Process.GetCurrentProcess();
        return self.StartTime.ToUniversalTime();
    }

    private static bool IsLeft(string file)
    {
        try
        {
            // Its writer holds it, shared, from its first byte until it has its name; nobody gets it alone meanwhile. It is held while it
            // is removed too, or a writer could take it in between.
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
