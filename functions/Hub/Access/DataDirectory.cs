using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// The directory in which a hub on one machine stores everything: children's records and the keys. Only the owner can read the directory
/// and its files, regardless of the umask and the earlier permissions.
/// </summary>
public static class DataDirectory
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const uint OwnerOnly = 0b000_111_111;

    // The files and folders that a hub creates in a data directory. A folder that contains any of these files belongs to a hub, and can be
    // closed to other users.
    private static readonly string[] OwnNames =
        ["assessments.db", "fhir.db", "stores.json", "documents", "bus", "notices", "demo", "cookie-keys", "councils.json", "agencies.json",
        "notice-directory.json", TokenIssuer.KeyFile, "bus-keys.json", "moves-key.pem", "family-link-key", "operators.jsonl", "access-log.db",
        "personal-data.jsonl", "retention.json"];

    /// <summary>
    /// Creates the directory if it is missing. If an existing directory is empty or belongs to a hub, only its owner can open the directory
    /// and its files from then on. A folder with other files that other users can read is refused, because the hub must not change their
    /// permissions.
    /// </summary>
    /// <returns>The full path of the directory.</returns>
    /// <exception cref="IOException">The directory cannot be created or closed to others, or is not a folder for a hub's data. The
    /// exception's message names the directory.</exception>
    public static string Open(string path)
    {
        var full = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(full).FullName;
        }

        // From here on only the owner can read the files of this process, because SQLite and other
        // libraries take a file's mode from the umask.
        _ = UMask(OwnerOnly);
        try
        {
            if (!Directory.Exists(full))
            {
                return Directory.CreateDirectory(full, Owner).FullName;
            }

            Close(full);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException($"The data directory {full} cannot be created or closed to other users: it must belong to the user that runs the hub.", refused);
        }
        catch (IOException wrong) when (!Directory.Exists(full))
        {
            throw new IOException(File.Exists(full) ? $"The data directory {full} is a file." : $"The data directory {full} cannot be created.", wrong);
        }

        return full;
    }

    [UnsupportedOSPlatform("windows")]
    private static void Close(string directory)
    {
        var inside = Directory.EnumerateFileSystemEntries(directory).Select(entry => Path.GetFileName(entry)!).ToList();
        var own = inside.Intersect(OwnNames, StringComparer.Ordinal).ToList();
        var mode = File.GetUnixFileMode(directory);
        if (inside.Count > 0 && own.Count == 0)
        {
            if ((mode & ~Owner) != 0)
            {
                throw new IOException(
                    $"The folder {directory} contains other files, and other users can read it, so no children's data is stored there. Name an empty or new folder with --data.");
            }

            return;
        }

        if (mode != Owner)
        {
            File.SetUnixFileMode(directory, Owner);
        }

        foreach (var file in Directory.EnumerateFiles(directory))
        {
            RestrictFile(file);
        }

        foreach (var folder in own.Select(name => Path.Combine(directory, name)).Where(Directory.Exists))
        {
            CloseFolder(folder);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void CloseFolder(string folder)
    {
        if (File.ResolveLinkTarget(folder, returnFinalTarget: false) is not null)
        {
            return;
        }

        if (File.GetUnixFileMode(folder) != Owner)
        {
            File.SetUnixFileMode(folder, Owner);
        }

        foreach (var file in Directory.EnumerateFiles(folder))
        {
            RestrictFile(file);
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            CloseFolder(inner);
        }
    }

    /// <summary>
    /// Removes every permission of other users. A file that is read-only for its owner (a stored document) stays read-only.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private static void RestrictFile(string file)
    {
        if (File.ResolveLinkTarget(file, returnFinalTarget: false) is null && File.GetUnixFileMode(file) is var mode
            && (mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            File.SetUnixFileMode(file, mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint UMask(uint mask);
}
