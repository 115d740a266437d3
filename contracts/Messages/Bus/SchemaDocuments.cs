using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace IntegrationHub.Contracts.Bus;

/// <summary>The documents of <c>contracts/schemas/</c>, made from the types, so that what is published is what is read.</summary>
public static class SchemaDocuments
{
    /// <summary>Every document by its file name.</summary>
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

    private static JsonObject Schema(BusMessage message)
    {
        var schema = (JsonObject)JsonSchemaExporter.GetJsonSchemaAsNode(BusJson.TypeOf(message), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Complete,
        });

        var head = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:integrationhub:schema:{message.Type}",
            ["title"] = message.Type,
            ["description"] = message.Summary,
        };
        foreach (var (name, value) in schema.ToList())
        {
            schema.Remove(name);
            head[name] = value;
        }

        return head;
    }

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode schema)
    {
        // An identifier has its own converter, of which the exporter can only say "anything".
        var node = schema as JsonObject ?? [];
        WireForms.Describe(node, context.TypeInfo.Type);
        if (context.PropertyInfo is { } member)
        {
            WireForms.RuleOf(member)?.Describe(node);
        }

        return node;
    }

    private static string Text(JsonObject document) => document.ToJsonString(Indented) + "\n";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };
}
