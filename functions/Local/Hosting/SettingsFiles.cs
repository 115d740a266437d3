using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Functions.PersonalData.Retention;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Local.Hosting;

/// <summary>
/// Checks the files in the data directory in which people write settings. If a file is missing, the hub uses a default, so with a misspelt
/// data directory the hub would serve invented councils to real officers.
/// </summary>
internal static class SettingsFiles
{
    private static readonly string[] Names = [CouncilsFile.Name, AgenciesFile.Name, NoticesSetup.DirectoryFile, RetentionRules.Name];

    /// <summary>Checks the files before anything is created.</summary>
    /// <param name="data">The data directory, which need not exist yet.</param>
    /// <param name="needsCouncils">Whether the hub is for real cases, so that the councils must be given.</param>
    /// <exception cref="RefusedStartException">A file is a folder, or the councils are not given.</exception>
    internal static void Check(string data, bool needsCouncils)
    {
        // If the file that a container engine should mount does not exist, the engine creates a folder in its place.
        if (Names.FirstOrDefault(name => Directory.Exists(Path.Combine(data, name))) is { } folder)
        {
            throw new RefusedStartException($"{folder} in {data} is a folder, not a file. Remove the folder, and put the file there if you need it.", null);
        }

        if (needsCouncils && !File.Exists(Path.Combine(data, CouncilsFile.Name)))
        {
            throw new RefusedStartException(
                $"There is no {CouncilsFile.Name} in {data}, so the hub would serve invented councils. Put the file there, or use --development to try the hub on this machine only.", null);
        }
    }
}
