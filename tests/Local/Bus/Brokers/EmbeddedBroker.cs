using Amqp;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Local.Tests.Bus.Wire;

namespace IntegrationHub.Local.Tests.Bus.Brokers;

/// <summary>The hub's client on the embedded bus, with tokens as on Azure.</summary>
public sealed class OnTheEmbeddedBus : BrokerContract
{
    internal override async Task<TestBroker> StartAsync() => new EmbeddedBroker(await Station.Start(TestBroker.Agency));

    [Fact]
    public async Task Each_assessment_keeps_its_order_and_one_that_is_stuck_holds_up_no_other()
    {
        await using var broker = await StartAsync();
        var receiver = new ScriptedReceiver(arrival => arrival.SessionId == "stuck" ? new TaskCompletionSource<BusVerdict>().Task : Task.FromResult(ScriptedReceiver.Complete));
        await broker.Hub(receiver).Receiving.StartAsync(Stop);

        await broker.SendAsync(Answers, [TestBroker.Said("s1", "stuck"), .. Enumerable.Range(0, 20).Select(n => TestBroker.Said($"x{n}", $"session-{n % 5}")), TestBroker.Said("s2", "stuck")]);
        var arrived = await receiver.NextAsync(21);

        // In order within each assessment; the second of the stuck one waits for the first.
        Assert.DoesNotContain(arrived, arrival => arrival.MessageId == "s2");
        Assert.All(arrived.GroupBy(arrival => arrival.SessionId), session =>
            Assert.Equal(session.Select(a => int.Parse(a.MessageId![1..], System.Globalization.CultureInfo.InvariantCulture)).Order(), session.Select(a => int.Parse(a.MessageId![1..], System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends()
    {
        await using var station = await Station.Start(TestBroker.Agency);
        var options = new BrokerOptions { Address = new Uri($"amqp://localhost:{station.Bus.Port}"), KeyName = "RootManageSharedAccessKey", Key = Station.RootSecret };
        var tokens = new CountedTokens(new SharedAccessTokens(options.KeyName, options.Key, station.Clock));
        await using var connection = new BrokerConnection(options, tokens, station.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<BrokerConnection>.Instance);
        var sender = new BrokerSender(connection);
        await SendAsync("1");

        for (var n = 1; n <= 5; n++)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(50));
            await tokens.AskedAsync(n + 1);
            await SendAsync($"after {n}");
        }

        async Task SendAsync(string id)
        {
            // The broker may know the new token an instant after the client asked for it.
            var sent = await sender.SendAsync(BusEntities.AssessmentStatus.Name, TestBroker.Event(id.Replace(' ', '-')), null, null, TestContext.Current.CancellationToken);
            Assert.Equal(Orchestrations.Turns.EffectFault.None, sent.Fault);
        }
    }

    [Fact]
    public async Task A_refused_token_is_news_for_a_person()
    {
        await using var station = await Station.Start(TestBroker.Agency);
        var options = new BrokerOptions { Address = new Uri($"amqp://localhost:{station.Bus.Port}"), KeyName = "RootManageSharedAccessKey", Key = "another" };
        await using var connection = new BrokerConnection(
            options, new SharedAccessTokens(options.KeyName, options.Key, station.Clock), station.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<BrokerConnection>.Instance);

        var sent = await new BrokerSender(connection).SendAsync(BusEntities.AssessmentStatus.Name, TestBroker.Event("1"), null, null, TestContext.Current.CancellationToken);

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

    internal override IBrokerTokens Tokens => new SharedAccessTokens(Options.KeyName, Options.Key, station.Clock);

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

/// <summary>Tokens, and how many were asked for.</summary>
internal sealed class CountedTokens(IBrokerTokens inner) : IBrokerTokens
{
    private readonly SemaphoreSlim asked = new(0);
    private int seen;

    public async ValueTask<BrokerToken> GetAsync(string audience, CancellationToken cancellation)
    {
        var token = await inner.GetAsync(audience, cancellation);
        asked.Release();
        return token;
    }

    internal async Task AskedAsync(int times)
    {
        for (; seen < times; seen++)
        {
            await asked.WaitAsync(TestContext.Current.CancellationToken);
        }
    }
}
