using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Tests.Store;

public sealed class PeekLockTests : IDisposable
{
    private readonly Shelf shelf = new();

    [Fact]
    public async Task Messages_come_out_in_order_and_a_locked_one_is_nobody_elses()
    {
        await shelf.Send("plain", "1");
        await shelf.Send("plain", "2");

        var first = await shelf.Take(shelf.Queue);
        var second = await shelf.Take(shelf.Queue);

        Assert.Equal(["1", "2"], [first.MessageId, second.MessageId]);
        Assert.Empty(await shelf.Store.ReceiveAsync(shelf.Queue, null, 1, keep: true));
        Assert.Equal(shelf.Clock.GetUtcNow().AddMinutes(1), first.LockedUntil);
    }

    [Fact]
    public async Task A_completed_message_is_gone_and_cannot_be_settled_again()
    {
        await shelf.Send("plain", "1");
        var held = await shelf.Take(shelf.Queue);

        Assert.True(await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Complete()));
        Assert.False(await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Complete()));
        Assert.Empty(await shelf.Ids(shelf.Queue));
    }

    [Fact]
    public async Task An_abandoned_message_comes_again_with_a_higher_count_and_at_last_is_a_dead_letter()
    {
        await shelf.Send("plain", "1");
        var counts = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            var held = await shelf.Take(shelf.Queue);
            counts.Add(held.DeliveryCount);
            await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Abandon());
        }

        Assert.Equal([0, 1, 2], counts);
        var dead = await shelf.Take(shelf.Queue.DeadLetters!);
        Assert.Equal("MaxDeliveryCountExceeded", dead.DeadLetterReason);
        Assert.Equal("plain", dead.DeadLetterSource);
    }

    [Fact]
    public async Task A_lock_that_runs_out_frees_the_message_and_its_token_is_worth_nothing()
    {
        await shelf.Send("plain", "1");
        var held = await shelf.Take(shelf.Queue);

        shelf.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Complete()));
        Assert.Equal(1, (await shelf.Take(shelf.Queue)).DeliveryCount);
    }

    [Fact]
    public async Task A_renewed_lock_lasts_from_the_renewal()
    {
        await shelf.Send("plain", "1");
        var held = await shelf.Take(shelf.Queue);

        shelf.Clock.Advance(TimeSpan.FromSeconds(59));
        var renewed = await shelf.Store.RenewLocksAsync(shelf.Queue, [held.LockToken!.Value]);
        shelf.Clock.Advance(TimeSpan.FromSeconds(59));

        Assert.Equal(held.LockedUntil!.Value.AddSeconds(59), Assert.Single(renewed!));
        Assert.True(await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Complete()));
        Assert.Null(await shelf.Store.RenewLocksAsync(shelf.Queue, [held.LockToken!.Value]));
    }

    [Fact]
    public async Task The_alarm_rings_when_a_lock_runs_out_and_tells_who_waits()
    {
        await shelf.Send("plain", "1");
        await shelf.Take(shelf.Queue);
        var told = new TaskCompletionSource<MessageQueue>(TaskCreationOptions.RunContinuationsAsynchronously);
        shelf.Store.MessagesAvailable += messageQueue => told.TrySetResult(messageQueue);

        shelf.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("plain", (await told.Task).Path);
    }

    [Fact]
    public async Task A_deferred_message_is_had_by_its_number_only()
    {
        var number = await shelf.Send("plain", "1");
        var held = await shelf.Take(shelf.Queue);
        await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Defer());

        Assert.Empty(await shelf.Store.ReceiveAsync(shelf.Queue, null, 1, keep: true));
        Assert.Null(await shelf.Store.ReceiveDeferredAsync(shelf.Queue, [number, number + 1], null, keep: true));
        var again = Assert.Single((await shelf.Store.ReceiveDeferredAsync(shelf.Queue, [number], null, keep: true))!);
        Assert.Null(await shelf.Store.ReceiveDeferredAsync(shelf.Queue, [number], null, keep: true));
        Assert.True(await shelf.Store.SettleAsync(shelf.Queue, again.LockToken!.Value, new Settlement.Complete()));
    }

    [Fact]
    public async Task A_deferred_message_whose_lock_runs_out_is_deferred_still()
    {
        var number = await shelf.Send("plain", "1");
        var held = await shelf.Take(shelf.Queue);
        await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Defer());
        await shelf.Store.ReceiveDeferredAsync(shelf.Queue, [number], null, keep: true);

        shelf.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(MessageStatus.Deferred, Assert.Single(await shelf.Store.PeekAsync(shelf.Queue, 0, null, 10)).Status);
    }

    [Fact]
    public async Task A_dead_letter_keeps_its_reason_and_can_be_sent_back()
    {
        var number = await shelf.Send("plain", "1");
        var held = await shelf.Take(shelf.Queue);
        await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.DeadLetter("bad-form", "$.request: missing."));
        shelf.Clock.Advance(TimeSpan.FromDays(400));

        var dead = Assert.Single(await shelf.Store.PeekAsync(shelf.Queue.DeadLetters!, 0, null, 10));
        Assert.Equal(("bad-form", "$.request: missing.", null), (dead.DeadLetterReason, dead.DeadLetterDescription, dead.ExpiresAt));
        Assert.True(await shelf.Store.ResubmitAsync(shelf.Queue, number));
        Assert.False(await shelf.Store.ResubmitAsync(shelf.Queue, number));
        Assert.Null((await shelf.Take(shelf.Queue)).DeadLetterReason);
    }

    [Fact]
    public async Task Receive_and_delete_leaves_nothing()
    {
        await shelf.Send("plain", "1");

        Assert.Null(Assert.Single(await shelf.Store.ReceiveAsync(shelf.Queue, null, 5, keep: false)).LockToken);
        Assert.Empty(await shelf.Ids(shelf.Queue));
    }

    [Fact]
    public async Task A_message_put_back_was_never_delivered()
    {
        await shelf.Send("plain", "1");
        var held = await shelf.Take(shelf.Queue);

        await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Released());

        Assert.Equal(0, (await shelf.Take(shelf.Queue)).DeliveryCount);
    }

    [Fact]
    public async Task Changed_properties_change_the_message()
    {
        await shelf.Send("plain", "1");
        var held = await shelf.Take(shelf.Queue);

        await shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Abandon { Rewrite = bare => [.. bare, 33] });

        Assert.Equal([.. held.Bare, 33], (await shelf.Take(shelf.Queue)).Bare);
    }

    [Fact]
    public async Task A_message_whose_life_ends_while_it_is_locked_can_be_settled_and_is_a_dead_letter_once_it_is_free()
    {
        await shelf.Send("plain", "1", timeToLive: TimeSpan.FromSeconds(30));
        await shelf.Send("plain", "2", timeToLive: TimeSpan.FromSeconds(30));
        var first = await shelf.Take(shelf.Queue);
        var second = await shelf.Take(shelf.Queue);
        shelf.Clock.Advance(TimeSpan.FromSeconds(40));
        await shelf.Store.CountAsync();

        Assert.True(await shelf.Store.SettleAsync(shelf.Queue, first.LockToken!.Value, new Settlement.Complete()));
        Assert.True(await shelf.Store.SettleAsync(shelf.Queue, second.LockToken!.Value, new Settlement.Released()));
        await shelf.Store.CountAsync();

        Assert.Equal(["2"], await shelf.Ids(shelf.Queue.DeadLetters!));
        Assert.Empty(await shelf.Store.ReceiveAsync(shelf.Queue, null, 1, keep: true));
    }

    [Fact]
    public async Task A_lock_that_runs_out_after_its_receiver_has_gone_is_no_failed_delivery_however_often()
    {
        await shelf.Send("plain", "1");
        for (var death = 0; death < 12; death++)
        {
            var isGone = false;
            var held = Assert.Single(await shelf.Store.ReceiveAsync(shelf.Queue, null, 1, keep: true, () => isGone));
            Assert.Equal(0, held.DeliveryCount);
            isGone = true;
            shelf.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public void Dispose() => shelf.Dispose();
}
