namespace IntegrationHub.Local.Hosting;

/// <summary>How a file with children's data is made: never over another file, and readable only by its owner.</summary>
internal static class OwnersFile
{
    internal static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
