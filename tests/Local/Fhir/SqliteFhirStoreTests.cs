using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Local.Fhir;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Tests.Fhir;

public sealed class SqliteFhirStoreTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fhir-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(folder.FullName, "fhir.db");

    [Fact]
    public async Task What_was_committed_is_there_after_the_file_is_opened_again()
    {
        var stored = new StoredResource { Type = "Task", Id = "a", Version = 1, LastUpdated = DateTimeOffset.UnixEpoch, Json = "{}"u8.ToArray(), Readers = ["ods:RX1"], WrittenBy = "hub" };
        await using (var store = new SqliteFhirStore(File))
        {
            await store.Commit(new Commit([new ResourceWrite(stored, 0, [new IndexEntry("status", "requested", "")]) { IsNews = true }]) { OnceKey = "k" }, Cancel);
            await store.NotePlace("subscription/1", 9, Cancel);
        }

        await using var again = new SqliteFhirStore(File);

        var found = await again.Search(new ResourceQuery { Type = "Task", Reader = "ods:RX1", All = [new Criterion("status", [new Alternative(Match.Same, "requested")])] }, Cancel);
        Assert.Equal("{}"u8.ToArray(), Assert.Single(found.Items).Json.ToArray());
        Assert.Equal(CommitEnd.Repeated, await again.Commit(new Commit([]) { OnceKey = "k" }, Cancel));
        Assert.Equal([new PendingNews("Task", "a", 1)], await again.Undelivered(10, Cancel));
        Assert.Equal(9, await again.Place("subscription/1", Cancel));
    }

    [Fact]
    public async Task The_file_is_in_wal_mode()
    {
        await using var store = new SqliteFhirStore(File);
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";

        Assert.Equal("wal", command.ExecuteScalar());
    }

    [Fact]
    public async Task A_file_of_another_version_is_refused()
    {
        await using (new SqliteFhirStore(File))
        {
        }

        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        Assert.Throws<InvalidOperationException>(() => new SqliteFhirStore(File));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
