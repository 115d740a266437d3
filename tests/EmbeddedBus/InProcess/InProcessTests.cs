using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Tests.Brokers;
using IntegrationHub.EmbeddedBus.Tests.Wire;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.EmbeddedBus.Tests.InProcess;

/// <summary>The hub on its own bus, without a line between them.</summary>
public sealed class InProcessTests : IAsyncLifetime
{
    private static readonly string Answers = BusEntities.AdviceResponses.Name;
    private static readonly string Closures = BusEntities.SchoolClosures.Name;

    private Station station = null!;
    private BusReceiving? receiving;
    private BackgroundWork? work;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => station = await Station.Start(TestBroker.Agency);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await station.DisposeAsync();
    }

    [Fact]
    public async Task Each_session_keeps_its_order_and_one_that_is_stuck_holds_up_no_other()
    {
        var receiver = new ScriptedReceiver(arrival => arrival.SessionId == "stuck" ? new TaskCompletionSource<BusDecision>().Task : Task.FromResult(ScriptedReceiver.Complete));
        await StartAsync(receiver);

        await station.SendAsync(Answers, [Station.Message("s1", "stuck"), .. Enumerable.Range(0, 40).Select(n => Station.Message($"{n}", $"session-{n % 5}")), Station.Message("s2", "stuck")]);
        var arrived = (await receiver.NextAsync(41)).Where(arrival => arrival.SessionId != "stuck").ToList();

        Assert.All(arrived.GroupBy(arrival => arrival.SessionId), session =>
            Assert.Equal(session.Select(Number).Order(), session.Select(Number)));
        Assert.DoesNotContain(receiver.All, arrival => arrival.MessageId == "s2");
    }

    [Fact]
    public async Task A_handler_that_takes_longer_than_any_lock_is_not_disturbed()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiver = new ScriptedReceiver(async _ =>
        {
            await go.Task;
            return ScriptedReceiver.Complete;
        });
        await StartAsync(receiver);
        await station.SendAsync(Answers, Station.Message("1", "x"));
        await station.SendAsync(Closures, Station.Message("2"));
        await receiver.NextAsync(2);

        station.Clock.Advance(TimeSpan.FromHours(1));
        go.SetResult();
        await EmptyAsync();

        Assert.Equal(2, receiver.All.Count);
    }

    [Fact]
    public async Task Shutting_down_is_no_failed_delivery_however_often()
    {
        await station.SendAsync(Answers, Station.Message("1", "x"));
        await station.SendAsync(Closures, Station.Message("2"));
        for (var n = 0; n < 12; n++)
        {
            var silent = new ScriptedReceiver(_ => new TaskCompletionSource<BusDecision>().Task);
            await StartAsync(silent);
            Assert.All(await silent.NextAsync(2), arrival => Assert.Equal(1, arrival.DeliveryCount));
            await StopAsync();
        }

        Assert.All(await station.Bus.CountAsync(), count => Assert.Equal(0, count.DeadLetters));
    }

    [Fact]
    public async Task A_message_that_a_handler_fails_counts_and_a_dead_letter_has_its_reason()
    {
        var times = 0;
        var receiver = new ScriptedReceiver(_ => Interlocked.Increment(ref times) switch
        {
            1 => Task.FromResult(new BusDecision(Settlement.Abandon)),
            2 => Task.FromException<BusDecision>(new InvalidDataException("a fault of the hub")),
            _ => Task.FromResult(new BusDecision(Settlement.DeadLetter, "NotOfTheSchema", "$.school: missing.")),
        });
        await StartAsync(receiver, TimeProvider.System);
        await station.SendAsync(Closures, Station.Message("1"));

        Assert.Equal([1, 2, 3], (await receiver.NextAsync(3)).Select(arrival => arrival.DeliveryCount));
        await EmptyAsync();
        var letter = Assert.Single((await station.Bus.DeadLettersAsync(Closures))!);
        Assert.Equal(("NotOfTheSchema", "$.school: missing."), (letter.DeadLetterReason, letter.DeadLetterDescription));
    }

    [Fact]
    public async Task At_its_last_delivery_a_message_that_a_handler_fails_is_given_up_by_the_hub()
    {
        var receiver = new ScriptedReceiver(_ => Task.FromException<BusDecision>(new InvalidDataException("a fault of the hub")), new BusDecision(Settlement.DeadLetter, "MaxDeliveryCountExceeded", "told"));
        await station.SendAsync(Closures, Station.Message("1"));
        var link = new Amqp.ReceiverLink(new Amqp.Session(await station.Connect()), "other", Closures);
        for (var n = 1; n < BusEntities.SchoolClosures.MaxDeliveryCount; n++)
        {
            link.Modify(await link.ReceiveAsync(), deliveryFailed: true);
        }

        await link.CloseAsync();
        await StartAsync(receiver, TimeProvider.System);

        await EmptyAsync();
        var letter = Assert.Single((await station.Bus.DeadLettersAsync(Closures))!);
        Assert.Equal(("MaxDeliveryCountExceeded", "told"), (letter.DeadLetterReason, letter.DeadLetterDescription));
        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task What_lapses_is_found_with_whoever_sent_it()
    {
        var message = Station.Message("1");
        message.Header = new Amqp.Framing.Header { Ttl = 1_000 };
        await station.SendAsync(Closures, message, Station.Message("2"));
        station.Clock.Advance(TimeSpan.FromSeconds(2));
        await station.SendAsync(Closures, Station.Message("3"));

        var lapsed = Assert.Single(await station.Bus.ExpiredMessages().ListAsync(Stop));

        Assert.Equal(("1", Closures), (lapsed.Arrival.MessageId, lapsed.Arrival.Entity));
        Assert.NotNull(lapsed.Arrival.SentBy);
    }

    [Fact]
    public async Task What_the_hub_sends_reaches_the_agency()
    {
        var sent = await station.Bus.Sender().SendAsync(BusEntities.AdviceRequests.Name, TestBroker.Event("330-X/1/1"), "330-X", "correlation", Stop);

        Assert.Equal(EffectResult.Done("330-X/1/1"), sent);
        var count = (await station.Bus.CountAsync()).Single(one => one.Path.EndsWith(BusEntities.SubscriptionName(TestBroker.Agency), StringComparison.Ordinal) && one.Path.StartsWith(BusEntities.AdviceRequests.Name, StringComparison.Ordinal));
        Assert.Equal(1, count.Active);
        Assert.Equal(EffectFault.NeedsHuman, (await station.Bus.Sender().SendAsync("nowhere", TestBroker.Event("1"), null, null, Stop)).Fault);
    }

    private static int Number(ReceivedBusMessage arrival) => int.Parse(arrival.MessageId!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task StartAsync(IBusReceiver receiver, TimeProvider? time = null)
    {
        work = new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
        receiving = new BusReceiving(station.Bus.Source(16, 16), receiver, work, time ?? station.Clock, NullLogger<BusReceiving>.Instance);
        await receiving.StartAsync(Stop);
    }

    private async Task StopAsync()
    {
        if (receiving is not null)
        {
            await receiving.StopAsync(CancellationToken.None);
            receiving.Dispose();
            work!.Dispose();
            receiving = null;
        }
    }

    private async Task EmptyAsync()
    {
        while ((await station.Bus.CountAsync()).Any(count => count.Active > 0))
        {
            await Task.Delay(5, Stop);
        }
    }
}
