using IntegrationHub.Functions.EventsFeed;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Tests.Plans.Keeping;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.EventsFeed;

/// <summary>What is removed of a feed, because its time has come or its case was erased, and what a cursor says then.</summary>
public sealed class FeedKeepingTests
{
    private static readonly EventsFeedOptions Options = new() { Councils = "330", KeepDays = 30 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_older_than_its_days_goes_and_a_cursor_from_before_is_refused()
    {
        await using var council = new CouncilWithFeed(numbersCommits: true);
        var old = await council.OpenAsync("old");
        await AddAsync(council);
        var cursor = (await PageAsync(council, null)).Next;
        council.Time.Advance(TimeSpan.FromDays(20));
        await council.NoteAsync(old);
        await AddAsync(council);

        council.Time.Advance(TimeSpan.FromDays(11));
        var (young, _) = (await council.OpenAsync("young"), await AddAsync(council));

        Assert.Equal(CursorFault.TooOld, (await PageAsync(council, cursor - 1)).Fault);
        var rest = await PageAsync(council, cursor);
        Assert.Equal((CursorFault.None, "caseOfficerAssigned"), (rest.Fault, rest.Lines[0].What));
        Assert.Equal(rest.Lines.Select(line => line.Number), (await council.AllAsync()).Select(line => line.Number));
        Assert.Equal([.. (await council.FactsAsync(young)).Order()], rest.Lines.Where(line => line.Case == young.Value).Select(line => (line.Case, line.Sequence)));
        Assert.DoesNotContain("\"n\":1,", await TextAsync(council), StringComparison.Ordinal);

        // A longer time brings back nothing that was given and removed.
        using var longer = council.Process(options: Options with { KeepDays = 365 });
        await longer.CatchUpAsync(Stop);
        Assert.Equal(rest.Lines.Select(line => line.Number), (await council.AllAsync()).Select(line => line.Number));
    }

    [Fact]
    public async Task A_clock_that_nobody_has_confirmed_removes_nothing_and_keeps_no_later_event_out()
    {
        await using var council = new CouncilWithFeed(numbersCommits: true);
        var id = await council.OpenAsync("one");
        await AddAsync(council);
        var before = (await council.AllAsync()).Count;

        // A machine that starts with a clock a year ahead, before its time server has set it.
        var ahead = new FakeTimeProvider(council.Time.GetUtcNow().AddDays(365));
        using (var wrong = council.Process(options: Options, time: ahead, clock: new Unconfirmed()))
        {
            await wrong.CatchUpAsync(Stop);
        }

        Assert.Equal(before, (await council.AllAsync()).Count);
        await council.NoteAsync(id);
        await AddAsync(council);
        Assert.Equal([.. (await council.FactsAsync(id)).Order()], (await council.AllAsync()).Select(line => (line.Case, line.Sequence)).Order());
    }

    [Fact]
    public async Task Files_of_which_nothing_is_left_are_removed_and_the_numbers_go_on()
    {
        await using var council = new CouncilWithFeed(numbersCommits: true);
        for (var n = 0; n < 70; n++)
        {
            await council.OpenAsync($"case {n}");
        }

        await AddAsync(council);
        var last = (await council.AllAsync(1000))[^1].Number;
        Assert.True(last > FeedFile.Size, $"{last} is more than one file");

        council.Time.Advance(TimeSpan.FromDays(31));
        await AddAsync(council);
        Assert.Equal(["330/feed/000000001.jsonl", "330/feed/removed.json"], (await council.Documents.ListAsync("330/feed/", Stop)).Value!);
        Assert.Empty(await council.AllAsync());
        Assert.Equal(CursorFault.None, (await PageAsync(council, last)).Fault);

        await council.OpenAsync("after");
        await AddAsync(council);
        Assert.Equal(last + 1, (await council.AllAsync())[0].Number);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Removing_that_was_broken_off_is_finished(int before)
    {
        await using var council = new CouncilWithFeed(numbersCommits: true);
        await council.OpenAsync("old");
        await AddAsync(council);
        council.Time.Advance(TimeSpan.FromDays(31));

        var store = new FeedStore(new PowerCut(council.Documents, before));
        await Assert.ThrowsAsync<PowerCutException>(() => FeedTrim.RunAsync(store, CouncilWithFeed.Council, council.Time.GetUtcNow() - TimeSpan.FromDays(30), Stop));
        Assert.True(await FeedTrim.RunAsync(new FeedStore(council.Documents), CouncilWithFeed.Council, council.Time.GetUtcNow() - TimeSpan.FromDays(30), Stop));

        Assert.Empty(await council.AllAsync());
        Assert.DoesNotContain("\"case\"", await TextAsync(council), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_a_feed_that_went_further_is_refused()
    {
        await using var council = new CouncilWithFeed(numbersCommits: true);
        Assert.Equal(CursorFault.None, (await PageAsync(council, 0)).Fault);
        Assert.Equal(CursorFault.Ahead, (await PageAsync(council, 1)).Fault);
        await council.OpenAsync("one");
        await AddAsync(council);
        var end = (await PageAsync(council, null)).Next;

        Assert.Equal(CursorFault.None, (await PageAsync(council, end)).Fault);
        Assert.Equal(CursorFault.Ahead, (await PageAsync(council, end + 1)).Fault);
        Assert.Equal(CursorFault.Ahead, (await PageAsync(council, FeedFile.Size)).Fault);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Of_an_erased_case_one_line_is_left_also_where_the_erasure_was_broken_off(int before)
    {
        await using var council = new CouncilWithFeed(numbersCommits: true);
        var (erased, other) = (await council.OpenAsync("one"), await council.OpenAsync("two"));
        await AddAsync(council);
        await council.NoteAsync(erased);
        await AddAsync(council);
        var cursor = (await PageAsync(council, null)).Next;
        HashSet<string> cases = [erased.Value];
        try
        {
            await new FeedErasure(new PowerCut(council.Documents, before)).RunAsync(CouncilWithFeed.Council, cases, council.Time.GetUtcNow(), Stop);
        }
        catch (PowerCutException)
        {
            // It is run again.
        }

        await new FeedErasure(council.Documents).RunAsync(CouncilWithFeed.Council, cases, council.Time.GetUtcNow(), Stop);

        var after = await PageAsync(council, cursor);
        Assert.Equal([(erased.Value, FeedLine.Erased, 0L)], after.Lines.Select(line => (line.Case, line.What, line.Sequence)));
        Assert.Equal([.. (await council.FactsAsync(other)).Order()], (await council.AllAsync()).Where(line => line.What != FeedLine.Erased).Select(line => (line.Case, line.Sequence)));
        Assert.Equal(1, (await TextAsync(council)).Split(erased.Value).Length - 1);
    }

    [Theory]
    [InlineData("330-UUUUUUUUUUUU")]
    [InlineData("")]
    [InlineData("lower case")]
    [InlineData("331-7K3M9Q2XH4TD")]
    public async Task A_line_that_names_no_case_of_the_council_is_refused_and_not_passed_over(string instead)
    {
        await using var council = new CouncilWithFeed(numbersCommits: true);
        var (damaged, other) = (await council.OpenAsync("one"), await council.OpenAsync("two"));
        await AddAsync(council);
        const string Name = "330/feed/000000000.jsonl";
        var kept = (await council.Documents.ReadAsync(Name, Stop)).Value!;
        var text = System.Text.Encoding.UTF8.GetString(kept.Bytes).Replace(damaged.Value, instead == "lower case" ? damaged.Value.ToLowerInvariant() : instead, StringComparison.Ordinal);
        Assert.True((await council.Documents.ReplaceAsync(Name, System.Text.Encoding.UTF8.GetBytes(text), "application/jsonl", kept.ETag, Stop)).Succeeded);

        // A reader would go on with a cursor after it, the writer would add its facts again, and an erasure would leave it.
        await Assert.ThrowsAsync<FeedStoreException>(() => PageAsync(council, null));
        await Assert.ThrowsAsync<FeedStoreException>(() => FeedWriter.OpenAsync(new FeedStore(council.Documents), CouncilWithFeed.Council, Stop));
        await Assert.ThrowsAsync<FeedStoreException>(() => new FeedErasure(council.Documents).RunAsync(CouncilWithFeed.Council, new HashSet<string> { other.Value }, council.Time.GetUtcNow(), Stop));
        Assert.Equal(text, await TextAsync(council));
    }

    private static async Task<bool> AddAsync(CouncilWithFeed council)
    {
        using var process = council.Process(options: Options);
        await process.CatchUpAsync(Stop);
        return true;
    }

    private static Task<FeedPage> PageAsync(CouncilWithFeed council, long? after) => council.Reading().ReadAsync(CouncilWithFeed.Reader(), after, 1000, Stop);

    private static async Task<string> TextAsync(CouncilWithFeed council)
    {
        var text = new System.Text.StringBuilder();
        foreach (var name in (await council.Documents.ListAsync("330/feed/", Stop)).Value!)
        {
            text.Append(System.Text.Encoding.UTF8.GetString((await council.Documents.ReadAsync(name, Stop)).Value!.Bytes));
        }

        return text.ToString();
    }

    private sealed class Unconfirmed : IClockTrust
    {
        public bool IsTrusted => false;
    }
}
