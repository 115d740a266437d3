using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.EventsFeed;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.EventsFeed;

/// <summary>Each fact of a case comes into the feed once, whatever happens to the processes that add it.</summary>
public sealed class FeedWorkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_fact_comes_once_and_what_was_given_does_not_change(bool numbersCommits)
    {
        await using var council = new CouncilWithFeed(numbersCommits);
        var (first, second, foreign) = (await council.OpenAsync("one"), await council.OpenAsync("two"), await council.OpenAsync("three", Access.HubUnderTest.Other));
        using (var process = council.Process())
        {
            await process.CatchUpAsync(Stop);
            await council.NoteAsync(first);
            await process.CatchUpAsync(Stop);
            await process.CatchUpAsync(Stop);
        }

        var before = await council.AllAsync();
        Assert.Equal([.. (await council.FactsAsync(first, second)).Order()], before.Select(Fact).Order());
        Assert.Equal(Enumerable.Range(1, before.Count).Select(n => (long)n), before.Select(line => line.Number));

        await council.NoteAsync(second);
        using var next = council.Process();
        await next.CatchUpAsync(Stop);
        var after = await council.AllAsync();
        Assert.Equal(before.Select(Whole), after.Take(before.Count).Select(Whole));
        Assert.Equal([.. (await council.FactsAsync(first, second)).Order()], after.Select(Fact).Order());
        Assert.DoesNotContain(after, line => line.Case == foreign.Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Processes_that_are_killed_before_and_after_a_write_lose_and_repeat_nothing(bool numbersCommits)
    {
        await using var council = new CouncilWithFeed(numbersCommits);
        List<AssessmentId> cases = [];
        var read = new List<FeedLine>();
        long? cursor = null;
        for (var round = 0; round < 6; round++)
        {
            for (var n = 0; n < 12; n++)
            {
                cases.Add(await council.OpenAsync($"{round}-{n}"));
                await council.NoteAsync(cases[n]);
            }

            // The commits are there, and the feed's write is not, or is and its process never learnt so.
            var killing = new KilledAtAWrite(council.Documents, whenDone: round % 2 == 1);
            using (var killed = council.Process(killing))
            {
                await killed.CatchUpAsync(Stop);
                Assert.True(killing.Happened);
            }

            for (FeedPage page; (page = await council.Reading().ReadAsync(CouncilWithFeed.Reader(), cursor, 50, Stop)).Lines.Count > 0;)
            {
                read.AddRange(page.Lines);
                cursor = page.Next;
            }
        }

        using var last = council.Process();
        await last.CatchUpAsync(Stop);
        for (FeedPage page; (page = await council.Reading().ReadAsync(CouncilWithFeed.Reader(), cursor, 50, Stop)).Lines.Count > 0;)
        {
            read.AddRange(page.Lines);
            cursor = page.Next;
        }

        Assert.True(read.Count > FeedFile.Size, "more than one file");
        Assert.Equal([.. (await council.FactsAsync(cases)).Order()], read.Select(Fact).Order());
        Assert.All(read.GroupBy(line => line.Case), one => Assert.Equal(one.Select(line => line.Sequence).Order(), one.Select(line => line.Sequence)));
    }

    [Fact]
    public async Task A_reader_gets_the_events_of_a_commit_that_is_not_yet_in_the_memory_of_the_store()
    {
        await using var council = new CouncilWithFeed(numbersCommits: false);
        var id = await council.OpenAsync("case");
        using var process = council.Process();
        await process.CatchUpAsync(Stop);

        var page = await new FeedReading(new FeedStore(council.Documents), StoreBehind.Of(council.Store)).ReadAsync(CouncilWithFeed.Reader(), null, 100, Stop);

        Assert.NotEmpty(page.Lines);
        Assert.Equal(await council.FactsAsync(id), page.Lines.Select(Fact));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Readers_miss_nothing_while_cases_commit_and_two_processes_add_at_once(bool numbersCommits)
    {
        await using var council = new CouncilWithFeed(numbersCommits);
        var cases = new AssessmentId[40];
        using var done = new CancellationTokenSource();
        var committing = Task.Run(() => Parallel.ForAsync(0, cases.Length, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Stop }, async (n, _) =>
        {
            cases[n] = await council.OpenAsync($"case {n}");
            for (var more = 0; more < 5; more++)
            {
                await council.NoteAsync(cases[n]);
            }
        }), Stop);
        var adding = Enumerable.Range(0, 2).Select(_ => Task.Run(AddAsync, Stop)).ToList();
        var reading = Task.Run(ReadAsync, Stop);
        await committing;
        using (var last = council.Process())
        {
            // One that the other was quicker than pauses.
            while (!await HasAllAsync(last))
            {
                council.Time.Advance(TimeSpan.FromMinutes(1));
            }
        }

        await done.CancelAsync();
        await Task.WhenAll(adding);
        var read = await reading;
        Assert.Equal([.. (await council.FactsAsync(cases)).Order()], read.Select(Fact).Order());
        Assert.Equal(read.Select(line => line.Number).Order(), read.Select(line => line.Number));

        async Task AddAsync()
        {
            while (!done.IsCancellationRequested)
            {
                using var process = council.Process();
                for (var round = 0; round < 3; round++)
                {
                    await process.CatchUpAsync(Stop);
                }
            }
        }

        async Task<bool> HasAllAsync(FeedWork process)
        {
            await process.CatchUpAsync(Stop);
            return (await council.AllAsync(1000)).Count == (await council.FactsAsync(cases)).Count;
        }

        async Task<List<FeedLine>> ReadAsync()
        {
            var all = new List<FeedLine>();
            for (long? cursor = null; ;)
            {
                var ended = done.IsCancellationRequested;
                var page = await council.Reading().ReadAsync(CouncilWithFeed.Reader(), cursor, 3, Stop);
                all.AddRange(page.Lines);
                cursor = page.Next;
                if (ended && page.Lines.Count == 0)
                {
                    return all;
                }
            }
        }
    }

    [Fact]
    public async Task A_line_says_which_limits_changed_and_names_nobody()
    {
        await using var council = new CouncilWithFeed(numbersCommits: true);
        var id = await council.OpenAsync("one");
        await council.SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."));
        using var process = council.Process();
        await process.CatchUpAsync(Stop);

        var lines = await council.AllAsync();
        Assert.Contains("finalPlan", lines.Single(line => line.What == "assessmentOpened").Limits);
        Assert.Equal(["consultFamily"], lines.Single(line => line.What == "familyConsulted").Limits);
        var facts = (await council.Store.LoadAsync(id, Stop)).State.Facts!;
        var names = await council.Documents.ListAsync("330/feed/", Stop);
        foreach (var name in names.Value!)
        {
            var text = System.Text.Encoding.UTF8.GetString((await council.Documents.ReadAsync(name, Stop)).Value!.Bytes);
            Assert.All([facts.Child.FamilyName, facts.Child.GivenName, facts.Family.Name, "They wish", "officer-17", facts.Setting!.Name, facts.Setting.Id.Value], words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_council_without_a_feed_costs_nothing()
    {
        await using var council = new CouncilWithFeed(numbersCommits: true);
        await council.OpenAsync("one");
        using var process = council.Process(options: new EventsFeedOptions());
        await process.CatchUpAsync(Stop);

        Assert.Empty((await council.Documents.ListAsync("330/", Stop)).Value ?? []);
    }

    private static (string Case, long Sequence) Fact(FeedLine line) => (line.Case, line.Sequence);

    private static (long Number, string Case, long Sequence, DateTimeOffset At) Whole(FeedLine line) => (line.Number, line.Case, line.Sequence, line.At);
}
