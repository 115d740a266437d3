using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Local.Hosting;

/// <summary>
/// Opens the cases of a stopped hub for a command. Opening a file that does not exist creates the file, and with an empty store in place of
/// a lost store the hub would start as if it had never had a case.
/// </summary>
internal static class StoppedHub
{
    /// <summary>Opens the store of a directory in which a hub has run.</summary>
    /// <param name="data">The data directory.</param>
    /// <exception cref="FileNotFoundException">The directory has no store.</exception>
    /// <exception cref="InvalidDataException">A store of the directory is missing.</exception>
    /// <exception cref="StoreUnavailableException">The store is in use or cannot be opened.</exception>
    internal static SqliteAssessmentStore Open(string data)
    {
        StoreFiles.CheckNoneMissing(data);
        return StoreFiles.Present(data).Contains(LocalHub.StoreFile)
            ? Opened(data)
            : throw new FileNotFoundException($"There is no {LocalHub.StoreFile} in {data}.");
    }

    /// <summary>Opens the store, and creates it if no hub has run in the directory yet.</summary>
    /// <param name="data">The data directory.</param>
    /// <exception cref="InvalidDataException">A store of the directory is missing.</exception>
    /// <exception cref="StoreUnavailableException">The store is in use or cannot be opened.</exception>
    internal static SqliteAssessmentStore OpenOrCreate(string data)
    {
        // If there is no list of stores, the documents may have been copied from another machine before the cases.
        if (File.Exists(Path.Combine(data, StoreFiles.Marker)))
        {
            StoreFiles.CheckNoneMissing(data);
        }
        else
        {
            // Cases without the folder of their documents would look as if its disk were not mounted.
            Directory.CreateDirectory(Path.Combine(DataDirectory.Open(data), LocalHub.Documents));
        }

        return Opened(data);
    }

    private static SqliteAssessmentStore Opened(string data) =>
        SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(DataDirectory.Open(data), LocalHub.StoreFile) });
}
