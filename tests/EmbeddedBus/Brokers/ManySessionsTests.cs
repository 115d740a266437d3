using System.Collections.Concurrent;
using Amqp;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Tests.Wire;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.ServiceBus;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.EmbeddedBus.Tests.Brokers;

/// <summary>The hub's client for Service Bus takes many sessions at once: its connection is never reset, and nothing is delivered twice.</summary>
public sealed class ManySessionsTests
{
    private const int Sessions = 150;
    private const int Each = 3;

    [Theory]
    [InlineData(32)]
    [InlineData(200)]
    public async Task No_connection_is_reset_and_each_message_comes_once(int atOnce)
    {
        await using var station = await Station.Start(TestBroker.Agency, now: DateTimeOffset.UtcNow);
        var sender = new SenderLink(new Session(await station.Connect()), "s", BusEntities.AdviceResponses.Name);
        await Task.WhenAll(Enumerable.Range(0, Sessions * Each).Select(n => sender.SendAsync(Station.Message($"{n}", $"session-{n % Sessions}"))));
        var options = new BrokerOptions
        {
            Address = new Uri($"amqp://127.0.0.1:{station.Bus.Port}"),
            KeyName = "RootManageSharedAccessKey",
            Key = Station.RootSecret,
            Sessions = atOnce,
        };
        await using var client = ServiceBusConnection.Open(options, () => throw new InvalidOperationException());
        var (receiver, log) = (new ScriptedReceiver(), new Faults());
        using var work = new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
        using var receiving = new BusReceiving(new ServiceBusSource(client, options), receiver, work, TimeProvider.System, log);

        await receiving.StartAsync(TestContext.Current.CancellationToken);
        var arrived = await receiver.NextAsync(Sessions * Each);
        while ((await station.Bus.CountAsync()).Any(count => count.Active > 0))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await receiving.StopAsync(CancellationToken.None);
        Assert.Empty(log.Said);
        Assert.All(arrived, arrival => Assert.Equal(1, arrival.DeliveryCount));
        Assert.Equal(Sessions * Each, receiver.All.Count);
    }

    /// <summary>A session that has just been given back has something again at once: whoever comes between is heard, well before a client's patience ends.</summary>
    [Fact]
    public async Task A_session_that_empties_and_fills_again_waits_for_nobody()
    {
        await using var broker = new EmbeddedBroker(await Station.Start(TestBroker.Agency, now: DateTimeOffset.UtcNow));
        broker.Options.SessionIdle = TimeSpan.FromMilliseconds(2);
        var receiver = new ScriptedReceiver();
        await broker.Hub(receiver).Receiving.StartAsync(TestContext.Current.CancellationToken);
        var link = new SenderLink(new Session(await broker.ConnectAsync()), "s", BusEntities.AdviceResponses.Name);

        for (var n = 0; n < 200; n++)
        {
            await link.SendAsync(Station.Message($"{n}", $"session-{n % 5}"));
            if (n % 3 == 0)
            {
                await Task.Delay(n % 7, TestContext.Current.CancellationToken);
            }
        }

        var arrived = await receiver.NextAsync(200).WaitAsync(broker.Options.Patience * 0.75, TestContext.Current.CancellationToken);
        Assert.All(arrived, arrival => Assert.Equal(1, arrival.DeliveryCount));
    }

    private sealed class Faults : ILogger<BusReceiving>
    {
        internal ConcurrentQueue<string> Said { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue(formatter(state, exception));
    }
}
