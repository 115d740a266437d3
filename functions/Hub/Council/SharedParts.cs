using Microsoft.OpenApi;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Moves what many operations have in common into shared components: refusals, the answer to an input, headers, parameters and bodies. The document's
/// introduction states that any address may answer 500 or 503.
/// </summary>
internal static class SharedParts
{
    // A hundred operations refer to these components, so their names are as short as possible.
    private const string Taken = "Yes";
    private const string Refusal = "No";

    private const string RefusalWords = """
        400: the request cannot be read; the member errors lists the faults. 401: no valid token. 403: not allowed for this role. 404: does not exist,
        or not yours to see. 406: not available in this format. 409: not lawful or not possible now; the code and the reason say why. 412: the case is at another
        version. 413: too large. 415: not JSON. 422: the key was already used with another input. 429: too many requests; see Retry-After.
        """;

    internal static void Share(OpenApiDocument document)
    {
        document.Components!.Responses ??= new Dictionary<string, IOpenApiResponse>();
        document.Components.Parameters ??= new Dictionary<string, IOpenApiParameter>();
        document.Components.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(each => each.Value))
        {
            operation.Responses = Responses(document, operation.Responses ?? []);
            for (var i = 0; i < (operation.Parameters?.Count ?? 0); i++)
            {
                if (operation.Parameters![i] is OpenApiParameter { Name: { } name } own && (own.In == ParameterLocation.Header || name == "id"))
                {
                    var word = Word(name);
                    document.Components.Parameters.TryAdd(word, own);
                    operation.Parameters[i] = new OpenApiParameterReference(word, document);
                }
            }
        }
    }

    private static OpenApiResponses Responses(OpenApiDocument document, OpenApiResponses own)
    {
        var shared = document.Components!.Responses!;
        var all = new OpenApiResponses();
        foreach (var (status, response) in own)
        {
            if (status[0] == '4')
            {
                shared.TryAdd(Refusal, new OpenApiResponse { Description = RefusalWords, Content = response.Content?.ToDictionary() });
                all["4XX"] = new OpenApiResponseReference(Refusal, document);
            }
            else if (status == "200" && IsTaken(response))
            {
                shared.TryAdd(Taken, ShareTag(document, response));
                all[status] = new OpenApiResponseReference(Taken, document);
            }
            else if (status[0] == '2')
            {
                all[status] = ShareTag(document, response);
            }
        }

        return all;
    }

    private static bool IsTaken(IOpenApiResponse response) =>
        response.Content?.TryGetValue("application/json", out var body) == true && body.Schema is OpenApiSchemaReference { Reference.Id: "InputAnswer" };

    private static IOpenApiResponse ShareTag(OpenApiDocument document, IOpenApiResponse response)
    {
        if (response.Headers?.TryGetValue("ETag", out var tag) == true && tag is OpenApiHeader)
        {
            document.Components!.Headers!.TryAdd("ETag", tag);
            response.Headers["ETag"] = new OpenApiHeaderReference("ETag", document);
        }

        return response;
    }

    /// <summary>
    /// Moves each body that several inputs share into one component, with one example. The shortest example is kept, because a long one is about
    /// only one of the inputs.
    /// </summary>
    internal static void ShareBodies(OpenApiDocument document)
    {
        var operations = document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(each => each.Value).ToList();
        foreach (var same in operations.GroupBy(BodyName).Where(group => group.Key is not null && group.Count() > 1))
        {
            document.Components!.RequestBodies ??= new Dictionary<string, IOpenApiRequestBody>();
            document.Components.RequestBodies[same.Key!] = same.Select(operation => operation.RequestBody!).MinBy(body => body.Content!.Values.Single().Example?.ToJsonString().Length ?? 0)!;
            foreach (var operation in same)
            {
                operation.RequestBody = new OpenApiRequestBodyReference(same.Key!, document);
            }
        }
    }

    /// <summary>The name of the schema of the operation's body; null if it has none.</summary>
    internal static string? BodyName(OpenApiOperation operation) => (operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema as OpenApiSchemaReference)?.Reference.Id;

    /// <summary>The short name of a parameter, which keeps the document small because every operation repeats the name.</summary>
    private static string Word(string parameter) => parameter switch
    {
        RequestHeaders.IdempotencyKey => "key",
        "If-Match" => "tag",
        RequestHeaders.OnBehalfOfName => "for",
        _ => parameter,
    };
}
