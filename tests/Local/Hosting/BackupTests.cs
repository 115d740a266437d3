using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Keeping;
using IntegrationHub.Orchestrations.Embedded;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>What a backup that is made while the hub works holds of what changes meanwhile.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string place = Directory.CreateTempSubdirectory("hub-backup-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(place, recursive: true);

    [Fact]
    public async Task A_feed_knows_of_no_event_that_the_stores_of_the_backup_do_not_have()
    {
        const string Feed = "documents/330/feed/000000000.jsonl";
        var (data, backup) = (Path.Combine(place, "data"), Path.Combine(place, "backup"));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(data, Feed))!);
        await File.WriteAllTextAsync(Path.Combine(data, Feed), "before", Stop);
        using var store = SqliteFile.Open(Path.Combine(data, LocalHub.StoreFile), SqliteOpenMode.ReadWriteCreate);
        Run(store, "PRAGMA journal_mode = WAL");
        Run(store, "CREATE TABLE one (number INTEGER)");
        Run(store, "PRAGMA wal_checkpoint(TRUNCATE)");

        // The backup cannot freeze the stores while a commit is being written. By then the feed has been copied, and the hub goes on writing to it.
        Run(store, "BEGIN IMMEDIATE");
        var made = Task.Run(() => Backup.Make(data, backup), Stop);
        var copy = new FileInfo(Path.Combine(backup, Feed));
        for (var look = 0; look < 500 && !(copy.Exists && copy.Length == 6); look++)
        {
            await Task.Delay(10, Stop);
            copy.Refresh();
        }

        await File.WriteAllTextAsync(Path.Combine(data, Feed), "before and after", Stop);
        Run(store, "COMMIT");
        var manifest = await made;

        Assert.Equal("before", await File.ReadAllTextAsync(copy.FullName, Stop));
        Assert.Equal([LocalHub.StoreFile, Feed], manifest.Files.Select(file => file.Name));
    }

    [Fact]
    public void A_version_of_a_plan_that_is_stored_meanwhile_is_not_in_the_manifest_without_its_documents()
    {
        var plan = Directory.CreateDirectory(Path.Combine(place, "documents", "330", "330-AAAA")).FullName;
        foreach (var name in new[] { "1.json", "manifest.json", "2.docx" })
        {
            File.WriteAllText(Path.Combine(plan, name), "");
        }

        var copied = new List<string>();
        foreach (var name in Backup.Rest(place))
        {
            // While the manifest is copied, a version is stored, and the manifest lists it.
            copied.Add(Path.GetFileName(name));
            File.WriteAllText(Path.Combine(plan, "3.json"), "");
        }

        Assert.Equal("manifest.json", copied[0]);
        Assert.Equal(["1.json", "2.docx", "3.json"], copied.Skip(1).Order(StringComparer.Ordinal));
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
