using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Tests.Store;

public sealed class SessionTests : IDisposable
{
    private readonly Shelf shelf = new();

    [Fact]
    public async Task The_next_session_is_the_one_whose_message_waits_longest_and_nobody_holds()
    {
        await Fill();

        var first = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, null);
        var second = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, null);

        Assert.Equal(["x", "y"], [first!.SessionId, second!.SessionId]);
        Assert.Null(await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, null));
        Assert.Null(await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "x"));
    }

    [Fact]
    public async Task A_session_gives_its_own_messages_in_order()
    {
        await Fill();
        var session = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "x");

        var messages = await shelf.Store.ReceiveAsync(shelf.SessionQueue, session, 10, keep: true);

        Assert.Equal(["1", "3"], messages.Select(message => message.MessageId));
    }

    [Fact]
    public async Task A_session_let_go_frees_its_messages_and_that_is_no_failed_delivery()
    {
        await Fill();
        var session = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "x");
        var held = await shelf.Take(shelf.SessionQueue, session);

        await shelf.Store.ReleaseSessionAsync(shelf.SessionQueue, session!);

        Assert.False(await shelf.Store.SettleAsync(shelf.SessionQueue, held.LockToken!.Value, new Settlement.Complete()));
        var next = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, null);
        Assert.Equal("x", next!.SessionId);
        Assert.Equal(0, (await shelf.Take(shelf.SessionQueue, next)).DeliveryCount);
    }

    [Fact]
    public async Task A_session_lock_that_runs_out_is_told_and_renewal_keeps_it()
    {
        await Fill();
        var lost = new List<Guid>();
        shelf.Store.SessionLockExpired += lost.Add;
        var kept = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "x");
        var other = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "y");
        var held = await shelf.Take(shelf.SessionQueue, kept);

        shelf.Clock.Advance(TimeSpan.FromSeconds(50));
        var renewed = await shelf.Store.RenewSessionAsync(shelf.SessionQueue, kept!);
        shelf.Clock.Advance(TimeSpan.FromSeconds(50));

        Assert.Equal(kept!.LockedUntil.AddSeconds(50), renewed!.LockedUntil);
        Assert.True(await shelf.Store.SettleAsync(shelf.SessionQueue, held.LockToken!.Value, new Settlement.Complete()));
        Assert.Null(await shelf.Store.RenewSessionAsync(shelf.SessionQueue, other!));
        Assert.Empty(await shelf.Store.ReceiveAsync(shelf.SessionQueue, other, 1, keep: true));
        Assert.Equal([other!.Lock], lost);
    }

    [Fact]
    public async Task A_session_remembers_for_whoever_holds_it_next()
    {
        await Fill();
        var first = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "x");
        Assert.True(await shelf.Store.SetSessionStateAsync(shelf.SessionQueue, first!, [1, 2]));
        await shelf.Store.ReleaseSessionAsync(shelf.SessionQueue, first!);

        Assert.False(await shelf.Store.SetSessionStateAsync(shelf.SessionQueue, first!, [3]));
        Assert.Equal([1, 2], await shelf.Store.SessionStateAsync(shelf.SessionQueue, "x"));
        Assert.Null(await shelf.Store.SessionStateAsync(shelf.SessionQueue, "y"));
    }

    [Fact]
    public async Task Sessions_can_be_listed()
    {
        await Fill();

        Assert.Equal(["x", "y"], await shelf.Store.ListSessionsAsync(shelf.SessionQueue, null, 0, 10));
        Assert.Equal(["y"], await shelf.Store.ListSessionsAsync(shelf.SessionQueue, null, 1, 10));
    }

    [Fact]
    public async Task Sessions_are_listed_by_the_time_of_their_last_message_or_state()
    {
        await Fill();
        shelf.Clock.Advance(TimeSpan.FromSeconds(30));
        var since = shelf.Clock.GetUtcNow();
        await shelf.Send("sessions", "4", "z");
        var held = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "y");
        await shelf.Store.SetSessionStateAsync(shelf.SessionQueue, held!, [1]);

        Assert.Equal(["y", "z"], await shelf.Store.ListSessionsAsync(shelf.SessionQueue, since, 0, 10));
        Assert.Empty(await shelf.Store.ListSessionsAsync(shelf.SessionQueue, since.AddSeconds(1), 0, 10));
    }

    [Fact]
    public async Task A_poison_message_of_one_session_ends_as_dead_letter_and_blocks_no_other()
    {
        await Fill();
        for (var i = 0; i < 3; i++)
        {
            var session = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "x");
            var held = await shelf.Take(shelf.SessionQueue, session);
            await shelf.Store.SettleAsync(shelf.SessionQueue, held.LockToken!.Value, new Settlement.Abandon());
            await shelf.Store.ReleaseSessionAsync(shelf.SessionQueue, session!);
        }

        Assert.Equal(["1"], await shelf.Ids(shelf.SessionQueue.DeadLetters!));
        var other = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, "y");
        Assert.Equal("2", (await shelf.Take(shelf.SessionQueue, other)).MessageId);
    }

    public void Dispose() => shelf.Dispose();

    private async Task Fill()
    {
        await shelf.Send("sessions", "1", "x");
        await shelf.Send("sessions", "2", "y");
        await shelf.Send("sessions", "3", "x");
    }
}
