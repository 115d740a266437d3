using Microsoft.OpenApi;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Moves the schema of a body that only one operation uses into that operation, because a component that is used once adds nothing to the
/// operation's own name. Shared schemas stay in the components.
/// </summary>
internal static class OwnBodies
{
    internal static void Place(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        var bodies = document.Paths.Values.SelectMany(path => path.Operations ?? []).SelectMany(operation => operation.Value.RequestBody?.Content?.Values ?? [])
            .ToLookup(body => (body.Schema as OpenApiSchemaReference)?.Reference.Id);
        var shared = Answers(document).Concat(schemas.Values).SelectMany(Named).ToHashSet();
        foreach (var body in bodies.Where(each => each.Key is { } name && each.Count() == 1 && !shared.Contains(name)))
        {
            if (schemas.Remove(body.Key!, out var own))
            {
                body.Single().Schema = own;
            }
        }
    }

    private static IEnumerable<IOpenApiSchema> Answers(OpenApiDocument document) =>
        document.Paths.Values.SelectMany(path => path.Operations ?? []).SelectMany(operation => operation.Value.Responses ?? [])
            .Select(answer => answer.Value).Concat(document.Components?.Responses?.Values ?? [])
            .SelectMany(answer => answer.Content?.Values ?? []).Select(content => content.Schema).OfType<IOpenApiSchema>();

    /// <summary>The names that a schema refers to directly.</summary>
    private static IEnumerable<string?> Named(IOpenApiSchema schema) => schema is OpenApiSchemaReference reference
        ? [reference.Reference.Id]
        : (schema.Properties?.Values ?? []).Concat(new[] { schema.Items, schema.AdditionalProperties }.OfType<IOpenApiSchema>())
            .Concat(schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Concat(schema.AllOf ?? []).SelectMany(Named);
}
