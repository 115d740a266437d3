using IntegrationHub.Local.Bus.Store;

namespace IntegrationHub.Local.Tests.Bus.Store;

public sealed class RestartTests : IDisposable
{
    private readonly Shelf shelf = new();

    [Fact]
    public async Task Everything_is_there_again_in_its_state()
    {
        await shelf.Send("plain", "locked");
        await shelf.Send("plain", "deferred");
        await shelf.Send("plain", "dead");
        await shelf.Send("plain", "free");
        await shelf.Send("plain", "scheduled", at: shelf.Clock.GetUtcNow().AddMinutes(30));
        var locked = await shelf.Take(shelf.Queue);
        await shelf.Store.Settle(shelf.Queue, (await shelf.Take(shelf.Queue)).LockToken!.Value, new Settlement.Defer());
        await shelf.Store.Settle(shelf.Queue, (await shelf.Take(shelf.Queue)).LockToken!.Value, new Settlement.DeadLetter("r", "d"));

        shelf.Reopen();

        Assert.Contains(new RoomCount("plain", 2, 1, 1, 1, shelf.Clock.GetUtcNow()), await shelf.Store.Count());
        Assert.Equal("free", (await shelf.Take(shelf.Queue)).MessageId);
        Assert.Empty(await shelf.Store.Receive(shelf.Queue, null, 1, keep: true));
        Assert.True(await shelf.Store.Settle(shelf.Queue, locked.LockToken!.Value, new Settlement.Complete()));
        Assert.Equal("r", (await shelf.Take(shelf.Queue.DeadLetters!)).DeadLetterReason);
    }

    [Fact]
    public async Task A_lock_whose_time_ran_out_while_the_bus_was_away_is_off()
    {
        await shelf.Send("plain", "1");
        await shelf.Take(shelf.Queue);

        shelf.Clock.Advance(TimeSpan.FromMinutes(5));
        shelf.Reopen();

        Assert.Equal(1, (await shelf.Take(shelf.Queue)).DeliveryCount);
    }

    [Fact]
    public async Task Duplicates_are_known_across_a_restart()
    {
        await shelf.Send("plain", "1");
        shelf.Reopen();

        Assert.Equal(0, await shelf.Send("plain", "1"));
    }

    [Fact]
    public async Task Nobody_holds_a_session_after_a_restart_and_its_state_is_kept()
    {
        await shelf.Send("sessions", "1", "x");
        var session = await shelf.Store.AcceptSession(shelf.SessionQueue, null);
        await shelf.Take(shelf.SessionQueue, session);
        await shelf.Store.RememberSession(shelf.SessionQueue, session!, [7]);

        shelf.Reopen();

        var again = await shelf.Store.AcceptSession(shelf.SessionQueue, null);
        Assert.Equal("1", (await shelf.Take(shelf.SessionQueue, again)).MessageId);
        Assert.Equal([7], await shelf.Store.SessionState(shelf.SessionQueue, "x"));
    }

    public void Dispose() => shelf.Dispose();
}
