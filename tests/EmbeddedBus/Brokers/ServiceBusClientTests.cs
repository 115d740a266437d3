using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Tests.Wire;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.ServiceBus;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.EmbeddedBus.Tests.Brokers;

/// <summary>What the hub's client for Service Bus does beyond the contract of all clients: sessions, locks that are lost, dead letters, what senders write.</summary>
public sealed class ServiceBusClientTests : IAsyncLifetime
{
    private Station station = null!;
    private BrokerOptions options = null!;
    private ServiceBusClient client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ServiceBusSource Source => new(client, options);

    public async ValueTask InitializeAsync()
    {
        station = await Station.Start(TestBroker.Agency, now: DateTimeOffset.UtcNow);
        options = new BrokerOptions { Address = new Uri($"amqp://127.0.0.1:{station.Bus.Port}"), KeyName = "RootManageSharedAccessKey", Key = Station.RootSecret };
        client = ServiceBusConnection.Open(options, () => throw new InvalidOperationException());
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await station.DisposeAsync();
    }

    [Fact]
    public async Task A_session_gives_its_messages_in_order_and_ends_when_it_is_empty()
    {
        await station.SendAsync(BusEntities.AdviceResponses.Name, Station.Message("1", "a"), Station.Message("2", "a"), Station.Message("3", "a"));

        await using var session = (await Source.NextSessionAsync(BusEntities.AdviceResponses, Stop))!;
        var taken = new List<string?>();
        while (await session.NextAsync(Stop) is { } delivery)
        {
            taken.Add(delivery.Arrival.MessageId);
            await delivery.SettleAsync(ScriptedReceiver.Complete, Stop);
        }

        Assert.Equal(["1", "2", "3"], taken);
    }

    [Fact]
    public async Task A_session_whose_lock_is_lost_settles_nothing_and_its_message_comes_again()
    {
        await station.SendAsync(BusEntities.AdviceResponses.Name, Station.Message("1", "a"));
        await using var lost = (await Source.NextSessionAsync(BusEntities.AdviceResponses, Stop))!;
        var delivery = (await lost.NextAsync(Stop))!;

        station.Clock.Advance(BusEntities.AdviceResponses.LockDuration + TimeSpan.FromSeconds(1));
        await using var another = (await Source.NextSessionAsync(BusEntities.AdviceResponses, Stop))!;
        var again = (await another.NextAsync(Stop))!;

        await Assert.ThrowsAsync<BusInterruptedException>(async () => await delivery.SettleAsync(ScriptedReceiver.Complete, Stop));
        Assert.Null(await lost.NextAsync(Stop));
        Assert.Equal("1", again.Arrival.MessageId);
        await again.SettleAsync(ScriptedReceiver.Complete, Stop);
    }

    [Fact]
    public async Task A_message_whose_lock_is_lost_settles_nothing_and_comes_again_as_a_failed_delivery()
    {
        await station.SendAsync(BusEntities.SchoolClosures.Name, Station.Message("1"));
        await using var link = await Source.OpenAsync(BusEntities.SchoolClosures, 1, Stop);
        var delivery = (await link.NextAsync(Stop))!;

        station.Clock.Advance(BusEntities.SchoolClosures.LockDuration + TimeSpan.FromSeconds(1));
        var again = (await link.NextAsync(Stop))!;

        await Assert.ThrowsAsync<BusInterruptedException>(async () => await delivery.SettleAsync(ScriptedReceiver.Complete, Stop));
        Assert.Equal(("1", 2), (again.Arrival.MessageId, again.Arrival.DeliveryCount));
    }

    [Fact]
    public async Task A_bus_that_was_started_again_is_found_again_for_sending_and_for_sessions()
    {
        var sender = new ServiceBusSending(client);
        Assert.Equal(EffectFault.None, (await sender.SendAsync(BusEntities.AdviceResponses.Name, TestBroker.Event("1"), "a", null, Stop)).Fault);
        await using (var before = (await Source.NextSessionAsync(BusEntities.AdviceResponses, Stop))!)
        {
            Assert.Equal("1", (await before.NextAsync(Stop))!.Arrival.MessageId);
            await station.Restart();
        }

        Assert.Equal(EffectFault.None, (await sender.SendAsync(BusEntities.AdviceResponses.Name, TestBroker.Event("2"), "b", null, Stop)).Fault);
        var taken = new List<string?>();
        while (taken.Count < 2)
        {
            await using var session = (await Source.NextSessionAsync(BusEntities.AdviceResponses, Stop))!;
            var delivery = (await session.NextAsync(Stop))!;
            taken.Add(delivery.Arrival.MessageId);
            await delivery.SettleAsync(ScriptedReceiver.Complete, Stop);
        }

        Assert.Equal(["1", "2"], taken.Order());
    }

    [Fact]
    public async Task A_dead_letter_is_counted_read_and_put_back_with_a_reason_as_long_as_Service_Bus_takes()
    {
        var letters = new ServiceBusDeadLetters(client, station.Clock);
        await station.SendAsync(BusEntities.AdviceResponses.Name, Station.Message("1", "a"));
        await using (var session = (await Source.NextSessionAsync(BusEntities.AdviceResponses, Stop))!)
        {
            await (await session.NextAsync(Stop))!.SettleAsync(new BusDecision(Settlement.DeadLetter, "NotOfTheSchema", new string('x', 10_000)), Stop);
        }

        Assert.Equal(1, (await letters.CountAsync(Stop)).Single(count => count.Path == BusEntities.AdviceResponses.Name).Dead);
        var letter = Assert.Single(await letters.ReadAsync(BusEntities.AdviceResponses.Name, 10, Stop));
        Assert.Equal(("a", "NotOfTheSchema", 4096), (letter.SessionId, letter.Reason, letter.Description!.Length));

        Assert.Equal(ReturnResult.TooEarly, await letters.ReturnAsync(letter.Path, letter.SequenceNumber, Stop));
        station.Clock.Advance(BusEntities.AdviceResponses.DuplicateDetectionWindow!.Value + TimeSpan.FromMinutes(2));
        Assert.Equal(ReturnResult.Returned, await letters.ReturnAsync(letter.Path, letter.SequenceNumber, Stop));
        Assert.Equal(ReturnResult.Gone, await letters.ReturnAsync(letter.Path, letter.SequenceNumber, Stop));

        await using var again = (await Source.NextSessionAsync(BusEntities.AdviceResponses, Stop))!;
        var arrival = (await again.NextAsync(Stop))!.Arrival;
        Assert.Equal(("1", "a", "1"), (arrival.MessageId, arrival.SessionId, Encoding.UTF8.GetString(arrival.Parts.Body.Span)));
    }

    [Fact]
    public async Task What_lapsed_is_listed_and_left_where_it_lies()
    {
        var late = Station.Message("late");
        late.Header = new Header { Ttl = 1000 };
        await station.SendAsync(BusEntities.SchoolClosures.Name, late, Station.Message("lasting"));
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        var lapsed = new ServiceBusExpiredMessages(client);

        IReadOnlyList<ExpiredMessage> found;
        do
        {
            found = await lapsed.ListAsync(Stop);
        }
        while (found.Count == 0);

        Assert.Equal("late", Assert.Single(found).Arrival.MessageId);
        Assert.Equal("late", Assert.Single(await lapsed.ListAsync(Stop)).Arrival.MessageId);
    }

    public static TheoryData<string, Func<object>> Values => new()
    {
        { "id symbol", () => new Symbol("id-1") },
        { "id uuid", () => Guid.Parse("3f2b6c1e-7d0a-4a52-9f0e-0b6d3c1a2e4f") },
        { "source com.microsoft:uri", () => new DescribedValue(new Symbol("com.microsoft:uri"), "urn:agency") },
        { "time string", () => "2026-03-02T10:00:00Z" },
        { "time timestamp", () => new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc) },
        { "time com.microsoft:datetime-offset", () => new DescribedValue(new Symbol("com.microsoft:datetime-offset"), new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero).UtcTicks) },
        { "a1 com.microsoft:timespan", () => new DescribedValue(new Symbol("com.microsoft:timespan"), TimeSpan.FromMinutes(3).Ticks) },
        { "a1 int", () => 7 },
        { "a1 bool", () => true },
        { "a1 binary", () => new byte[] { 1, 2 } },
        { "a1 list", () => new List { 1, 2 } },
        { "body text", () => new AmqpValue { Value = "{}" } },
        { "body bytes", () => new AmqpValue { Value = "{}"u8.ToArray() } },
        { "body number", () => new AmqpValue { Value = 7 } },
        { "body sequence", () => new AmqpSequence { List = new List { "{}" } } },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task What_senders_write_means_the_same_through_either_client(string what, Func<object> value)
    {
        var message = TestBroker.Said("m1");
        message.ApplicationProperties = new ApplicationProperties
        {
            ["cloudEvents_specversion"] = "1.0",
            ["cloudEvents_id"] = "id-1",
            ["cloudEvents_source"] = "urn:agency",
            ["cloudEvents_type"] = BusMessages.SchoolClosurePublished,
        };
        if (value() is RestrictedDescribed body)
        {
            message.BodySection = body;
        }
        else
        {
            message.ApplicationProperties[$"cloudEvents_{what.Split(' ')[0]}"] = value();
        }

        var encoded = message.Encode();
        var expected = CloudEventBinding.Read(BrokerMessages.Read(BusEntities.SchoolClosures.Name, Message.Decode(encoded)).Parts);

        await station.SendAsync(BusEntities.SchoolClosures.Name, message);
        await using var link = await Source.OpenAsync(BusEntities.SchoolClosures, 1, Stop);
        var arrival = (await link.NextAsync(Stop))!.Arrival;
        var actual = CloudEventBinding.Read(arrival.Parts);

        Assert.Equal(("m1", "correlation of m1", "application/json"), (arrival.MessageId, arrival.CorrelationId, arrival.Parts.ContentType));
        Assert.Equal(expected.Problem, actual.Problem);
        Assert.Equal(
            expected.Value is { } e ? (e.Id, e.Source, e.Time, string.Join(',', e.Extensions), Encoding.UTF8.GetString(e.Data.Span)) : default,
            actual.Value is { } a ? (a.Id, a.Source, a.Time, string.Join(',', a.Extensions), Encoding.UTF8.GetString(a.Data.Span)) : default);
    }

    [Theory]
    [InlineData("amqps://example.servicebus.windows.net", BrokerLogin.Plain)]
    [InlineData("amqps://example.servicebus.windows.net", BrokerLogin.Anonymous)]
    [InlineData("amqp://example.servicebus.windows.net", BrokerLogin.SharedAccess)]
    [InlineData("amqp://localhost:5672", BrokerLogin.Entra)]
    public void A_login_that_Service_Bus_does_not_know_or_that_would_cross_a_network_in_the_clear_is_refused(string address, BrokerLogin login) =>
        Assert.Throws<RefusedStartException>(() => ServiceBusConnection.Open(new BrokerOptions { Address = new Uri(address), Login = login, KeyName = "k", Key = "s" }, () => throw new InvalidOperationException()));
}
