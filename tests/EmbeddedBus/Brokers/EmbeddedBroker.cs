using Amqp;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Tests.Wire;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.ServiceBus;

namespace IntegrationHub.EmbeddedBus.Tests.Brokers;

/// <summary>The hub's client for Service Bus, which is Microsoft's, on the embedded bus: with tokens as on Azure.</summary>
public sealed class OnTheEmbeddedBus : BrokerContract
{
    internal override async Task<TestBroker> StartAsync() => new EmbeddedBroker(await Station.Start(TestBroker.Agency, now: DateTimeOffset.UtcNow));

    /// <summary>By it a message that names another agency than its sender is known.</summary>
    [Fact]
    public async Task The_key_with_which_a_message_was_sent_is_known()
    {
        await using var broker = await StartAsync();
        var receiver = new ScriptedReceiver();
        await broker.Hub(receiver).Receiving.StartAsync(Stop);

        await broker.SendAsync(Answers, TestBroker.Said("a", "330-X"));

        Assert.Equal(BusKey.RootName, (await receiver.NextAsync()).SentBy);
    }

    [Fact]
    public async Task Each_assessment_keeps_its_order_and_one_that_is_stuck_holds_up_no_other()
    {
        await using var broker = await StartAsync();
        var receiver = new ScriptedReceiver(arrival => arrival.SessionId == "stuck" ? new TaskCompletionSource<BusDecision>().Task : Task.FromResult(ScriptedReceiver.Complete));
        await broker.Hub(receiver).Receiving.StartAsync(Stop);

        await broker.SendAsync(Answers, [TestBroker.Said("s1", "stuck"), .. Enumerable.Range(0, 20).Select(n => TestBroker.Said($"x{n}", $"session-{n % 5}")), TestBroker.Said("s2", "stuck")]);
        var arrived = await receiver.NextAsync(21);

        // In order within each assessment; the second of the stuck one waits for the first.
        Assert.DoesNotContain(arrived, arrival => arrival.MessageId == "s2");
        Assert.All(arrived.GroupBy(arrival => arrival.SessionId), session =>
            Assert.Equal(session.Select(a => int.Parse(a.MessageId![1..], System.Globalization.CultureInfo.InvariantCulture)).Order(), session.Select(a => int.Parse(a.MessageId![1..], System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task A_refused_token_is_news_for_a_person()
    {
        await using var station = await Station.Start(TestBroker.Agency);
        var options = new BrokerOptions { Address = new Uri($"amqp://localhost:{station.Bus.Port}"), KeyName = "RootManageSharedAccessKey", Key = "another" };
        await using var client = ServiceBusConnection.Open(options, () => throw new InvalidOperationException());

        var sent = await new ServiceBusSending(client).SendAsync(BusEntities.AssessmentStatus.Name, TestBroker.Event("1"), null, null, Stop);

        Assert.Equal(Orchestrations.Turns.EffectFault.NeedsHuman, sent.Fault);
    }
}

internal sealed class EmbeddedBroker : TestBroker
{
    private readonly Station station;

    internal EmbeddedBroker(Station station)
    {
        this.station = station;
        Line = new CuttableLine(station.Bus.Port);
        Options = new BrokerOptions
        {
            Address = new Uri($"amqp://127.0.0.1:{Line.Port}"),
            Login = BrokerLogin.SharedAccess,
            KeyName = "RootManageSharedAccessKey",
            Key = Station.RootSecret,
            Sessions = 8,
        };
    }

    internal override BrokerOptions Options { get; }

    internal override CuttableLine Line { get; }

    private protected override (IBusSender Sender, IBusSource Source, IAsyncDisposable Client) Open()
    {
        var client = ServiceBusConnection.Open(Options, () => throw new InvalidOperationException("It proves itself by a key."));
        return (new ServiceBusSending(client), new ServiceBusSource(client, Options), client);
    }

    internal override string SubscriptionAt(string topic) => $"{topic}/Subscriptions/{BusEntities.SubscriptionName(Agency)}";

    internal override string DeadLettersAt(string queue) => $"{queue}/$deadletterqueue";

    internal override Task<Connection> ConnectAsync() => station.Connect();

    internal override async Task LockEndsAsync()
    {
        // What a receiver settled before it went is written before this is counted; the clock would overtake it.
        await station.Bus.CountAsync();
        station.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await station.DisposeAsync();
    }
}
