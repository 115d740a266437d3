using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Plans;

/// <summary>The JSON Schema of a plan, generated from the type itself, so that the published schema always matches the stored
/// plans.</summary>
public static class PlanSchema
{
    /// <summary>Name of the published file in <c>contracts/schemas/</c>.</summary>
    public const string FileName = "plan-document.schema.json";

    /// <summary>The schema in its published form.</summary>
    public static string Text()
    {
        var body = (JsonObject)JsonSchemaExporter.GetJsonSchemaAsNode(PlanJson.Options, typeof(PlanDocument), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Complete,
        });
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:integrationhub:schema:plan-document:1",
            ["title"] = "EHC plan",
            ["description"] = "One version of an education, health and care plan (SEND Regulations 2014 reg 12): sections A to K, each line with its source.",
        };
        foreach (var (name, value) in body.ToList())
        {
            body.Remove(name);
            schema[name] = value;
        }

        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode schema)
    {
        // An identifier has its own converter, for which the exporter can only allow "anything".
        var node = schema as JsonObject ?? [];
        WireForms.Describe(node, context.TypeInfo.Type);
        return node;
    }

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };
}
