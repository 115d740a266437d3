namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// Prevents a second process from opening the database file. Due work is held in memory, so if two processes used one file, each would miss
/// the other's changes. The operating system releases the lock when the process ends, even after a crash.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    // The error numbers of the operating system: ENOSPC and EROFS, and on Windows ERROR_WRITE_PROTECT and ERROR_DISK_FULL.
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int WindowsReadOnly = 0x13;
    private const int WindowsNoSpace = 0x70;

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
        catch (IOException refused)
        {
            throw Fault(refused);
        }
    }

    /// <summary>Why the lock file could not be opened. A full or read-only disk must not be reported as another process, because the
    /// operator would look for a hub that is not running.</summary>
    internal static StoreUnavailableException Fault(IOException refused) => (refused.HResult & 0xffff) is NoSpace or ReadOnly or WindowsReadOnly or WindowsNoSpace
        ? new(StoreFault.CannotOpen, "The folder of the hub's database cannot be written to, because its disk is full or read-only.", refused)
        : new(
            StoreFault.InUse,
            "Another process has the hub's database open. Only one hub can use a database. Stop the other hub, or give this hub its own file.",
            refused);

    public void Dispose() => file.Dispose();
}
