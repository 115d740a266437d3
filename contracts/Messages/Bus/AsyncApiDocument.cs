using System.Text.Json.Nodes;
using System.Xml;

namespace IntegrationHub.Contracts.Bus;

/// <summary>The bus as an AsyncAPI 3 document: entities as channels, messages with their headers, who sends and who receives.</summary>
internal static class AsyncApiDocument
{
    internal static JsonObject Build() => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "IntegrationHub bus",
            ["version"] = "1.0.0",
            ["description"] = "How schools, colleges, psychologists and social care exchange messages with the hub over AMQP 1.0 (Azure Service Bus or the embedded bus). "
                + "Every message is a CloudEvent 1.0 in binary mode (cloudEvents_ preferred; cloudEvents: and structured mode are understood). "
                + "The AMQP message-id is the event's id, and the correlation-id is preserved. Documents are sent by claim check: a message carries the token, size, content type and SHA-256 of each document.",
            ["license"] = new JsonObject { ["name"] = "MIT" },
        },
        ["defaultContentType"] = "application/json",
        ["channels"] = Map(BusEntities.All, entity => entity.Name, Channel),
        ["operations"] = Map(BusEntities.All, entity => (IsFromHub(entity) ? "hubSends-" : "hubReceives-") + entity.Name, Operation),
        ["components"] = new JsonObject { ["messages"] = Map(BusMessages.All, message => message.Type, Message) },
    };

    private static bool IsFromHub(BusEntity entity) => entity.Kind == BusEntityKind.Topic;

    private static IEnumerable<BusMessage> MessagesOf(BusEntity entity) => BusMessages.All.Where(message => message.Entity == entity);

    private static JsonObject Channel(BusEntity entity) => new()
    {
        ["address"] = entity.Name,
        ["description"] = entity.Purpose,
        ["messages"] = Map(MessagesOf(entity), message => message.Type, message => Ref($"#/components/messages/{message.Type}")),
        ["x-service-bus"] = Settings(entity),
    };

    private static JsonObject Settings(BusEntity entity) => new()
    {
        ["kind"] = entity.Kind == BusEntityKind.Queue ? "queue" : "topic",
        ["requiresSession"] = entity.RequiresSession,
        ["duplicateDetectionHistoryTimeWindow"] = entity.DuplicateDetectionWindow is { } window ? XmlConvert.ToString(window) : null,
        ["lockDuration"] = XmlConvert.ToString(entity.LockDuration),
        ["maxDeliveryCount"] = entity.MaxDeliveryCount,
        ["defaultMessageTimeToLive"] = XmlConvert.ToString(entity.DefaultTimeToLive),
        ["deadLetteringOnMessageExpiration"] = entity.DeadLetterOnExpiry,
        ["subscriptions"] = IsFromHub(entity) ? $"one subscription for each agency, with a correlation filter on the application property {BusEntities.AgencyProperty}" : null,
    };

    private static JsonObject Operation(BusEntity entity) => new()
    {
        ["action"] = IsFromHub(entity) ? "send" : "receive",
        ["channel"] = Ref($"#/channels/{entity.Name}"),
        ["messages"] = new JsonArray([.. MessagesOf(entity).Select(message => Ref($"#/channels/{entity.Name}/messages/{message.Type}"))]),
    };

    private static JsonObject Message(BusMessage message) => new()
    {
        ["name"] = message.Type,
        ["summary"] = message.Summary,
        ["contentType"] = "application/json",
        ["headers"] = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray(Header("specversion"), Header("id"), Header("source"), Header("type")),
            ["properties"] = new JsonObject
            {
                [Header("specversion")] = new JsonObject { ["const"] = CloudEvent.SpecVersion },
                [Header("id")] = EventId(),
                [Header("source")] = new JsonObject { ["type"] = "string", ["format"] = "uri-reference", ["minLength"] = 1 },
                [Header("type")] = new JsonObject { ["const"] = message.Type },
                [Header("time")] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
                [Header("subject")] = Text(),
                [Header("dataschema")] = new JsonObject { ["type"] = "string", ["format"] = "uri" },
                [Header(CloudEvent.AgencyAttribute)] = Agency(),
                [Header(CloudEvent.TraceParentAttribute)] = Text(),
            },
        },
        ["payload"] = new JsonObject
        {
            ["schemaFormat"] = "application/schema+json;version=draft-2020-12",
            ["schema"] = Ref($"./{message.SchemaFile}"),
        },
        ["examples"] = new JsonArray(Example(message)),
    };

    private static JsonObject Example(BusMessage message)
    {
        var payload = (JsonObject)JsonNode.Parse(SchemaDocuments.Example(message))!;
        var from = message.IsToHub ? "urn:example:agency" : "urn:integrationhub:330";
        var headers = new JsonObject
        {
            [Header("specversion")] = CloudEvent.SpecVersion,
            [Header("id")] = "9d2f6c1e-5b1c-4b0e-8f5a-3a1f0c7e2d44",
            [Header("source")] = from,
            [Header("type")] = message.Type,
            [Header(CloudEvent.AgencyAttribute)] = (payload["agency"] ?? payload["school"])!.DeepClone(),
        };
        return new JsonObject { ["name"] = message.ExampleFile, ["headers"] = headers, ["payload"] = payload };
    }

    private static string Header(string attribute) => CloudEventBinding.Prefix + attribute;

    // The id is also the AMQP message-id, for which Service Bus allows 128 characters.
    private static JsonObject EventId()
    {
        var id = new JsonObject { ["type"] = "string", ["description"] = "Id of the event and AMQP message-id: 1 to 128 visible ASCII characters, different for every message from the same sender." };
        WireRule.Match(id, CloudEvent.IdPattern, null);
        return id;
    }

    private static JsonObject Agency()
    {
        var agency = new JsonObject();
        WireForms.Describe(agency, typeof(Identifiers.AgencyId));
        return agency;
    }

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Ref(string target) => new() { ["$ref"] = target };

    private static JsonObject Map<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonObject> value) =>
        new(items.Select(item => KeyValuePair.Create<string, JsonNode?>(name(item), value(item))));
}
