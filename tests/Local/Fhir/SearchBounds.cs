using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Local.Fhir;
using IntegrationHub.Sqlite;

namespace IntegrationHub.Local.Tests.Fhir;

/// <summary>What searches make a file's connections keep, and how much a page holds.</summary>
public sealed class SearchBounds : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fhir-");
    private readonly SqliteFhirStore store;

    public SearchBounds() => store = new SqliteFhirStore(Path.Combine(folder.FullName, "fhir.db"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Fifteen_hundred_shapes_of_searches_keep_no_more_commands_than_some()
    {
        Match[] matches = [Match.Same, Match.StartsWith, Match.Contains, Match.Overlaps, Match.Within];
        for (var i = 0; i < 1500; i++)
        {
            var criteria = Enumerable.Range(0, 5).Select(digit => new Criterion("status", [new Alternative(matches[i / (int)Math.Pow(5, digit) % 5], "a")]));
            await store.SearchAsync(new ResourceQuery { Type = "Task", All = [.. criteria] }, Cancel);
        }

        Assert.InRange(store.Kept.Statements, 1, DataFile.MaxStatements);
    }

    [Fact]
    public async Task Many_that_read_at_once_leave_few_connections_open()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 500),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancel },
            async (_, cancellationToken) => await store.SearchAsync(new ResourceQuery { Type = "Task" }, cancellationToken));

        Assert.InRange(store.Kept.Connections, 1, DataFileReaders.MaxIdle);
    }

    [Fact]
    public async Task The_largest_search_that_is_taken_is_one_that_the_file_answers()
    {
        var values = string.Join(',', Enumerable.Repeat("a", SearchRequest.MaxValues));
        var search = SearchRequest.Parse("Task", [new("status", values)], strict: true);

        Assert.Equal(0, (await store.SearchAsync(search.Value!.Query, Cancel)).Total);
    }

    [Theory]
    [InlineData(2500, 5)]
    [InlineData(1, 10)]
    [InlineData(999, 10)]
    [InlineData(1000, 10)]
    [InlineData(long.MaxValue, 1)]
    public async Task A_page_ends_where_its_bytes_do_and_the_next_goes_on(long mostBytes, int expected)
    {
        for (var i = 0; i < 10; i++)
        {
            var resource = new StoredResource { Type = "Binary", Id = $"b{i}", Version = 1, LastUpdated = DateTimeOffset.UnixEpoch, WrittenBy = "x", Readers = ["x"], Json = new byte[1000] };
            await store.CommitAsync(new Commit([new ResourceWrite(resource, 0, [])]), Cancel);
        }

        var (ids, pages) = (new List<string>(), 0);
        ResourcePage page;
        long? after = null;
        do
        {
            page = await store.SearchAsync(new ResourceQuery { Type = "Binary", Count = 200, MaxBytes = mostBytes, After = after }, Cancel);
            Assert.Equal(10, page.Total);
            ids.AddRange(page.Items.Select(item => item.Id));
            (after, pages) = (page.Items[^1].Sequence, pages + 1);
        }
        while (page.More);

        Assert.Equal(expected, pages);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"b{i}"), ids);
    }
}
