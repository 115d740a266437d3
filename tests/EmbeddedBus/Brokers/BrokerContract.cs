using System.Text;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.EmbeddedBus.Tests.Brokers;

/// <summary>What the hub's clients promise, whichever broker they talk to: Microsoft's for Service Bus, and the AMQP client for others.</summary>
public abstract class BrokerContract
{
    private static readonly string Closures = BusEntities.SchoolClosures.Name;
    private static readonly string Pushed = BusEntities.AssessmentsPushed.Name;
    private protected static readonly string Answers = BusEntities.AdviceResponses.Name;

    /// <summary>A broker with the hub's entities, empty.</summary>
    internal abstract Task<TestBroker> StartAsync();

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_reaches_the_agency_with_all_its_properties()
    {
        await using var broker = await StartAsync();
        var (sender, _) = broker.Hub(new ScriptedReceiver());

        var sent = await sender.SendAsync(BusEntities.AdviceRequests.Name, TestBroker.Event("330-X/1/1"), "330-X", "correlation", Stop);
        var reader = await broker.ReaderAsync(broker.SubscriptionAt(BusEntities.AdviceRequests.Name));
        var message = await reader.ReceiveAsync();
        reader.Accept(message);

        Assert.Equal(EffectResult.Done("330-X/1/1"), sent);
        Assert.Equal(("330-X/1/1", "330-X", "correlation", "application/json"), (message.Properties.MessageId, message.Properties.GroupId, message.Properties.CorrelationId, message.Properties.ContentType.ToString()));
        Assert.Equal(BusMessages.AdviceRequested, message.ApplicationProperties["cloudEvents_type"]);
        Assert.Equal(TestBroker.Agency.Value, message.ApplicationProperties[BusEntities.AgencyProperty]);
        Assert.Equal("{}", Encoding.UTF8.GetString(((Amqp.Framing.Data)message.BodySection).Binary));
    }

    [Fact]
    public async Task What_an_agency_sends_arrives_with_all_its_properties()
    {
        await using var broker = await StartAsync();
        var receiver = new ScriptedReceiver();
        await broker.Hub(receiver).Receiving.StartAsync(Stop);

        await broker.SendAsync(Answers, TestBroker.Said("a", "330-X"));
        var arrival = await receiver.NextAsync();

        Assert.Equal((Answers, "a", "330-X", "correlation of a", 1), (arrival.Entity, arrival.MessageId, arrival.SessionId, arrival.CorrelationId, arrival.DeliveryCount));
        Assert.Equal("application/json", arrival.Parts.ContentType);
        Assert.Equal("a", arrival.Parts.ApplicationProperties["cloudEvents:id"]);
        Assert.Equal("body of a", Encoding.UTF8.GetString(arrival.Parts.Body.Span));
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_the_receiver_has_answered()
    {
        await using var broker = await StartAsync();
        await broker.SendAsync(Closures, TestBroker.Said("a"));
        var silent = new ScriptedReceiver(_ => new TaskCompletionSource<BusDecision>().Task);
        var first = broker.Hub(silent).Receiving;
        await first.StartAsync(Stop);
        await silent.NextAsync();

        // As if the process had died between taking the message and putting it into the inbox.
        broker.Line.Cut();
        await first.StopAsync(Stop);
        await broker.LockEndsAsync();
        var second = new ScriptedReceiver();
        await broker.Hub(second).Receiving.StartAsync(Stop);

        Assert.Equal("a", (await second.NextAsync()).MessageId);
    }

    [Fact]
    public async Task What_was_completed_does_not_come_again()
    {
        await using var broker = await StartAsync();
        var receiver = new ScriptedReceiver();
        var (_, receiving) = broker.Hub(receiver);
        await receiving.StartAsync(Stop);
        await broker.SendAsync(Closures, TestBroker.Said("a"));
        await receiver.NextAsync();
        await receiving.StopAsync(Stop);
        await broker.LockEndsAsync();

        await broker.SendAsync(Closures, TestBroker.Said("b"));
        var second = new ScriptedReceiver();
        await broker.Hub(second).Receiving.StartAsync(Stop);

        Assert.Equal("b", (await second.NextAsync()).MessageId);
    }

    [Fact]
    public async Task What_cannot_be_taken_now_comes_again_and_so_does_what_the_hub_failed_on()
    {
        await using var broker = await StartAsync();
        var times = 0;
        var receiver = new ScriptedReceiver(_ => Interlocked.Increment(ref times) switch
        {
            1 => Task.FromResult(new BusDecision(Settlement.Abandon)),
            2 => Task.FromException<BusDecision>(new InvalidDataException("a fault of the hub")),
            _ => Task.FromResult(ScriptedReceiver.Complete),
        });
        await broker.Hub(receiver).Receiving.StartAsync(Stop);

        await broker.SendAsync(Closures, TestBroker.Said("a"));
        var deliveries = await receiver.NextAsync(3);

        Assert.All(deliveries, arrival => Assert.Equal("a", arrival.MessageId));
        Assert.Equal(broker.Options.ServiceBus ? [1, 2, 3] : [1, 1, 1], deliveries.Select(arrival => arrival.DeliveryCount));
    }

    [Fact]
    public async Task A_message_that_can_never_be_used_is_a_dead_letter_and_does_not_come_again()
    {
        await using var broker = await StartAsync();
        var receiver = new ScriptedReceiver(arrival => Task.FromResult(
            arrival.MessageId == "bad" ? new BusDecision(Settlement.DeadLetter, "NotOfTheSchema", "$.school: missing.") : ScriptedReceiver.Complete));
        await broker.Hub(receiver).Receiving.StartAsync(Stop);

        await broker.SendAsync(Closures, TestBroker.Said("bad"), TestBroker.Said("good"));
        var reader = await broker.ReaderAsync(broker.DeadLettersAt(Closures));
        var dead = await reader.ReceiveAsync();
        reader.Accept(dead);

        Assert.Equal("bad", dead.Properties.MessageId);
        Assert.Equal(["bad", "good"], (await receiver.NextAsync(2)).Select(arrival => arrival.MessageId).Order());
        if (broker.Options.ServiceBus)
        {
            Assert.Equal(("NotOfTheSchema", "$.school: missing."), (dead.ApplicationProperties["DeadLetterReason"], dead.ApplicationProperties["DeadLetterErrorDescription"]));
        }
    }

    [Fact]
    public async Task No_more_messages_are_here_unsettled_than_the_credit_says()
    {
        await using var broker = await StartAsync();
        broker.Options.Credit = 4;
        var go = new SemaphoreSlim(0);
        var (here, most) = (0, 0);
        var receiver = new ScriptedReceiver(async _ =>
        {
            var now = Interlocked.Increment(ref here);
            InterlockedMax(ref most, now);
            await go.WaitAsync(Stop);
            Interlocked.Decrement(ref here);
            return ScriptedReceiver.Complete;
        });
        await broker.SendAsync(Pushed, Enumerable.Range(0, 40).Select(n => TestBroker.Said($"m{n}")));
        await broker.Hub(receiver).Receiving.StartAsync(Stop);

        for (var n = 0; n < 40; n++)
        {
            await receiver.NextAsync();
            go.Release();
        }

        Assert.InRange(most, 1, 4);
        Assert.Equal(40, receiver.All.DistinctBy(arrival => arrival.MessageId).Count());
    }

    [Fact]
    public async Task A_line_that_breaks_is_mended_for_sending_and_receiving()
    {
        await using var broker = await StartAsync();
        var receiver = new ScriptedReceiver();
        var (sender, receiving) = broker.Hub(receiver);
        await receiving.StartAsync(Stop);
        await broker.SendAsync(Closures, TestBroker.Said("before"));
        await receiver.NextAsync();
        Assert.Equal(EffectFault.None, (await sender.SendAsync(BusEntities.AssessmentStatus.Name, TestBroker.Event("1"), null, null, Stop)).Fault);

        broker.Line.Cut();
        await broker.SendAsync(Closures, TestBroker.Said("after"));

        // As the outbox does: what was not done is tried again under the same id.
        EffectResult sent;
        do
        {
            sent = await sender.SendAsync(BusEntities.AssessmentStatus.Name, TestBroker.Event("2"), null, null, Stop);
            Assert.Contains(sent.Fault, new[] { EffectFault.None, EffectFault.Transient });
        }
        while (sent.Fault != EffectFault.None);

        // The broker may have given "after" to the receiver that was cut off before it noticed.
        await broker.LockEndsAsync();
        while ((await receiver.NextAsync()).MessageId != "after")
        {
            // "before" may come again: its acknowledgement may have been on the line.
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen; seen = Volatile.Read(ref most))
        {
        }
    }
}
