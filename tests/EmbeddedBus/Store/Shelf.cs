using System.Text;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.EmbeddedBus.Tests.Store;

/// <summary>A store in a folder of its own, under a clock that only the test moves.</summary>
internal sealed class Shelf : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-bus-").FullName;

    private readonly SenderLimits? bounds;

    internal Shelf(SenderLimits? bounds = null)
    {
        this.bounds = bounds;
        Store = Open();
    }

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    internal BusStore Store { get; private set; }

    internal string File => Path.Combine(folder, "bus.db");

    internal MessageQueue Queue => Store.Topology.FindQueue("plain")!;

    internal MessageQueue SessionQueue => Store.Topology.FindQueue("sessions")!;

    internal void Reopen()
    {
        Store.Dispose();
        Store = Open();
    }

    internal async Task<long> Send(string target, string id, string? session = null, TimeSpan? timeToLive = null, DateTimeOffset? at = null, string? agency = null)
    {
        var outcome = await Store.SendAsync(Store.Topology.FindTarget(target)!, [Message(id, session, timeToLive, at, agency)]);
        return Assert.IsType<SendOutcome.Stored>(outcome).SequenceNumbers.Single();
    }

    internal async Task<StoredMessage> Take(MessageQueue messageQueue, HeldSession? session = null) =>
        Assert.Single(await Store.ReceiveAsync(messageQueue, session, 1, keep: true));

    internal async Task<string[]> Ids(MessageQueue messageQueue) => [.. (await Store.PeekAsync(messageQueue, 0, null, 1000)).Select(message => message.MessageId!)];

    internal static NewMessage Message(string id, string? session = null, TimeSpan? timeToLive = null, DateTimeOffset? at = null, string? agency = null) => new()
    {
        MessageId = id,
        SessionId = session,
        TimeToLive = timeToLive,
        ScheduledFor = at,
        Bare = [0, 0x53, .. Encoding.UTF8.GetBytes(id)],
        Property = name => name == "agency" ? agency : null,
    };

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private BusStore Open() => new(File, Entities(), Clock, bounds: bounds);

    private static Topology Entities() => new(
        [
            new BusEntity { Name = "plain", Kind = BusEntityKind.Queue, Purpose = "", MaxDeliveryCount = 3, DefaultTimeToLive = TimeSpan.FromHours(1) },
            new BusEntity { Name = "sessions", Kind = BusEntityKind.Queue, Purpose = "", RequiresSession = true, MaxDeliveryCount = 3 },
            new BusEntity { Name = "topic", Kind = BusEntityKind.Topic, Purpose = "" },
        ],
        [
            new BusSubscription("topic", "a", new CorrelationFilter("agency", "A")),
            new BusSubscription("topic", "b", new CorrelationFilter("agency", "B")),
            new BusSubscription("topic", "all", null),
        ]);
}
