using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Tests.Store;

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
        await shelf.Take(shelf.Queue);
        await shelf.Store.SettleAsync(shelf.Queue, (await shelf.Take(shelf.Queue)).LockToken!.Value, new Settlement.Defer());
        await shelf.Store.SettleAsync(shelf.Queue, (await shelf.Take(shelf.Queue)).LockToken!.Value, new Settlement.DeadLetter("r", "d"));

        shelf.Reopen();

        Assert.Contains(new MessageQueueCount("plain", 2, 1, 1, 1, shelf.Clock.GetUtcNow()), await shelf.Store.CountAsync());
        Assert.Equal(["locked", "free"], (await shelf.Store.ReceiveAsync(shelf.Queue, null, 5, keep: true)).Select(message => message.MessageId));
        Assert.Equal("r", (await shelf.Take(shelf.Queue.DeadLetters!)).DeadLetterReason);
    }

    [Fact]
    public async Task A_death_of_the_bus_is_no_failed_delivery_however_often_it_comes()
    {
        await shelf.Send("plain", "1");
        await shelf.Send("sessions", "2", "x");

        for (var death = 0; death < 12; death++)
        {
            await shelf.Take(shelf.Queue);
            await shelf.Take(shelf.SessionQueue, await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "x"));
            shelf.Reopen();
        }

        Assert.Equal(0, (await shelf.Take(shelf.Queue)).DeliveryCount);
        Assert.Equal(0, (await shelf.Take(shelf.SessionQueue, await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "x"))).DeliveryCount);
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
        var session = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, null);
        await shelf.Take(shelf.SessionQueue, session);
        await shelf.Store.SetSessionStateAsync(shelf.SessionQueue, session!, [7]);

        shelf.Reopen();

        var again = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, null);
        Assert.Equal("1", (await shelf.Take(shelf.SessionQueue, again)).MessageId);
        Assert.Equal([7], await shelf.Store.SessionStateAsync(shelf.SessionQueue, "x"));
    }

    public void Dispose() => shelf.Dispose();
}
