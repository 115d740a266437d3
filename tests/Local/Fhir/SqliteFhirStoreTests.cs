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
            await store.CommitAsync(new Commit([new ResourceWrite(stored, 0, [new IndexEntry("status", "requested", "")]) { IsNews = true }]) { OnceKey = "k" }, Cancel);
            await store.StorePositionAsync("subscription/1", 9, Cancel);
        }

        await using var again = new SqliteFhirStore(File);

        var found = await again.SearchAsync(new ResourceQuery { Type = "Task", Reader = "ods:RX1", All = [new Criterion("status", [new Alternative(Match.Same, "requested")])] }, Cancel);
        Assert.Equal("{}"u8.ToArray(), Assert.Single(found.Items).Json.ToArray());
        Assert.Equal(CommitOutcome.Repeated, await again.CommitAsync(new Commit([]) { OnceKey = "k" }, Cancel));
        Assert.Equal([new UnreportedVersion("Task", "a", 1)], await again.UndeliveredAsync(10, Cancel));
        Assert.Equal(9, await again.PositionAsync("subscription/1", Cancel));
    }

    [Fact]
    public async Task A_file_from_before_amounts_were_noted_is_counted_when_it_is_opened()
    {
        var stored = new StoredResource { Type = "Task", Id = "a", Version = 1, LastUpdated = DateTimeOffset.UnixEpoch, Json = "{}"u8.ToArray(), Readers = ["ods:RX1"], WrittenBy = "ods:RX1" };
        await using (var store = new SqliteFhirStore(File))
        {
            await store.CommitAsync(new Commit([new ResourceWrite(stored, 0, [])]) { Received = new ReceivedBytes("x/y", new byte[10], "ods:RX1", DateTimeOffset.UnixEpoch) }, Cancel);
        }

        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE stored; PRAGMA user_version = 2";
            command.ExecuteNonQuery();
        }

        for (var opened = 0; opened < 2; opened++)
        {
            await using var again = new SqliteFhirStore(File);
            Assert.Equal(new StorageUsed(1, 12), await again.StoredByAsync("ods:RX1", Cancel));
        }
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

        Assert.Throws<InvalidDataException>(() => new SqliteFhirStore(File));
    }

    [Theory]
    [InlineData("json = '{ }'")]
    [InlineData("type = 'Tesk'")]
    [InlineData("id = 'b'")]
    [InlineData("version = 2")]
    [InlineData("at = at + 1")]
    [InlineData("deleted = 1")]
    [InlineData("written_by = 'ods:RX2'")]
    [InlineData("sum = sum + 1")]
    public async Task A_row_that_is_not_what_was_written_is_given_out_to_nobody(string damage)
    {
        var stored = new StoredResource { Type = "Task", Id = "a", Version = 1, LastUpdated = DateTimeOffset.UnixEpoch, Json = "{}"u8.ToArray(), Readers = ["ods:RX1"], WrittenBy = "ods:RX1" };
        await using var store = new SqliteFhirStore(File);
        await store.CommitAsync(new Commit([new ResourceWrite(stored, 0, [])]), Cancel);
        await store.ShareAsync(["Task/a"], ["ods:RX2"], Cancel);
        await store.CommitAsync(new Commit([new ResourceWrite(stored with { Id = "good" }, 0, [])]), Cancel);
        Assert.Empty(Problems());
        Run($"UPDATE versions SET {damage} WHERE id = 'a'");

        Assert.Contains("is damaged", Assert.Single(Problems()), StringComparison.Ordinal);
        Assert.NotNull(await store.ReadAsync("Task", "good", Cancel));
        var query = new ResourceQuery { Type = "Task", Reader = "ods:RX1" };
        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await store.SearchAsync(query, Cancel));
        Assert.Contains("fhir.db", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_from_before_there_were_sums_gets_them()
    {
        var stored = new StoredResource { Type = "Task", Id = "a", Version = 1, LastUpdated = DateTimeOffset.UnixEpoch, Json = "{}"u8.ToArray(), Readers = ["ods:RX1"], WrittenBy = "ods:RX1" };
        await using (var store = new SqliteFhirStore(File))
        {
            await store.CommitAsync(new Commit([new ResourceWrite(stored, 0, [])]), Cancel);
        }

        Run("ALTER TABLE versions DROP COLUMN sum");
        Run("PRAGMA user_version = 1");
        Assert.Empty(Problems());
        for (var opened = 0; opened < 2; opened++)
        {
            await using var again = new SqliteFhirStore(File);
            Assert.Equal("{}"u8.ToArray(), (await again.ReadAsync("Task", "a", Cancel))!.Json.ToArray());
            Assert.Empty(Problems());
        }

        Run("UPDATE versions SET json = '{ }'");
        Assert.Equal(["Task/a version 1 is damaged."], Problems());
    }

    private List<string> Problems()
    {
        var problems = new List<string>();
        FhirFileCheck.Run(File, problems.Add);
        return problems;
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose() => folder.Delete(recursive: true);
}
