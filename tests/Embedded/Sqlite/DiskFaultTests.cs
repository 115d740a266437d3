using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Embedded.Tests.Contract;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>When the disk refuses: the reason is given, nothing acknowledged is lost, nothing refused has happened.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private readonly DatabaseFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_and_loses_no_acknowledged_turn()
    {
        var acknowledged = new List<AssessmentId>();
        var refused = new List<AssessmentId>();
        await using (var store = SqliteAssessmentStore.Open(folder.Settings with { MaxPages = 60 }))
        {
            for (var round = 0; refused.Count == 0; round++)
            {
                var ids = Enumerable.Range(round * 20, 20).Select(n => Turns.Id(n)).ToList();
                var results = await Task.WhenAll(ids.Select(id => TryAsync(store, id)));
                acknowledged.AddRange(ids.Where((_, n) => results[n] is null));
                refused.AddRange(ids.Where((_, n) => results[n] is not null));
                Assert.All(results, r => Assert.True(r is null or StoreFault.DiskFull, $"{r}"));
            }

            // It goes on reading, and what it shows is what it acknowledged.
            Assert.Equal(0, (await store.LoadAsync(refused[0], Cancelled)).State.Version);
            Assert.All(acknowledged, id => Assert.Equal(1, store.LoadAsync(id, Cancelled).AsTask().GetAwaiter().GetResult().State.Version));
        }

        Assert.NotEmpty(acknowledged);
        await using var again = SqliteAssessmentStore.Open(folder.Settings);
        foreach (var id in acknowledged)
        {
            Assert.Equal(1, (await again.LoadAsync(id, Cancelled)).State.Version);
            Assert.Single(await again.EffectsAsync(id, Cancelled));
        }

        foreach (var id in refused)
        {
            Assert.Equal(0, (await again.LoadAsync(id, Cancelled)).State.Version);
            Assert.Null(await TryAsync(again, id));
        }
    }

    [Fact]
    public async Task A_database_that_may_not_be_written_says_so_and_still_reads()
    {
        await using (var store = SqliteAssessmentStore.Open(folder.Settings))
        {
            Assert.Null(await TryAsync(store, Turns.Id(1)));
        }

        // A write version above those known makes SQLite treat a file as read-only, for every user (sqlite.org/fileformat2.html, 1.3.3).
        await using (var file = File.Open(folder.File, FileMode.Open, FileAccess.Write))
        {
            file.Position = 18;
            file.WriteByte(3);
        }

        await using var readOnly = SqliteAssessmentStore.Open(folder.Settings);
        Assert.Equal(1, (await readOnly.LoadAsync(Turns.Id(1), Cancelled)).State.Version);
        Assert.Equal(StoreFault.ReadOnly, await TryAsync(readOnly, Turns.Id(2)));
        Assert.Equal(0, (await readOnly.LoadAsync(Turns.Id(2), Cancelled)).State.Version);
    }

    [Fact]
    public async Task A_closed_store_refuses()
    {
        var store = SqliteAssessmentStore.Open(folder.Settings);
        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.Equal(StoreFault.Closed, await TryAsync(store, Turns.Id(1)));
    }

    [Fact]
    public async Task Damaged_contents_are_refused_without_being_quoted()
    {
        await using (var store = SqliteAssessmentStore.Open(folder.Settings))
        {
            Assert.Null(await TryAsync(store, Turns.Id(1)));
        }

        using (var connection = Connection.Open(folder.File, writes: true))
        {
            connection.Execute("UPDATE turn SET events = CAST(replace(CAST(events AS TEXT), '\"by\"', '\"Robin Example\"') AS BLOB)");
        }

        await using var damaged = SqliteAssessmentStore.Open(folder.Settings);
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await damaged.LoadAsync(Turns.Id(1), Cancelled));
        Assert.Equal(StoreFault.Corrupt, refused.Reason);
        Assert.DoesNotContain("Robin", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_acknowledged_is_in_the_files_that_a_kill_leaves()
    {
        await using var store = SqliteAssessmentStore.Open(folder.Settings);
        for (var n = 0; n < 50; n++)
        {
            Assert.Null(await TryAsync(store, Turns.Id(n)));
            await store.PutAsync(Turns.Delivery(Turns.Id(n), "waiting"), Cancelled);
        }

        using var left = folder.AsAfterAKill();
        await using var again = SqliteAssessmentStore.Open(left.Settings with { CheckAtStart = true });
        Assert.Equal(50, (await again.DueAsync(Turns.Monday, 100, Cancelled)).Count);
        Assert.Equal(50, (await again.DueEffectsAsync(Turns.Monday, 100, Cancelled)).Count);
        Assert.Equal("waiting", Assert.Single((await again.LoadAsync(Turns.Id(49), Cancelled)).Inbox).MessageId);
    }

    [Fact]
    public async Task A_snapshot_of_another_build_is_passed_over()
    {
        var state = AssessmentState.None(Turns.Id(1));
        await using (var store = SqliteAssessmentStore.Open(folder.Settings))
        {
            for (var n = 0; n < 130; n++)
            {
                var turn = Turns.Of(state, [$"officer {n}"]);
                await store.CommitAsync(turn, Cancelled);
                state = turn.State;
            }
        }

        using (var connection = Connection.Open(folder.File, writes: true))
        {
            Assert.Equal("1", connection.Scalar("SELECT count(*) FROM snapshot"));
            connection.Execute("UPDATE snapshot SET written_by = 'another', state = x'7b7d'");
        }

        await using var again = SqliteAssessmentStore.Open(folder.Settings);
        var loaded = (await again.LoadAsync(Turns.Id(1), Cancelled)).State;
        Assert.Equal((130L, "officer 129"), (loaded.Version, loaded.CaseOfficer));
    }

    [Fact]
    public async Task A_delivery_that_is_gone_from_the_file_is_damage()
    {
        await using var store = SqliteAssessmentStore.Open(folder.Settings with { MaxHeld = 1, MaxPackedBytes = 0 });
        await store.PutAsync(Turns.Delivery(Turns.Id(1), "m1"), Cancelled);
        // The other one takes the only place in memory.
        await store.LoadAsync(Turns.Id(2), Cancelled);
        using (var connection = Connection.Open(folder.File, writes: true))
        {
            connection.Execute("DELETE FROM inbox");
        }

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadAsync(Turns.Id(1), Cancelled).AsTask());
        Assert.Equal(StoreFault.Corrupt, refused.Reason);
        Assert.Equal(StoreFault.Corrupt, (await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PutAsync(Turns.Delivery(Turns.Id(1), "m2"), Cancelled).AsTask())).Reason);
    }

    [Fact]
    public async Task Whoever_reads_from_the_file_while_deliveries_are_taken_is_never_refused()
    {
        const int Deliveries = 500;
        await using var store = SqliteAssessmentStore.Open(folder.Settings with { MaxHeld = 1, MaxPackedBytes = 0 });
        var (taken, read) = (false, 0);
        var reading = Task.Run(
            async () =>
            {
                for (; !Volatile.Read(ref taken); read++)
                {
                    // Each pushes the other out of memory.
                    Assert.InRange((await store.LoadAsync(Turns.Id(1), Cancelled)).Inbox.Count, 0, 1);
                    await store.LoadAsync(Turns.Id(2), Cancelled);
                }
            },
            Cancelled);
        for (var n = 0; n < Deliveries; n++)
        {
            await store.PutAsync(Turns.Delivery(Turns.Id(1), $"m{n}"), Cancelled);
            Assert.Equal(CommitResult.Committed, await store.CommitAsync(Turns.Of(await store.LoadAsync(Turns.Id(1), Cancelled)), Cancelled));
        }

        Volatile.Write(ref taken, true);
        await reading;
        Assert.True(read > 0);
        var loaded = await store.LoadAsync(Turns.Id(1), Cancelled);
        Assert.Equal((Deliveries, 0), ((int)loaded.State.Version, loaded.Inbox.Count));
    }

    [Fact]
    public async Task Many_commits_share_a_flush_and_memory_stays_bounded()
    {
        await using var store = SqliteAssessmentStore.Open(folder.Settings with { MaxHeld = 100 });
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 2000).Select(n => TryAsync(store, Turns.Id(n)))), Assert.Null);

        Assert.Equal(2000, store.Written.Requests);
        Assert.True(store.Written.Flushes < 1000, $"{store.Written.Flushes} flushes");
        Assert.True(store.Held.Count <= 100, $"{store.Held.Count} held");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public async Task Reading_in_passing_answers_the_same_and_pushes_nobody_out(long mostPacked)
    {
        await using var store = SqliteAssessmentStore.Open(folder.Settings with { MaxHeld = 10, MaxPackedBytes = mostPacked });
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(n => TryAsync(store, Turns.Id(n)))), Assert.Null);
        var before = (store.Held, store.Packed);
        Assert.Equal((10, mostPacked > 0 ? 40 : 0), (before.Held.Count, before.Packed.Count));

        var passing = new List<AssessmentState>();
        foreach (var n in Enumerable.Range(0, 50))
        {
            passing.Add(await store.ReadAsync(Turns.Id(n), Cancelled));
        }

        Assert.Equal(before, (store.Held, store.Packed));
        foreach (var state in passing)
        {
            var loaded = (await store.LoadAsync(state.Id, Cancelled)).State;
            Assert.Equal(JsonSerializer.Serialize(loaded, AssessmentJson.Default.AssessmentState), JsonSerializer.Serialize(state, AssessmentJson.Default.AssessmentState));
        }
    }

    private static async Task<StoreFault?> TryAsync(SqliteAssessmentStore store, AssessmentId id)
    {
        try
        {
            Assert.Equal(CommitResult.Committed, await store.CommitAsync(Turns.Of(AssessmentState.None(id), ["officer"], effects: 1), Cancelled));
            return null;
        }
        catch (StoreUnavailableException refused)
        {
            return refused.Reason;
        }
    }
}
