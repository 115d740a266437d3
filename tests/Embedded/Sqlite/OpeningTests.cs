using IntegrationHub.Embedded.Tests.Contract;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>What a store opens, what it brings up to date and what it refuses, and that it says why.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly DatabaseFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_second_store_on_the_same_file_is_refused_until_the_first_is_closed()
    {
        await using (SqliteAssessmentStore.Open(folder.Settings))
        {
            Assert.Equal(StoreFault.InUse, Refused(folder.Settings).Reason);
        }

        await using var again = SqliteAssessmentStore.Open(folder.Settings);
        Assert.Empty((await again.ListAsync(new SummaryQuery(), Cancelled)).Items);
    }

    /// <summary>The operator would look for a second hub, although none is running.</summary>
    [Theory]
    [InlineData(11, StoreFault.InUse)]
    [InlineData(28, StoreFault.CannotOpen)]
    [InlineData(30, StoreFault.CannotOpen)]
    public void A_full_or_read_only_disk_is_no_other_process(int error, StoreFault reason) => Assert.Equal(reason, StoreLock.Fault(new IOException("", error)).Reason);

    [Fact]
    public void A_folder_that_does_not_exist_is_named_as_the_reason() =>
        Assert.Equal(StoreFault.CannotOpen, Refused(new SqliteStoreOptions { Path = Path.Combine(folder.File, "nowhere", "hub.db") }).Reason);

    [Fact]
    public async Task A_database_of_a_newer_hub_is_refused_and_left_alone()
    {
        await FillAsync(3);
        Execute($"PRAGMA user_version = {Schema.Migrations.Count + 1}");
        var before = await File.ReadAllBytesAsync(folder.File, Cancelled);

        var refused = Refused(folder.Settings);

        Assert.Equal(StoreFault.NewerSchema, refused.Reason);
        Assert.Contains($"schema {Schema.Migrations.Count + 1}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.File, Cancelled));
    }

    [Fact]
    public void A_SQLite_file_of_another_program_is_refused()
    {
        Execute("CREATE TABLE bookmarks (url TEXT)");
        Assert.Equal(StoreFault.Corrupt, Refused(folder.Settings).Reason);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(folder.File, new string('?', 10_000), Cancelled);
        Assert.Equal(StoreFault.Corrupt, Refused(folder.Settings).Reason);
    }

    [Fact]
    public async Task A_database_of_the_first_schema_is_brought_up_to_date_with_all_it_holds()
    {
        Execute($"{Schema.Migrations[0]}; PRAGMA application_id = {Schema.ApplicationId}; PRAGMA user_version = 1");
        Execute(
            $"""
            INSERT INTO assessment VALUES (1, '{Turns.Id(1)}', 0, 42, 0, 1);
            INSERT INTO summary VALUES (1, '{Turns.Id(1)}', 0, 1, 739000, 'officer', 'medical advice', NULL, NULL, 739140, 1, 'ods:RX1')
            """);

        await using var store = SqliteAssessmentStore.Open(folder.Settings);

        Assert.Single((await store.ListAsync(new SummaryQuery { NeedsAttention = true, CaseOfficer = "officer" }, Cancelled)).Items);
        Assert.Equal(42, (await store.NextDueAsync(Cancelled))!.Value.UtcTicks);
    }

    [Fact]
    public async Task An_issued_plan_of_an_older_file_in_which_several_were_asked_is_looked_at_and_listed_until_then()
    {
        Execute($"{Schema.Migrations[0]}; PRAGMA application_id = {Schema.ApplicationId}; PRAGMA user_version = 1");
        foreach (var (n, stage, agencies) in new[] { (1, 5, "ods:RX1 urn:100001"), (2, 5, "ods:RX1"), (3, 8, "ods:RX1 urn:100001"), (4, 1, "ods:RX1 urn:100001") })
        {
            Execute(
                $"""
                INSERT INTO assessment VALUES ({n}, '{Turns.Id(n)}', 0, NULL, 0, 1);
                INSERT INTO summary VALUES ({n}, '{Turns.Id(n)}', {stage}, {(stage < 5 ? 1 : 0)}, 739000, 'officer', '', NULL, NULL, 739140, 0, '{agencies}')
                """);
        }

        await using var store = SqliteAssessmentStore.Open(folder.Settings);

        Assert.Equal([Turns.Id(1)], await store.DueAsync(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), 10, Cancelled));
        Assert.Equal(4, (await store.ListAsync(new SummaryQuery { AnswerableSince = new DateOnly(2026, 3, 2) }, Cancelled)).Items.Count);
    }

    [Fact]
    public async Task Each_migration_is_taken_whole_or_not_at_all()
    {
        await FillAsync(1);
        using var connection = Connection.Open(folder.File, writes: true);

        Assert.Throws<StoreUnavailableException>(() => Schema.Upgrade(connection, [.. Schema.Migrations, "CREATE TABLE good (a)", "CREATE TABLE half (a); CREATE TABLE half (a)"]));
        Assert.Equal(("1", "0"), (Tables("good"), Tables("half")));
        Assert.Equal($"{Schema.Migrations.Count + 1}", connection.Scalar("PRAGMA user_version"));

        Schema.Upgrade(connection, [.. Schema.Migrations, "CREATE TABLE good (a)", "CREATE TABLE half (a)"]);
        Assert.Equal("1", Tables("half"));

        string? Tables(string name) => connection.Scalar($"SELECT count(*) FROM sqlite_schema WHERE name = '{name}'");
    }

    [Fact]
    public async Task A_damaged_page_is_found_by_the_check_at_the_start()
    {
        await FillAsync(500);
        await DamageAsync();
        Assert.Equal(StoreFault.Corrupt, Refused(folder.Settings with { CheckAtStart = true }).Reason);
    }

    [Fact]
    public async Task Without_the_check_a_damaged_page_is_found_when_it_is_read()
    {
        await FillAsync(500);
        await DamageAsync();
        var reasons = new HashSet<StoreFault>();
        try
        {
            await using var store = SqliteAssessmentStore.Open(folder.Settings);
            for (var n = 0; n < 500; n++)
            {
                try
                {
                    await store.LoadAsync(Turns.Id(n), Cancelled);
                }
                catch (StoreUnavailableException damaged)
                {
                    reasons.Add(damaged.Reason);
                }
            }
        }
        catch (StoreUnavailableException damaged)
        {
            reasons.Add(damaged.Reason);
        }

        Assert.Equal([StoreFault.Corrupt], reasons);
    }

    [Fact]
    public async Task A_check_of_a_sound_file_lets_it_open()
    {
        await FillAsync(100);
        await using var store = SqliteAssessmentStore.Open(folder.Settings with { CheckAtStart = true });
        Assert.Equal(1, (await store.LoadAsync(Turns.Id(99), Cancelled)).State.Version);
    }

    private StoreUnavailableException Refused(SqliteStoreOptions options) => Assert.Throws<StoreUnavailableException>(() => SqliteAssessmentStore.Open(options));

    private void Execute(string sql)
    {
        using var connection = Connection.Open(folder.File, writes: true);
        connection.Execute(sql);
    }

    private async Task FillAsync(int assessments)
    {
        await using var store = SqliteAssessmentStore.Open(folder.Settings);
        for (var n = 0; n < assessments; n++)
        {
            await store.CommitAsync(Turns.Of(await store.LoadAsync(Turns.Id(n), Cancelled), effects: 1, more: Turns.Delivery(Turns.Id(n), "m1")), Cancelled);
        }
    }

    /// <summary>Every page but the first, so that something is hit whatever the layout.</summary>
    private async Task DamageAsync()
    {
        await using var file = File.Open(folder.File, FileMode.Open, FileAccess.Write);
        var garbage = Enumerable.Repeat((byte)0xA5, 64).ToArray();
        for (var at = 4096L; at < file.Length; at += 4096)
        {
            file.Position = at;
            await file.WriteAsync(garbage, Cancelled);
        }
    }
}
