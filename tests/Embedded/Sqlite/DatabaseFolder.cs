using IntegrationHub.Orchestrations.Embedded;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>A folder of its own for one test.</summary>
public sealed class DatabaseFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-store-");

    public string File => Path.Combine(folder.FullName, "hub.db");

    public SqliteStoreOptions Settings => new() { Path = File };

    /// <summary>What a killed process leaves behind: the files as they are at this instant, log included, never closed.</summary>
    public DatabaseFolder AsAfterAKill()
    {
        var copy = new DatabaseFolder();
        foreach (var file in folder.GetFiles("hub.db*").Where(f => !f.Name.EndsWith("-shm", StringComparison.Ordinal) && !f.Name.EndsWith(".lock", StringComparison.Ordinal)))
        {
            file.CopyTo(Path.Combine(copy.folder.FullName, file.Name));
        }

        return copy;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
