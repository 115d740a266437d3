using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.EmbeddedBus.Tests.Clients;

/// <summary>Events whose attributes Microsoft's .NET client writes as .NET values, sent by it over a line and read as the hub reads them.</summary>
public sealed class DotNetAttributeTests : IAsyncLifetime
{
    private const string Id = "3f2b6c1e-7d0a-4a52-9f0e-0b6d3c1a2e4f";
    private static readonly DateTimeOffset Instant = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private ClientBus bus = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => bus = await ClientBus.StartAsync();

    public ValueTask DisposeAsync() => bus.DisposeAsync();

    /// <summary>The attribute and the value that the client is given for it.</summary>
    public static TheoryData<string, Func<object>> Values => new()
    {
        { "time DateTimeOffset", () => Instant },
        { "time DateTimeOffset elsewhere", () => Instant.ToOffset(TimeSpan.FromHours(5)) },
        { "time DateTime", () => Instant.UtcDateTime },
        { "time string", () => "2026-03-02T11:00:00+01:00" },
        { "id Guid", () => Guid.Parse(Id) },
        { "source Uri", () => new Uri("urn:agency") },
        { "subject Uri", () => new Uri("about", UriKind.Relative) },
        { "dataschema Uri", () => new Uri("urn:schema") },
        { "a1 TimeSpan", () => TimeSpan.FromMinutes(3) },
        { "a1 bool", () => true },
        { "a1 byte", () => (byte)7 },
        { "a1 sbyte", () => (sbyte)-7 },
        { "a1 short", () => (short)7 },
        { "a1 ushort", () => (ushort)7 },
        { "a1 int", () => 7 },
        { "a1 uint", () => 7U },
        { "a1 long", () => 7L },
        { "a1 ulong", () => 7UL },
        { "a1 float", () => 1.5F },
        { "a1 double", () => 1.5 },
        { "a1 char", () => 'c' },
        { "a1 Guid", () => Guid.Parse(Id) },
        { "a1 DateTimeOffset", () => Instant },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task The_hub_reads_the_event(string attribute, Func<object> value)
    {
        var name = attribute.Split(' ')[0];
        var sent = new ServiceBusMessage("{}")
        {
            MessageId = Id,
            ContentType = "application/json",
            ApplicationProperties =
            {
                ["cloudEvents_specversion"] = "1.0",
                ["cloudEvents_id"] = Id,
                ["cloudEvents_source"] = "urn:agency",
                ["cloudEvents_type"] = BusMessages.SchoolClosurePublished,
                [$"cloudEvents_{name}"] = value(),
            },
        };
        await using var client = bus.Client();
        await using var sender = client.CreateSender(BusEntities.SchoolClosures.Name);
        await sender.SendMessageAsync(sent, Stop);

        await using var link = await bus.Server.Source(1, 1).OpenAsync(BusEntities.SchoolClosures, 1, Stop);
        var reading = CloudEventBinding.Read((await link.NextAsync(Stop))!.Arrival.Parts);

        Assert.Equal("", reading.Problem);
        var read = reading.Value!;
        Assert.Equal((Id, "urn:agency", BusMessages.SchoolClosurePublished), (read.Id, read.Source, read.Type));
        Assert.Equal(name == "time" ? Instant : null, read.Time);
        Assert.Equal(name == "subject" ? "about" : null, read.Subject);
        Assert.Equal(name == "dataschema" ? "urn:schema" : null, read.DataSchema);
        Assert.Equal(name == "a1", read.Extensions.TryGetValue("a1", out var text) && text.Length > 0);
    }
}
