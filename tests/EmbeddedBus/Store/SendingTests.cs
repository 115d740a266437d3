using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Tests.Store;

public sealed class SendingTests : IDisposable
{
    private readonly Shelf shelf = new();

    [Fact]
    public async Task A_repeat_within_the_window_is_dropped_and_one_after_it_is_not()
    {
        await shelf.Send("plain", "1");

        Assert.Equal(0, await shelf.Send("plain", "1"));
        shelf.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotEqual(0, await shelf.Send("plain", "1"));

        Assert.Equal(["1", "1"], await shelf.Ids(shelf.Queue));
    }

    [Fact]
    public async Task A_topic_copies_a_message_into_the_subscriptions_whose_filter_it_matches()
    {
        await shelf.Send("topic", "1", agency: "A");
        await shelf.Send("topic", "2", agency: "a");

        Assert.Equal(["1"], await shelf.Ids(Subscription("a")));
        Assert.Empty(await shelf.Ids(Subscription("b")));
        Assert.Equal(["1", "2"], await shelf.Ids(Subscription("all")));
    }

    [Fact]
    public async Task A_scheduled_message_comes_at_its_hour_under_a_new_number()
    {
        var number = await shelf.Send("topic", "1", agency: "B", at: shelf.Clock.GetUtcNow().AddHours(2));

        Assert.Empty(await shelf.Ids(Subscription("b")));
        shelf.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Empty(await shelf.Ids(Subscription("a")));
        Assert.NotEqual(number, (await shelf.Take(Subscription("b"))).SequenceNumber);
    }

    [Fact]
    public async Task A_cancelled_message_never_comes()
    {
        var target = shelf.Store.Topology.FindTarget("plain")!;
        var number = await shelf.Send("plain", "1", at: shelf.Clock.GetUtcNow().AddMinutes(2));

        Assert.True(await shelf.Store.CancelScheduledAsync(target, [number]));
        Assert.False(await shelf.Store.CancelScheduledAsync(target, [number]));
        shelf.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Empty(await shelf.Ids(shelf.Queue));
    }

    [Fact]
    public async Task A_message_whose_time_to_live_ends_is_a_dead_letter()
    {
        await shelf.Send("plain", "short", timeToLive: TimeSpan.FromSeconds(5));
        await shelf.Send("plain", "longer-than-allowed", timeToLive: TimeSpan.FromDays(1));

        shelf.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["short"], await shelf.Ids(shelf.Queue.DeadLetters!));
        shelf.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["short", "longer-than-allowed"], await shelf.Ids(shelf.Queue.DeadLetters!));
        Assert.Equal("TTLExpiredException", (await shelf.Take(shelf.Queue.DeadLetters!)).DeadLetterReason);
    }

    [Fact]
    public async Task A_batch_is_taken_whole_or_not_at_all()
    {
        var target = shelf.Store.Topology.FindTarget("sessions")!;

        var outcome = await shelf.Store.SendAsync(target, [Shelf.Message("1", "s"), Shelf.Message("2")]);

        Assert.IsType<SendOutcome.Refused>(outcome);
        Assert.Empty(await shelf.Ids(shelf.SessionQueue));
    }

    [Fact]
    public async Task A_bad_piece_of_work_does_not_take_its_neighbours_with_it()
    {
        await shelf.Send("plain", "1");
        var held = await shelf.Take(shelf.Queue);
        var bad = shelf.Store.SettleAsync(shelf.Queue, held.LockToken!.Value, new Settlement.Abandon { Rewrite = _ => throw new FormatException("bad") });
        var good = Enumerable.Range(2, 50).Select(i => shelf.Send("plain", $"{i}")).ToList();

        await Assert.ThrowsAsync<FormatException>(() => bad);
        await Task.WhenAll(good);

        Assert.Equal(51, (await shelf.Ids(shelf.Queue)).Length);
    }

    [Fact]
    public async Task Counts_say_what_waits_where()
    {
        var first = shelf.Clock.GetUtcNow();
        await shelf.Send("plain", "1");
        await shelf.Send("plain", "2", at: shelf.Clock.GetUtcNow().AddMinutes(2));
        await shelf.Send("plain", "3", timeToLive: TimeSpan.FromSeconds(1));
        shelf.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains(new MessageQueueCount("plain", 1, 1, 0, 1, first), await shelf.Store.CountAsync());
    }

    [Theory]
    [InlineData("PLAIN/$DeadLetterQueue", "plain/$deadletterqueue")]
    [InlineData("amqp://localhost/topic/subscriptions/ALL", "topic/Subscriptions/all")]
    public void Addresses_are_found_whatever_their_case(string address, string path) => Assert.Equal(path, shelf.Store.Topology.FindQueue(address)!.Path);

    public void Dispose() => shelf.Dispose();

    private MessageQueue Subscription(string name) => shelf.Store.Topology.FindQueue($"topic/Subscriptions/{name}")!;
}
