using Azure.Core;
using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Embedded.Tests.Contract;
using IntegrationHub.Orchestrations.AzureStorage;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>
/// A host dies at every single request of a change in turn; what another host then finds is the whole change or none of it.
/// With an emulator of its own, as one has one thread.
/// </summary>
public sealed class CrashTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly DateTimeOffset Monday = Turns.Monday;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 50)]
    public async Task A_turn_is_committed_whole_or_not_at_all(bool afterTheRequest, int deliveries)
    {
        // One delivery: everything in blobs, as between each blob and its row lies a request at which to die. Fifty: more than one transaction holds,
        // and rows alone, so that they can be prepared once and copied for every round.
        var (before, after) = (0, 0);
        var id = Turns.Id(1);
        var prepared = await azurite.FreshAsync(deliveries == 1 ? 1 : null);
        var turn = await PreparedAsync(azurite.Store(prepared), id, deliveries);
        for (var request = 1; ; request++)
        {
            // Tables of its own for each round, as the emulator goes through a whole table for every question.
            var options = await azurite.FreshAsync(deliveries == 1 ? 1 : null);
            var store = azurite.Store(options);
            if (deliveries == 1)
            {
                turn = await PreparedAsync(store, id, deliveries);
            }
            else
            {
                await TableCopies.CopyAsync(azurite.Tables(), prepared, options, Stop);
            }

            var crash = new Crash(request, afterTheRequest);
            var died = await DiesAsync(() => azurite.Store(options, crash).CommitAsync(turn, Stop).AsTask());

            if ((await store.LoadAsync(id, Stop)).State.Version == 1)
            {
                before++;
                await NothingOfItAsync(store, turn, deliveries);
                Assert.Equal(CommitResult.Committed, await store.CommitAsync(turn, Stop));
            }
            else
            {
                after++;
            }

            await AllOfItAsync(store, turn);
            if (!died)
            {
                break;
            }
        }

        Assert.True(before >= 5 && after >= 3, $"It died {before} times before the commit and {after} times after it.");
    }

    [Fact]
    public async Task A_put_is_there_and_due_or_is_not_there()
    {
        var options = await azurite.FreshAsync(largestInline: 1);
        var store = azurite.Store(options);
        for (var request = 1; ; request++)
        {
            var id = Turns.Id(request);
            var delivery = Turns.Delivery(id, "m1");
            var died = await DiesAsync(() => azurite.Store(options, new Crash(request, true)).PutAsync(delivery, Stop).AsTask());

            var there = (await store.LoadAsync(id, Stop)).Inbox.Count == 1;
            Assert.Equal(there, (await store.DueAsync(Monday, int.MaxValue, Stop)).Contains(id));
            Assert.Equal(!there, (await store.PutAsync(delivery, Stop)).IsNew);
            Assert.Contains(id, await store.DueAsync(Monday, int.MaxValue, Stop));
            if (!died)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_not_taken_for_a_conflict()
    {
        var settings = await azurite.FreshAsync();
        var lost = new LostAnswer();
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1) } };
        options.AddPolicy(lost, HttpPipelinePosition.PerRetry);
        var store = new AzureAssessmentStore(azurite.Tables(options), azurite.Blobs(), settings);

        var turn = Turns.Of(await store.LoadAsync(Turns.Id(1), Stop), more: Turns.Delivery(Turns.Id(1), "m1"));
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(turn, Stop));

        Assert.True(lost.Happened);
        Assert.Equal(turn.Events, await store.EventsAsync(Turns.Id(1), cancellationToken: Stop));
    }

    [Fact]
    public async Task Two_hosts_take_turns_on_one_assessment_and_lose_or_double_none()
    {
        var each = Load.Of(full: 500, small: 150);
        var options = await azurite.FreshAsync();
        var id = Turns.Id(1);
        await Task.WhenAll(HostAsync("a"), HostAsync("b"));

        var store = azurite.Store(options);
        while ((await store.LoadAsync(id, Stop)) is { Inbox.Count: > 0 } loaded)
        {
            await store.CommitAsync(Turns.Of(loaded), Stop);
        }

        var events = await store.EventsAsync(id, cancellationToken: Stop);
        Assert.Equal(Enumerable.Range(1, 2 * each).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.Equal(2 * each, events.Select(e => e.MessageId).Distinct().Count());
        Assert.Equal(2 * each, (await store.LoadAsync(id, Stop)).State.Version);
        Assert.Empty(await store.DueAsync(Monday.AddYears(1), 10, Stop));

        // Each host puts its message and takes a turn for whatever waits, its own and the other's.
        async Task HostAsync(string name)
        {
            var mine = azurite.Store(options);
            for (var n = 0; n < each; n++)
            {
                await mine.PutAsync(Turns.Delivery(id, $"{name}{n}"), Stop);
                var loaded = await mine.LoadAsync(id, Stop);
                if (loaded.Inbox.Count > 0)
                {
                    await mine.CommitAsync(Turns.Of(loaded), Stop);
                }
            }
        }
    }

    /// <summary>An assessment with one turn behind it and deliveries before it, and the turn that decides them.</summary>
    private static async Task<Turn> PreparedAsync(AzureAssessmentStore store, AssessmentId id, int deliveries)
    {
        var first = Turns.Of(await store.LoadAsync(id, Stop), wakeAt: Monday.AddDays(7), effects: 1, more: Turns.Delivery(id, "opening"));
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(first, Stop));
        for (var n = 0; n < deliveries; n++)
        {
            await store.PutAsync(Turns.Delivery(id, $"m{n}"), Stop);
        }

        var turn = Turns.Of(await store.LoadAsync(id, Stop), wakeAt: Monday.AddDays(9), effects: 2);
        return turn with { Summary = turn.Summary with { Agencies = [Turns.Agency("ods:RX1")], Attention = 3 } };
    }

    private static async Task NothingOfItAsync(AzureAssessmentStore store, Turn turn, int deliveries)
    {
        var loaded = await store.LoadAsync(turn.Assessment, Stop);
        Assert.Equal(deliveries, loaded.Inbox.Count);
        Assert.Equal(Monday.AddDays(7), loaded.WakeAt);
        Assert.Single(await store.EventsAsync(turn.Assessment, cancellationToken: Stop));
        Assert.Single(await store.EffectsAsync(turn.Assessment, Stop));
        Assert.Null(await store.OutcomeAsync(turn.Assessment, "m0", Stop));
        Assert.Equal([turn.Assessment], await store.DueAsync(Monday, 10, Stop));
        Assert.Equal(Monday, await store.NextDueAsync(Stop));
        Assert.Equal(1, Listed(await store.ListAsync(new SummaryQuery { Limit = 500 }, Stop), turn).Version);
        Assert.DoesNotContain((await store.ListAsync(new SummaryQuery { Agency = Turns.Agency("ods:RX1"), Limit = 500 }, Stop)).Items, s => s.Id == turn.Assessment);
    }

    private static async Task AllOfItAsync(AzureAssessmentStore store, Turn turn)
    {
        var loaded = await store.LoadAsync(turn.Assessment, Stop);
        Assert.Equal(turn.State.Version, loaded.State.Version);
        Assert.Empty(loaded.Inbox);
        Assert.Equal(turn.WakeAt, loaded.WakeAt);
        Assert.Equal(turn.Events, await store.EventsAsync(turn.Assessment, 1, cancellationToken: Stop));
        Assert.Equal(3, (await store.EffectsAsync(turn.Assessment, Stop)).Count);
        Assert.Equal(3, (await store.DueEffectsAsync(Monday, 10, Stop)).Count);
        foreach (var decided in turn.Decided)
        {
            Assert.Equal(decided.Outcome, await store.OutcomeAsync(turn.Assessment, decided.Delivery.MessageId, Stop));
            Assert.False((await store.PutAsync(decided.Delivery, Stop)).IsNew);
        }

        Assert.Empty(await store.DueAsync(Monday.AddDays(8), 10, Stop));
        Assert.Equal([turn.Assessment], await store.DueAsync(Monday.AddDays(9), 10, Stop));
        Assert.Equal(turn.State.Version, Listed(await store.ListAsync(new SummaryQuery { NeedsAttention = true, Limit = 500 }, Stop), turn).Version);
        Assert.Equal(turn.State.Version, Listed(await store.ListAsync(new SummaryQuery { Agency = Turns.Agency("ods:RX1"), Limit = 500 }, Stop), turn).Version);
    }

    private static AssessmentSummary Listed(SummaryPage page, Turn turn) => Assert.Single(page.Items, s => s.Id == turn.Assessment);

    private static async Task<bool> DiesAsync<T>(Func<Task<T>> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (ProcessKilledException)
        {
            return true;
        }
    }
}
