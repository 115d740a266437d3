using Microsoft.OpenApi;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Moves a schema that is used only once to the place where it is used, because its name adds nothing to the name of the member or the
/// operation. The body of an input is always moved; any other schema is moved only if it is small. Larger schemas keep their names, because
/// callers may want separate types for them.
/// </summary>
internal static class OnceUsed
{
    private const int Small = 8;

    internal static void Place(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        var named = Places(document).ToLookup(place => place.Name, place => place.Put);
        var bodyNames = Bodies(document).Select(body => (body.Schema as OpenApiSchemaReference)?.Reference.Id).ToHashSet();

        // A discriminator value can also refer to the schema that it selects.
        var chosen = schemas.Values.SelectMany(schema => schema.Discriminator?.Mapping?.Values ?? []).Select(choice => choice.Reference.Id).ToHashSet();
        foreach (var once in named.Where(each => each.Count() == 1 && each.Key is not null && !chosen.Contains(each.Key)))
        {
            if (schemas[once.Key!] is OpenApiSchema own && (bodyNames.Contains(once.Key) || (own.Properties?.Count ?? 0) <= Small))
            {
                schemas.Remove(once.Key!);
                once.Single()(own);
            }
        }

        // A name for any JSON value says less than the empty schema, which is shorter.
        foreach (var any in named.Where(each => each.Key is not null && schemas.TryGetValue(each.Key, out var schema) && schema is OpenApiSchema { Type: null, Enum: null or { Count: 0 }, Properties: null or { Count: 0 }, AnyOf: null or { Count: 0 } }).ToList())
        {
            schemas.Remove(any.Key!);
            any.ToList().ForEach(put => put(new OpenApiSchema()));
        }
    }

    /// <summary>Every place in the document where a schema is named, and how to put another schema there.</summary>
    internal static IEnumerable<(string? Name, Action<IOpenApiSchema> Put)> Places(OpenApiDocument document) =>
        Bodies(document).SelectMany(Own).Concat(Answers(document).SelectMany(Own)).Concat((document.Components?.Schemas?.Values ?? []).SelectMany(Within));

    private static IEnumerable<OpenApiMediaType> Bodies(OpenApiDocument document) =>
        Operations(document).Select(operation => operation.RequestBody).Concat(document.Components?.RequestBodies?.Values ?? []).OfType<OpenApiRequestBody>()
            .SelectMany(body => body.Content?.Values ?? []).OfType<OpenApiMediaType>();

    private static IEnumerable<OpenApiMediaType> Answers(OpenApiDocument document) =>
        Operations(document).SelectMany(operation => operation.Responses ?? []).Select(answer => answer.Value).OfType<OpenApiResponse>()
            .Concat((document.Components?.Responses?.Values ?? []).OfType<OpenApiResponse>())
            .SelectMany(answer => answer.Content?.Values ?? []).OfType<OpenApiMediaType>();

    private static IEnumerable<OpenApiOperation> Operations(OpenApiDocument document) =>
        document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(each => each.Value);

    private static IEnumerable<(string? Name, Action<IOpenApiSchema> Put)> Own(OpenApiMediaType content) => Place(content.Schema, schema => content.Schema = schema);

    /// <summary>The places in a schema, at any depth, where another schema is named.</summary>
    private static IEnumerable<(string? Name, Action<IOpenApiSchema> Put)> Within(IOpenApiSchema schema) => schema is not OpenApiSchema own
        ? []
        : (own.Properties ?? new Dictionary<string, IOpenApiSchema>()).SelectMany(member => Place(member.Value, put => own.Properties![member.Key] = put))
            .Concat(Place(own.Items, put => own.Items = own.Description is null ? put : Undescribed(put)))
            .Concat(Place(own.AdditionalProperties, put => own.AdditionalProperties = put))
            .Concat(new[] { own.OneOf, own.AnyOf, own.AllOf }.OfType<IList<IOpenApiSchema>>()
                .SelectMany(choices => choices.SelectMany((choice, at) => Place(choice, put => choices[at] = put))));

    /// <summary>The schema of a list's item, without its description, because the list itself has a description.</summary>
    private static IOpenApiSchema Undescribed(IOpenApiSchema item)
    {
        item.Description = null;
        return item;
    }

    private static IEnumerable<(string? Name, Action<IOpenApiSchema> Put)> Place(IOpenApiSchema? schema, Action<IOpenApiSchema> put) => schema switch
    {
        null => [],
        OpenApiSchemaReference reference => [(reference.Reference.Id, put)],
        _ => Within(schema),
    };
}
