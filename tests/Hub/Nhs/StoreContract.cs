using Hl7.Fhir.Model;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>What every store of FHIR resources must do.</summary>
public sealed class StoreContract : IAsyncDisposable
{
    private readonly IFhirResourceStore store = StoreUnderTest.New();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_is_whole_or_nothing()
    {
        Assert.Equal(CommitOutcome.Done, await Commit(Write("a", 0)));

        var end = await store.CommitAsync(new Commit([Write("b", 0), Write("a", 0)]) { OnceKey = "k", Received = new ReceivedBytes("x/y", new byte[] { 1 }, "ods:RX1", Given.Now) }, Cancel);

        Assert.Equal(CommitOutcome.Stale, end);
        Assert.Null(await store.ReadAsync("Patient", "b", Cancel));
        Assert.Equal(CommitOutcome.Done, await store.CommitAsync(new Commit([Write("b", 0)]) { OnceKey = "k" }, Cancel));
    }

    [Fact]
    public async Task A_once_key_works_once()
    {
        Assert.Equal(CommitOutcome.Done, await store.CommitAsync(new Commit([]) { OnceKey = "k" }, Cancel));
        Assert.Equal(CommitOutcome.Repeated, await store.CommitAsync(new Commit([Write("a", 0)]) { OnceKey = "k" }, Cancel));
        Assert.Null(await store.ReadAsync("Patient", "a", Cancel));
    }

    [Fact]
    public async Task What_must_not_exist_is_looked_for_when_it_is_written()
    {
        var query = new ResourceQuery { Type = "Patient", Reader = "ods:RX1", All = [new Criterion("family", [new Alternative(Match.Same, "lieberman")])] };

        Assert.Equal(CommitOutcome.Done, await Commit(Write("a", 0) with { NoneExist = query }));
        Assert.Equal(CommitOutcome.Exists, await Commit(Write("b", 0) with { NoneExist = query }));
        Assert.Equal(CommitOutcome.Done, await Commit(Write("c", 0) with { NoneExist = query with { Reader = "ods:RX2" } }));
    }

    [Fact]
    public async Task Versions_stay_and_a_deletion_is_one()
    {
        await Commit(Write("a", 0));
        await Commit(Write("a", 1, "Other"));
        var gone = Write("a", 2) with { Index = [] };
        await Commit(gone with { Resource = gone.Resource with { Deleted = true, Json = default } });

        Assert.True((await store.ReadAsync("Patient", "a", Cancel))!.Deleted);
        Assert.Equal("Lieberman", (await store.ReadAsync("Patient", "a", 1, Cancel))!.Parse<Patient>().Name[0].Family);
        Assert.Equal([3L, 2L, 1L], (await store.HistoryAsync(new HistoryQuery { Type = "Patient", Id = "a" }, Cancel)).Items.Select(version => version.Version));
        Assert.Equal(0, (await store.SearchAsync(new ResourceQuery { Type = "Patient" }, Cancel)).Total);
    }

    [Fact]
    public async Task A_resource_is_found_by_what_its_newest_version_says_and_by_nothing_else()
    {
        var random = new Random(26);
        IndexEntry[] words =
        [
            new("status", "requested", ""), new("status", "requested", "urn:x"), new("status", "requested"), new("status", "accepted", ""),
            new("due", "", null, 1, 5), new("due", "", null, 1, 6), new("output", "Binary/1"),
        ];
        var newest = new Dictionary<string, IndexEntry[]>();
        for (var n = 0; n < 300; n++)
        {
            var id = $"r{random.Next(4)}";
            var version = (await store.ReadAsync("Patient", id, Cancel))?.Version ?? 0;
            newest[id] = [.. words.Where(_ => random.Next(2) == 0)];
            await Commit(Write(id, version) with { Index = newest[id] });

            foreach (var word in words)
            {
                var asked = word.Parameter == "due" ? new Alternative(Match.Within, From: word.From, To: word.To) : new Alternative(Match.Same, word.Value, word.System);
                var found = await store.SearchAsync(new ResourceQuery { Type = "Patient", Count = 10, All = [new Criterion(word.Parameter, [asked])] }, Cancel);
                Assert.Equal(
                    newest.Where(one => one.Value.Any(entry => Holds(entry, word))).Select(one => one.Key).Order(),
                    found.Items.Select(stored => stored.Id).Order());
            }
        }

        static bool Holds(IndexEntry entry, IndexEntry word) => entry.Parameter == word.Parameter
            && (word.Parameter == "due" ? entry.To <= word.To : entry.Value == word.Value && (word.System is null || entry.System == word.System));
    }

    /// <summary>However many versions there are, and however large they are, one page has so many and so much.</summary>
    [Theory]
    [InlineData(1, long.MaxValue, 1)]
    [InlineData(4, long.MaxValue, 4)]
    [InlineData(100, 1, 1)]
    [InlineData(100, long.MaxValue, 9)]
    public async Task A_history_is_read_in_pages_of_a_count_and_a_size(int count, long mostBytes, int longest)
    {
        for (var version = 0; version < 9; version++)
        {
            await Commit(Write("a", version));
        }

        var query = new HistoryQuery { Type = "Patient", Id = "a", Count = count, MaxBytes = mostBytes };
        var seen = new List<long>();
        while (true)
        {
            var page = await store.HistoryAsync(query, Cancel);
            Assert.Equal((9, Math.Min(longest, 9 - seen.Count)), (page.Total, page.Items.Count));
            seen.AddRange(page.Items.Select(version => version.Version));
            Assert.Equal(seen.Count < 9, page.More);
            if (!page.More)
            {
                break;
            }

            query = query with { Before = seen[^1] };
        }

        Assert.Equal([9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L], seen);
    }

    /// <summary>A transaction reads the version that it writes as the newest, on whatever page.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public async Task A_history_read_inside_a_transaction_begins_with_what_it_writes(int count)
    {
        for (var version = 0; version < 4; version++)
        {
            await Commit(Write("a", version));
        }

        var after = new StoreAfterCommit(store, [Write("a", 4)]);
        var seen = new List<long>();
        long? before = null;
        ResourcePage page;
        do
        {
            page = await after.HistoryAsync(new HistoryQuery { Type = "Patient", Id = "a", Count = count, Before = before }, Cancel);
            seen.AddRange(page.Items.Select(version => version.Version));
            (before, _) = (seen[^1], page.Total);
            Assert.Equal(5, page.Total);
        }
        while (page.More);

        Assert.Equal([5L, 4L, 3L, 2L, 1L], seen);
    }

    [Fact]
    public async Task What_is_kept_of_each_writer_is_counted_with_what_it_came_in()
    {
        await Commit(Write("a", 0));
        await Commit(Write("a", 1, "A longer family name"));
        await store.CommitAsync(new Commit([Write("b", 0)]) { Received = new ReceivedBytes("x/y", new byte[1000], "ods:RX1", Given.Now) }, Cancel);
        await Commit(Write("a", 0));
        var other = Write("c", 0);
        await Commit(other with { Resource = other.Resource with { WrittenBy = "ods:RX2" } });

        var bytes = (await store.HistoryAsync(new HistoryQuery { Type = "Patient", Id = "a" }, Cancel)).Items.Append((await store.ReadAsync("Patient", "b", Cancel))!).Sum(kept => kept.Json.Length);
        Assert.Equal(new StorageUsed(3, bytes + 1000), await store.StoredByAsync("ods:RX1", Cancel));
        Assert.Equal(1, (await store.StoredByAsync("ods:RX2", Cancel)).Versions);
        Assert.Equal(StorageUsed.None, await store.StoredByAsync("ods:RX3", Cancel));
    }

    [Fact]
    public async Task Only_readers_find_it_and_readers_are_added_never_lost()
    {
        await Commit(Write("a", 0));
        await store.ShareAsync(["Patient/a"], ["la:330"], Cancel);
        await Commit(Write("a", 1));

        Assert.Equal(["la:330", "ods:RX1"], (await store.ReadAsync("Patient", "a", Cancel))!.Readers.Order(StringComparer.Ordinal));
        Assert.Equal((1, 1, 0, 1), (await Found("ods:RX1"), await Found("la:330"), await Found("ods:RX2"), await Found(null)));
    }

    [Fact]
    public async Task An_old_value_finds_nothing_any_more()
    {
        await Commit(Write("a", 0));
        await Commit(Write("a", 1, "Other"));

        Assert.Equal(0, (await store.SearchAsync(new ResourceQuery { Type = "Patient", All = [new Criterion("family", [new Alternative(Match.StartsWith, "lieb")])] }, Cancel)).Total);
        Assert.Equal(1, (await store.SearchAsync(new ResourceQuery { Type = "Patient", All = [new Criterion("family", [new Alternative(Match.Contains, "the")])] }, Cancel)).Total);
    }

    [Fact]
    public async Task News_waits_until_it_is_marked()
    {
        await Commit(Write("a", 0) with { IsNews = true });
        await Commit(Write("b", 0) with { IsNews = true });
        await store.MarkDeliveredAsync(new UnreportedVersion("Patient", "a", 1), Cancel);

        Assert.Equal([new UnreportedVersion("Patient", "b", 1)], await store.UndeliveredAsync(10, Cancel));
    }

    [Fact]
    public async Task Places_are_remembered()
    {
        Assert.Equal(0, await store.PositionAsync("x", Cancel));
        await store.StorePositionAsync("x", 5, Cancel);
        await store.StorePositionAsync("x", 7, Cancel);
        Assert.Equal(7, await store.PositionAsync("x", Cancel));
    }

    [Fact]
    public async Task Of_writers_at_the_same_time_one_wins()
    {
        await Commit(Write("a", 0));

        var ends = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await Commit(Write("a", 1)), Cancel)));

        Assert.Single(ends, end => end == CommitOutcome.Done);
        Assert.Equal(49, ends.Count(end => end == CommitOutcome.Stale));
    }

    public async ValueTask DisposeAsync()
    {
        if (store is IAsyncDisposable file)
        {
            await file.DisposeAsync();
        }
    }

    private async Task<int> Found(string? reader) => (await store.SearchAsync(new ResourceQuery { Type = "Patient", Reader = reader }, Cancel)).Total;

    private async Task<CommitOutcome> Commit(ResourceWrite write) => await store.CommitAsync(new Commit([write]), Cancel);

    private static ResourceWrite Write(string id, long expected, string family = "Lieberman")
    {
        var patient = new Patient { Id = id, Name = [new HumanName { Family = family }] };
        var json = Stamp.Write(patient, expected + 1, Given.Now);
        var stored = new StoredResource { Type = "Patient", Id = id, Version = expected + 1, LastUpdated = Given.Now, Json = json, Readers = ["ods:RX1"], WrittenBy = "ods:RX1" };
        return new ResourceWrite(stored, expected, Indexing.Of(patient));
    }
}
