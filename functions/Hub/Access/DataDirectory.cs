namespace IntegrationHub.Functions.Access;

/// <summary>The directory in which one machine keeps everything: children's records and the key of its tokens.</summary>
public static class DataDirectory
{
    /// <summary>Makes the directory when it is missing, for its owner alone; one that exists keeps the mode its owner gave it.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string Open(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path).FullName
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}
