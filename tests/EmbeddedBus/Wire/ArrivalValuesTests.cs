using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies.Broker;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>Attributes of an event in each AMQP type that clients write them in, encoded and decoded as on the wire.</summary>
public sealed class ArrivalValuesTests
{
    private const string Id = "3f2b6c1e-7d0a-4a52-9f0e-0b6d3c1a2e4f";
    private const string Reference = "urn:integrationhub:330";
    private static readonly DateTimeOffset Instant = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly string[] Texts = ["id", "source", "type", "subject", "dataschema", "specversion", "agency"];

    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var name in Texts)
            {
                cells.Add(name, "string");
                cells.Add(name, "symbol");
            }

            cells.Add("id", "uuid");
            cells.Add("source", "com.microsoft:uri");
            cells.Add("subject", "com.microsoft:uri");
            cells.Add("dataschema", "com.microsoft:uri");
            cells.Add("time", "string");
            cells.Add("time", "symbol");
            cells.Add("time", "timestamp");
            cells.Add("time", "com.microsoft:datetime-offset");
            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void An_attribute_means_the_same_in_every_type(string name, string type)
    {
        var plain = Plain();
        var expected = Read(plain);

        var actual = Read(new Dictionary<string, object>(plain) { [name] = As(type, plain[name]) });

        Assert.Equal("", actual.Problem);
        Assert.Equal(expected.Value! with { Extensions = actual.Value!.Extensions, Data = default }, actual.Value with { Data = default });
        Assert.Equal(expected.Value.Extensions, actual.Value.Extensions);
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    public void An_instant_outside_the_calendar_is_refused(long ticks)
    {
        var given = Plain();
        given["time"] = new DescribedValue(new Symbol("com.microsoft:datetime-offset"), ticks);

        Assert.Equal("time: must be an RFC 3339 timestamp.", Read(given).Problem);
    }

    private static Dictionary<string, object> Plain() => new(StringComparer.Ordinal)
    {
        ["specversion"] = "1.0",
        ["id"] = Id,
        ["source"] = Reference,
        ["type"] = BusMessages.AdviceReminder,
        ["subject"] = Reference,
        ["dataschema"] = Reference,
        ["agency"] = "urn:100001",
        ["time"] = "2026-03-02T10:00:00Z",
    };

    private static object As(string type, object text) => type switch
    {
        "symbol" => new Symbol((string)text),
        "uuid" => Guid.Parse((string)text),
        "timestamp" => Instant.UtcDateTime,
        "com.microsoft:uri" => new DescribedValue(new Symbol(type), text),
        "com.microsoft:datetime-offset" => new DescribedValue(new Symbol(type), Instant.UtcTicks),
        _ => text,
    };

    private static Reading<CloudEvent> Read(Dictionary<string, object> attributes)
    {
        var message = new Message
        {
            Properties = new Properties { ContentType = "application/json; charset=utf-8" },
            ApplicationProperties = new ApplicationProperties(),
            BodySection = new Data { Binary = "{}"u8.ToArray() },
        };
        foreach (var (name, value) in attributes)
        {
            message.ApplicationProperties[CloudEventBinding.Prefix + name] = value;
        }

        var encoded = message.Encode();
        return CloudEventBinding.Read(BrokerMessages.Read(BusEntities.SchoolClosures.Name, Message.Decode(encoded)).Parts);
    }
}
