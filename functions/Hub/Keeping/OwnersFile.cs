namespace IntegrationHub.Functions.Keeping;

/// <summary>A file that its owner alone can read: keys, and what the hub knows about a person.</summary>
public static class OwnersFile
{
    /// <summary>How such a file is opened for writing. On Windows the permissions of its folder apply.</summary>
    /// <param name="mode">Whether it may already exist.</param>
    public static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
