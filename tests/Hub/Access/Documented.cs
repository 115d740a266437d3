using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Functions.Council;
using Json.Schema;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>
/// Stands between the tests and the hub and holds the documents of the API against what goes by: each address that answers is in one, each
/// body that was taken and each answer is as its schema says, with no member that the schema does not name.
/// </summary>
internal sealed class Documented(IReadOnlyList<ApiDocumentOnce> documents) : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly SemaphoreSlim Reading = new(1);
    private static readonly ConcurrentDictionary<string, JsonSchema> Schemas = new(StringComparer.Ordinal);
    private static IReadOnlyList<JsonNode>? read;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is { Headers.ContentType.MediaType: "application/json" } body ? await body.ReadAsStringAsync(cancellationToken) : null;
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith("/v1/", StringComparison.Ordinal) && !path.Contains("/family-links/", StringComparison.Ordinal))
        {
            await HoldAsync(await DocumentsAsync(cancellationToken), request.Method, path, sent, response, cancellationToken);
        }

        return response;
    }

    /// <summary>What contradicts a schema of the document; null where nothing does.</summary>
    internal static string? Fault(JsonNode document, JsonNode schema, string json)
    {
        var result = Schemas.GetOrAdd(schema.ToJsonString(), text => Build(document, text))
            .Evaluate(JsonElement.Parse(json), new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return result.IsValid
            ? null
            : string.Join("; ", (result.Details ?? []).Where(d => d.Errors is not null).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}")));
    }

    private static async Task HoldAsync(IReadOnlyList<JsonNode> documents, HttpMethod method, string path, string? sent, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var (document, operation) = documents.Select(each => (Document: each, Operation: Operation(each, method, path))).FirstOrDefault(each => each.Operation is not null);
        if (operation is null)
        {
            Assert.True(status is 401 or 404 or 405 or 429, $"{method} {path} is answered {status} and is in no document.");
            return;
        }

        if (sent is not null && response.IsSuccessStatusCode)
        {
            var body = Resolved(document, operation["requestBody"])!["content"]!["application/json"]!["schema"]!;
            var unlike = Fault(document, body, WithoutNulls(sent));
            Assert.True(unlike is null, $"{method} {path} took a body unlike its schema: {unlike}");
        }

        if (status >= 500)
        {
            return;
        }

        var answers = operation["responses"]!;
        var answer = Resolved(document, answers[$"{status}"] ?? answers[$"{status / 100}XX"]);
        Assert.True(answer is not null || status == 304, $"{method} {path} is answered {status}, of which the document knows nothing.");
        if (answer?["content"]?[response.Content.Headers.ContentType?.MediaType ?? ""]?["schema"] is { } schema && IsJson(response.Content.Headers))
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var unlike = Fault(document, schema, text);
            Assert.True(unlike is null, $"{method} {path} is answered unlike its schema: {unlike}");
        }
    }

    /// <summary>The hub takes null for absent; the document says only that a member may be absent.</summary>
    private static string WithoutNulls(string json)
    {
        var whole = JsonNode.Parse(json);
        Strip(whole);
        return whole?.ToJsonString() ?? "null";

        static void Strip(JsonNode? node)
        {
            if (node is JsonObject members)
            {
                foreach (var (name, _) in members.Where(member => member.Value is null).ToList())
                {
                    members.Remove(name);
                }

                members.ToList().ForEach(member => Strip(member.Value));
            }
            else if (node is JsonArray items)
            {
                items.ToList().ForEach(Strip);
            }
        }
    }

    private static bool IsJson(HttpContentHeaders headers) => headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;

    private static JsonNode? Operation(JsonNode document, HttpMethod method, string path) =>
        document["paths"]!.AsObject()
            .Where(each => Fits(each.Key, path)).OrderBy(each => each.Key.Count(letter => letter == '{'))
            .Select(each => each.Value![method.Method.ToLowerInvariant()]).FirstOrDefault(operation => operation is not null);

    private static bool Fits(string template, string path)
    {
        var (named, given) = (template.Split('/'), path.Split('/'));
        return named.Length == given.Length && named.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private static JsonNode? Resolved(JsonNode document, JsonNode? part) =>
        (string?)part?["$ref"] is { } reference ? reference.Split('/').Skip(1).Aggregate(document, (node, name) => node[name]!) : part;

    /// <summary>The schema with everything it refers to; objects hold what is named and nothing else.</summary>
    private static JsonSchema Build(JsonNode document, string schema)
    {
        var definitions = document["components"]!["schemas"]!.DeepClone().AsObject();
        var own = JsonNode.Parse(schema)!;
        foreach (var definition in definitions.Select(each => each.Value).Append(own))
        {
            Close(definition!);
        }

        var whole = new JsonObject { ["allOf"] = new JsonArray(own), ["$defs"] = definitions };
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    /// <summary>Objects hold what is named and nothing else, at any depth.</summary>
    private static void Close(JsonNode schema)
    {
        if (schema is JsonArray several)
        {
            several.OfType<JsonNode>().ToList().ForEach(Close);
        }
        else if (schema is JsonObject one)
        {
            // A word of OpenAPI, none of JSON Schema.
            one.Remove("discriminator");
            one.Select(member => member.Value).OfType<JsonNode>().ToList().ForEach(Close);
            if (one["properties"] is JsonObject && one["type"] is not JsonObject)
            {
                one["additionalProperties"] = false;
            }
        }
    }

    private async Task<IReadOnlyList<JsonNode>> DocumentsAsync(CancellationToken cancellationToken)
    {
        await Reading.WaitAsync(cancellationToken);
        try
        {
            return read ??= await Task.WhenAll(documents.Select(async each => JsonNode.Parse(await each.JsonAsync(cancellationToken))!));
        }
        finally
        {
            Reading.Release();
        }
    }
}
