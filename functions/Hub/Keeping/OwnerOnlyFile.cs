namespace IntegrationHub.Functions.Keeping;

/// <summary>A file that only its owner can read, for keys and personal data.</summary>
public static class OwnerOnlyFile
{
    /// <summary>Options for opening a file for writing, so that only its owner can read the file. On Windows the file gets the permissions
    /// of its folder.</summary>
    /// <param name="mode">Whether the file may already exist.</param>
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
