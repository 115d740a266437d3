namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// Keeps a second process away: what is due is held in memory, so two processes on one file would each miss the other's changes. The
/// operating system drops the lock when the process ends, however it ends.
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
            throw new StoreUnavailableException(StoreFault.CannotOpen, "The folder of the hub's database may not be written.", refused);
        }
        catch (IOException held)
        {
            throw new StoreUnavailableException(
                StoreFault.InUse,
                "Another process has the hub's database open. Only one hub can use a database; stop the other one, or give this one its own file.",
                held);
        }
    }

    public void Dispose() => file.Dispose();
}
