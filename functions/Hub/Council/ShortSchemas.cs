using System.Text.Json;
using Microsoft.OpenApi;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Shortens the schemas so that nothing is repeated. A member that may be absent is not required and never null, because the API leaves out
/// absent members. A member whose type has its own schema is described in that schema. A description is the first sentence of the C# text
/// (<see cref="ShortWords"/>), and is left out if it adds nothing to the names or repeats what is said of the same member elsewhere. The
/// full text is in contracts/Api and docs.
/// </summary>
internal static class ShortSchemas
{
    internal static void Shorten(OpenApiDocument document)
    {
        var steps = document.Paths.Values.SelectMany(path => path.Operations ?? [])
            .Select(operation => operation.Value.RequestBody?.Content?.Values.FirstOrDefault()?.Schema).OfType<OpenApiSchemaReference>().Select(body => body.Reference.Id);
        var said = new HashSet<(string Member, string Words)>();
        foreach (var parameter in document.Paths.Values.SelectMany(path => path.Operations ?? []).SelectMany(operation => operation.Value.Parameters ?? []))
        {
            Shorten(parameter.Schema!, [parameter.Name!], said);
        }

        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            Shorten(schema, [name], said);
            if (steps.Contains(name))
            {
                // The operation already describes this body, so the schema needs no description.
                schema.Description = null;
            }
        }
    }

    private static void Shorten(IOpenApiSchema schema, string[] names, HashSet<(string Member, string Words)> said)
    {
        if (schema is OpenApiSchemaReference)
        {
            schema.Description = null;
            return;
        }

        if (schema is not OpenApiSchema own)
        {
            return;
        }

        own.Type = own.Type is { } type && type != JsonSchemaType.Null ? type & ~JsonSchemaType.Null : own.Type;
        own.Enum = own.Enum is null ? null : [.. own.Enum.Where(word => word?.GetValueKind() == JsonValueKind.String)];
        own.Format = own.Format is "int32" or "int64" or "double" ? null : own.Format;
        own.Description = own.Description is { } words && ShortWords.Of(words, names) is { } sentence && said.Add((names[^1], sentence)) ? sentence : null;
        foreach (var (name, member) in own.Properties?.ToList() ?? [])
        {
            if (MayBeNull(member))
            {
                own.Required?.Remove(name);
            }

            own.Properties![name] = WithoutNull(member);
            Shorten(own.Properties[name], [names[0], name], said);
        }

        foreach (var part in new[] { own.Items, own.AdditionalProperties }.OfType<IOpenApiSchema>().Concat(own.OneOf ?? []).Concat(own.AnyOf ?? []).Concat(own.AllOf ?? []))
        {
            Shorten(part, names, said);
        }
    }

    private static bool MayBeNull(IOpenApiSchema schema) => schema.Type?.HasFlag(JsonSchemaType.Null) == true || WithoutNull(schema) != schema;

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema) =>
        schema.OneOf is { Count: 2 } either && either.Any(one => one.Type == JsonSchemaType.Null) ? either.First(one => one.Type != JsonSchemaType.Null) : schema;
}
