using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Bus;

/// <summary>The documents of <c>contracts/schemas/</c>, generated from the types, so that the published schemas always match what the hub
/// reads.</summary>
public static class SchemaDocuments
{
    /// <summary>All documents by file name.</summary>
    public static IReadOnlyDictionary<string, string> All()
    {
        var documents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var message in BusMessages.All)
        {
            documents[message.SchemaFile] = Text(Schema(message));
        }

        documents["asyncapi.json"] = Text(AsyncApiDocument.Build());
        return documents;
    }

    /// <summary>The published example of a message: the data as an agency or the hub sends it.</summary>
    /// <exception cref="InvalidOperationException">The message has no example.</exception>
    public static string Example(BusMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var stream = typeof(SchemaDocuments).Assembly.GetManifestResourceStream($"Examples/{message.ExampleFile}")
            ?? throw new InvalidOperationException($"{message.Type} has no example in contracts/schemas/examples.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static JsonObject Schema(BusMessage message)
    {
        var schema = (JsonObject)JsonSchemaExporter.GetJsonSchemaAsNode(BusJson.TypeOf(message), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Complete(context, node, message.IsToHub),
        });

        var head = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:integrationhub:schema:{message.Type}",
            ["title"] = message.Type,
            ["description"] = Description(message),
        };
        foreach (var (name, value) in schema.ToList())
        {
            schema.Remove(name);
            head[name] = value;
        }

        return head;
    }

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode schema, bool isToHub)
    {
        // An identifier has its own converter, for which the exporter can only allow "anything".
        var node = schema as JsonObject ?? [];
        WireForms.Describe(node, context.TypeInfo.Type);
        if (isToHub && context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            // The hub rejects unknown members, because their content would be lost; agencies ignore them.
            node["additionalProperties"] = false;
        }

        if (isToHub && context.TypeInfo.Type == typeof(AdviceContent))
        {
            AdviceSchema.Complete(node);
        }

        foreach (var rule in context.PropertyInfo is { } member ? WireRule.Of(member, isToHub) : [])
        {
            rule.Describe(node);
        }

        return node;
    }

    /// <summary>The summary of the message, and the rules that schema keywords cannot express.</summary>
    private static string Description(BusMessage message)
    {
        var rules = MessageRules.All.Where(rule => rule.MessageType == message.Type).Select((rule, index) => FormattableString.Invariant($" ({index + 1}) {rule.Text}")).ToList();
        return rules.Count == 0 ? message.Summary : $"{message.Summary} Rules that a schema cannot express:{string.Concat(rules)}";
    }

    // Zero-width characters are written as escapes, because they would be invisible.
    private static string Text(JsonObject document) =>
        document.ToJsonString(Indented).Replace("\u200b", @"\u200B", StringComparison.Ordinal).Replace("\u2060", @"\u2060", StringComparison.Ordinal) + "\n";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };
}
