namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// Prevents a second process from opening the database file. Due work is held in memory, so if two processes used one file, each would miss
/// the other's changes. The operating system releases the lock when the process ends, even after a crash.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream file;

    private StoreLock(FileStream file) => this.file = file;

    internal static StoreLock Take(string databasePath)
    {
        try
        {
            return new StoreLock(new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new StoreUnavailableException(StoreFault.CannotOpen, "The folder of the hub's database does not exist.", missing);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new StoreUnavailableException(StoreFault.CannotOpen, "The hub must have permission to write in the folder of its database.", refused);
        }
        catch (IOException held)
        {
            throw new StoreUnavailableException(
                StoreFault.InUse,
                "Another process has the hub's database open. Only one hub can use a database. Stop the other hub, or give this hub its own file.",
                held);
        }
    }

    public void Dispose() => file.Dispose();
}
