using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Describes once what has the same members: the body of an input often has the shape of the record that the case then shows, and several inputs
/// take the same few members. Two records that the case shows are never merged, because a caller wants separate types for them.
/// </summary>
internal static class SameShapes
{
    internal static void Merge(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        var bodies = document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(each => SharedParts.BodyName(each.Value)).ToHashSet();
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var same in schemas.Where(each => each.Value is OpenApiSchema { Properties.Count: > 0 }).GroupBy(each => Shape(each.Value)).Where(group => group.Count() > 1).ToList())
        {
            var inputs = same.Where(each => bodies.Contains(each.Key)).ToList();
            var shown = same.Except(inputs).Select(each => each.Key).FirstOrDefault();
            if (inputs.Count > 1 || (inputs.Count == 1 && shown is not null))
            {
                // A body is named after its input. If several inputs have it, it is named after its members.
                var name = shown ?? string.Concat(same.First().Value.Properties!.Keys.Select(member => char.ToUpperInvariant(member[0]) + member[1..]));
                if (!schemas.TryAdd(name, inputs[0].Value) && shown is null)
                {
                    continue;
                }

                foreach (var (input, schema) in inputs)
                {
                    TakeWords(schemas[name], schema);
                    schemas.Remove(input);
                    kept[input] = name;
                }
            }
        }

        foreach (var (name, put) in OnceUsed.Places(document).Where(place => place.Name is not null && kept.ContainsKey(place.Name)).ToList())
        {
            put(new OpenApiSchemaReference(kept[name!], document));
        }

        NameTexts(document, schemas);
    }

    /// <summary>Names the schema of a text with the same values or the same pattern, if it has a name, instead of repeating it.</summary>
    private static void NameTexts(OpenApiDocument document, IDictionary<string, IOpenApiSchema> schemas)
    {
        var named = schemas.Where(each => IsText(each.Value)).GroupBy(each => TextShape(each.Value), each => each.Key).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.Single());
        var parameters = document.Paths.Values.SelectMany(path => path.Operations ?? []).SelectMany(each => each.Value.Parameters ?? []).Concat(document.Components?.Parameters?.Values ?? []);
        foreach (var parameter in parameters.OfType<OpenApiParameter>())
        {
            if (parameter.Schema is OpenApiSchema own && IsText(own) && named.TryGetValue(TextShape(own), out var name))
            {
                parameter.Schema = new OpenApiSchemaReference(name, document);
            }
        }

        foreach (var members in schemas.Values.Select(schema => schema.Properties).OfType<IDictionary<string, IOpenApiSchema>>())
        {
            foreach (var (member, schema) in members.Where(each => each.Value is OpenApiSchema && IsText(each.Value)).ToList())
            {
                // Different numbers can have the same pattern, so that the pattern alone does not say that a member is the same.
                if (named.TryGetValue(TextShape(schema), out var name) && schema.Description is { } words && words == schemas[name].Description)
                {
                    members[member] = new OpenApiSchemaReference(name, document);
                }
            }
        }
    }

    private static bool IsText(IOpenApiSchema schema) => schema.Pattern is not null || schema.Enum is { Count: > 0 };

    private static string TextShape(IOpenApiSchema schema) => $"{schema.Pattern} {string.Join(',', schema.Enum?.Select(word => word?.ToJsonString()) ?? [])}";

    private static void TakeWords(IOpenApiSchema to, IOpenApiSchema from)
    {
        foreach (var (name, member) in to.Properties!.Where(each => each.Value is OpenApiSchema))
        {
            member.Description ??= from.Properties![name].Description;
        }
    }

    /// <summary>The schema as JSON without its descriptions.</summary>
    private static string Shape(IOpenApiSchema schema)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        schema.SerializeAsV31(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
        var whole = JsonNode.Parse(text.ToString())!;
        Strip(whole);
        return whole.ToJsonString();

        static void Strip(JsonNode? node)
        {
            if (node is JsonArray items)
            {
                items.ToList().ForEach(Strip);
            }
            else if (node is JsonObject members)
            {
                // A member that is called "description" has a schema, and so is an object.
                if (members["description"]?.GetValueKind() == JsonValueKind.String)
                {
                    members.Remove("description");
                }

                members.Select(member => member.Value).ToList().ForEach(Strip);
            }
        }
    }
}
