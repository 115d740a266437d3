using Azure;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>What a journal must do beyond the contract: several hosts, lost answers, large bodies, damage.</summary>
public sealed class JournalTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_hosts_that_write_one_version_one_wins_a_hundred_times_over()
    {
        var shelf = new Shelf();
        using var one = shelf.Host();
        using var two = shelf.Host();
        for (var version = 0; version < 100; version++)
        {
            var expected = version;
            var ends = await Task.WhenAll(new[] { one, two }.Select(host => Task.Run(async () => await host.CommitAsync(new Commit([Write("a", expected, 10)]), Stop), Stop)));
            Assert.Equal([CommitOutcome.Done, CommitOutcome.Stale], ends.Order());
        }

        using var third = shelf.Host();
        var history = new HistoryQuery { Type = "Binary", Id = "a", Count = 200 };
        var (first, last) = ((await one.HistoryAsync(history, Stop)).Items.Select(Seen), (await third.HistoryAsync(history, Stop)).Items.Select(Seen).ToList());
        Assert.Equal(100, last.Count);
        Assert.Equal(first, last);

        static (long Version, long Sequence, string By) Seen(StoredResource stored) => (stored.Version, stored.Sequence, stored.WrittenBy);
    }

    [Fact]
    public async Task What_one_host_wrote_the_other_has_at_once()
    {
        var shelf = new Shelf();
        using var one = shelf.Host();
        using var two = shelf.Host();
        await one.CommitAsync(new Commit([Write("a", 0, 10) with { IsNews = true }]) { OnceKey = "k" }, Stop);
        await one.ShareAsync(["Binary/a"], ["la:330"], Stop);
        await one.StorePositionAsync("p", 7, Stop);

        Assert.Equal(["la:330", "ods:RX1"], (await two.ReadAsync("Binary", "a", Stop))!.Readers.Order(StringComparer.Ordinal));
        Assert.Equal(7, await two.PositionAsync("p", Stop));
        Assert.Equal(CommitOutcome.Repeated, await two.CommitAsync(new Commit([]) { OnceKey = "k" }, Stop));
        await two.MarkDeliveredAsync(Assert.Single(await two.UndeliveredAsync(10, Stop)), Stop);
        Assert.Empty(await one.UndeliveredAsync(10, Stop));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_found_again()
    {
        var shelf = new Shelf();
        var lost = new LostAnswer();
        using var host = shelf.Host(lost);

        // The row is added, the answer is lost, the client adds it again and hears that it is there.
        Assert.Equal(CommitOutcome.Done, await host.CommitAsync(new Commit([Write("a", 0, 10)]) { OnceKey = "k" }, Stop));

        using var other = shelf.Host();
        Assert.True(lost.Happened);
        Assert.Single((await other.HistoryAsync(new HistoryQuery { Type = "Binary", Id = "a" }, Stop)).Items);
    }

    [Theory]
    [InlineData(16 * 1024)]
    [InlineData(200 * 1024)]
    [InlineData(3 * 1024 * 1024)]
    public async Task Large_bodies_come_back_to_the_byte(int size)
    {
        var shelf = new Shelf();
        using var one = shelf.Host();
        using var two = shelf.Host();
        var write = Write("a", 0, size);
        await one.CommitAsync(new Commit([write]) { Received = new ReceivedBytes("application/fhir+json", write.Resource.Json, "ods:RX1", DateTimeOffset.UnixEpoch) }, Stop);

        foreach (var host in new[] { one, two })
        {
            Assert.Equal(write.Resource.Json.ToArray(), (await host.ReadAsync("Binary", "a", Stop))!.Json.ToArray());
            Assert.Equal(write.Resource.Json.ToArray(), Assert.Single((await host.SearchAsync(new ResourceQuery { Type = "Binary" }, Stop)).Items).Json.ToArray());
        }
    }

    [Fact]
    public async Task A_missing_entry_is_told_and_nothing_after_it_is_shown()
    {
        var shelf = new Shelf();
        using (var host = shelf.Host())
        {
            await host.CommitAsync(new Commit([Write("a", 0, 10)]), Stop);
            await host.CommitAsync(new Commit([Write("b", 0, 10)]), Stop);
        }

        await shelf.Table.DeleteEntityAsync("fhir", "0000000000000000001", ETag.All, Stop);
        using var again = shelf.Host();

        Assert.Contains("Entry 1 of the FHIR journal is missing", (await Assert.ThrowsAsync<InvalidDataException>(async () => await again.ReadAsync("Binary", "b", Stop))).Message, StringComparison.Ordinal);
    }

    private static ResourceWrite Write(string id, long expected, int size)
    {
        var json = new byte[size];
        new Random(size).NextBytes(json);
        var stored = new StoredResource { Type = "Binary", Id = id, Version = expected + 1, LastUpdated = DateTimeOffset.UnixEpoch, Json = json, Readers = ["ods:RX1"], WrittenBy = "ods:RX1" };
        return new ResourceWrite(stored, expected, []);
    }
}
