namespace IntegrationHub.Functions.SuppliedFiles;

/// <summary>Lists the files of a kind in a folder that people or other systems have filled.</summary>
public static class SuppliedFolder
{
    /// <summary>The files whose names end in <paramref name="ending"/>, in upper or lower case, sorted by name. On Linux, a plain search
    /// for <c>*.csv</c> would leave out <c>PERSON.CSV</c> without saying so.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ending">The end of the names, for example <c>.csv</c>.</param>
    /// <param name="withFolders">Whether the folders in the folder are searched too.</param>
    public static IReadOnlyList<string> Files(string folder, string ending, bool withFolders = false) =>
        [.. Directory.EnumerateFiles(folder, "*", withFolders ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Where(path => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
}
