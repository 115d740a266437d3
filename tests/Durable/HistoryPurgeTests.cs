using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Durable.Tests;

/// <summary>A purge fits its time, goes on where the last one stopped, and comes by every day in the end.</summary>
public sealed class HistoryPurgeTests
{
    private readonly FakeTimeProvider clock = new(Council.Start);
    private readonly ScriptedClient client = new();
    private readonly MemoryRecord record = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_that_are_slow_take_turns_over_all_days()
    {
        client.Purge = (_, _) =>
        {
            clock.Advance(TimeSpan.FromSeconds(3));
            return Task.FromResult(new PurgeResult(1, true));
        };
        var (runs, removed) = (0, 0);
        while (removed < HistoryPurge.DaysSearched)
        {
            var began = clock.GetUtcNow();
            removed += await PurgeAsync();
            Assert.True(clock.GetUtcNow() - began < TimeSpan.FromMinutes(9), "The host would have ended it.");
            Assert.True(++runs < 20, "It does not go on.");
        }

        Assert.Equal(HistoryPurge.DaysSearched, client.Asked.Take(HistoryPurge.DaysSearched).Distinct().Count());
        Assert.True(runs > 3, $"{runs} runs");
    }

    [Fact]
    public async Task One_that_is_fast_looks_at_each_day_once()
    {
        await PurgeAsync();

        Assert.Equal(HistoryPurge.DaysSearched, client.Asked.Count);
        Assert.Equal(client.Asked.Count, client.Asked.Distinct().Count());
        var last = clock.GetUtcNow().UtcDateTime.Date.AddDays(-HistoryPurge.DaysKept - 1);
        Assert.Equal($"purge {last:yyyy-MM-dd}", client.Asked[^1]);
    }

    [Fact]
    public async Task A_day_of_too_many_is_gone_on_with_until_none_is_left()
    {
        var left = 5;
        client.Purge = (_, _) => Task.FromResult(left > 0 ? new PurgeResult(1, --left == 0) : new PurgeResult(0, true));

        Assert.Equal(5, await PurgeAsync());

        Assert.Equal(client.Asked[0], client.Asked[4]);
        Assert.NotEqual(client.Asked[0], client.Asked[5]);
    }

    [Fact]
    public async Task A_run_that_dies_is_gone_on_with_where_it_was()
    {
        client.Purge = (_, _) => client.Asked.Count > 100 ? throw new IOException("The host has gone.") : Task.FromResult(new PurgeResult(0, true));
        await Assert.ThrowsAsync<IOException>(PurgeAsync);
        var reached = client.Asked[^1];
        client.Asked.Clear();
        client.Purge = null;

        await PurgeAsync();

        Assert.Equal(reached, client.Asked[0]);
    }

    [Fact]
    public async Task A_call_that_never_answers_ends_neither_the_run_nor_all_runs_after_it()
    {
        client.Purge = async (_, cancellationToken) =>
        {
            if (client.Asked.Count == 1)
            {
                var never = Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                clock.Advance(HistoryPurge.MaxCallDuration * 2);
                await never;
            }

            return new PurgeResult(0, true);
        };

        await PurgeAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop);

        Assert.Equal(HistoryPurge.DaysSearched, client.Asked.Distinct().Count());
    }

    private async Task<int> PurgeAsync()
    {
        var currentClient = new CurrentDurableClient();
        currentClient.Use(client);
        return await new HistoryPurge(currentClient, record, clock).PurgeAsync(Stop);
    }
}
