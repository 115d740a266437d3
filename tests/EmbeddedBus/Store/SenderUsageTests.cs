using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Tests.Store;

/// <summary>One sender cannot fill the disk for the others.</summary>
public sealed class SenderUsageTests : IDisposable
{
    private readonly Shelf shelf = new(new SenderLimits(3, 1000));

    public void Dispose() => shelf.Dispose();

    [Fact]
    public async Task More_messages_than_one_may_have_here_are_refused_and_the_others_go_on()
    {
        Assert.All(await SendAsync("a", 1, 3), Kept);
        Assert.All(await SendAsync("a", 1, 1), Full);
        Assert.All(await SendAsync("b", 1, 3), Kept);
        Assert.All(await SendAsync(BusKey.RootName, 1, 9), Kept);
    }

    [Fact]
    public async Task More_bytes_than_one_may_have_here_are_refused_all_or_none()
    {
        Assert.All(await SendAsync("a", 500, 1), Kept);
        var both = await shelf.Store.SendAsync(shelf.Store.Topology.FindTarget("plain")!, [Message("a", 1), Message("a", 500)]);

        Full(both);
        Assert.All(await SendAsync("a", 500, 1), Kept);
        Assert.All(await SendAsync("a", 1, 1), Full);
    }

    [Theory]
    [InlineData("settled", true)]
    [InlineData("deferred", false)]
    [InlineData("a dead letter", false)]
    [InlineData("expired", false)]
    [InlineData("cancelled", true)]
    [InlineData("ripe", false)]
    [InlineData("rewritten", false)]
    public async Task What_is_gone_makes_room_and_what_is_kept_does_not(string fate, bool makesRoom)
    {
        await SendAsync("a", 100, 2);
        if (fate is "cancelled" or "ripe")
        {
            var at = shelf.Clock.GetUtcNow().AddMinutes(10);
            var sent = Assert.IsType<SendOutcome.Stored>(await shelf.Store.SendAsync(shelf.Store.Topology.FindTarget("plain")!, [Message("a", 100) with { ScheduledFor = at }]));
            shelf.Clock.Advance(fate == "ripe" ? TimeSpan.FromMinutes(11) : TimeSpan.Zero);
            Assert.Equal(fate == "cancelled", await shelf.Store.CancelScheduledAsync(shelf.Store.Topology.FindTarget("plain")!, sent.SequenceNumbers));
        }
        else
        {
            await SendAsync("a", 100, 1);
            var token = (await shelf.Take(shelf.Queue)).LockToken!.Value;
            Settlement? settlement = fate switch
            {
                "settled" => new Settlement.Complete(),
                "deferred" => new Settlement.Defer(),
                "a dead letter" => new Settlement.DeadLetter("r", "d"),
                "rewritten" => new Settlement.Abandon { Rewrite = bare => [.. bare, .. bare] },
                _ => null,
            };
            Assert.True(await shelf.Store.SettleAsync(shelf.Queue, token, settlement ?? new Settlement.Released()));
            shelf.Clock.Advance(settlement is null ? TimeSpan.FromHours(2) : TimeSpan.Zero);
        }

        for (var opened = 0; opened < 2; opened++)
        {
            var outcome = Assert.Single(await SendAsync("a", 1, 1));
            Assert.Equal(makesRoom && opened == 0, outcome is SendOutcome.Stored);
            shelf.Reopen();
        }
    }

    private static void Kept(SendOutcome outcome) => Assert.IsType<SendOutcome.Stored>(outcome);

    private static void Full(SendOutcome outcome) => Assert.Contains("Nothing was accepted", Assert.IsType<SendOutcome.QuotaExceeded>(outcome).Reason, StringComparison.Ordinal);

    private static NewMessage Message(string sender, int bytes) => new() { Bare = new byte[bytes], SentBy = sender };

    private async Task<List<SendOutcome>> SendAsync(string sender, int bytes, int times)
    {
        var outcomes = new List<SendOutcome>();
        for (var n = 0; n < times; n++)
        {
            outcomes.Add(await shelf.Store.SendAsync(shelf.Store.Topology.FindTarget("plain")!, [Message(sender, bytes)]));
        }

        return outcomes;
    }
}
