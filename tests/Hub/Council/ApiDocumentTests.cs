using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Functions.Council;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>The document of the API says what the API does.</summary>
public sealed class ApiDocumentTests
{
    [Fact]
    public async Task It_is_valid_OpenAPI_3_1()
    {
        var text = await TextAsync();
        Assert.StartsWith("3.1", (string?)JsonNode.Parse(text)!["openapi"], StringComparison.Ordinal);

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var read = await OpenApiDocument.LoadAsync(stream, "json", new OpenApiReaderSettings(), TestContext.Current.CancellationToken);

        Assert.Empty(read.Diagnostic!.Errors.Select(e => $"{e.Pointer}: {e.Message}"));
        Assert.Empty(read.Diagnostic.Warnings.Select(e => $"{e.Pointer}: {e.Message}"));
    }

    [Fact]
    public async Task It_holds_every_input_with_its_schema_example_headers_and_answers()
    {
        var document = JsonNode.Parse(await TextAsync())!;
        foreach (var kind in InputCatalogue.All.Where(k => !k.IsHubsOwn))
        {
            var path = kind.Type == typeof(OpenAssessment) ? "/assessments" : $"/assessments/{{id}}/{kind.Name}";
            var post = document["paths"]![path]?["post"];
            Assert.True(post is not null, path);
            Assert.Equal(kind.Name, (string?)post["operationId"]);
            Assert.Equal(kind.Title, (string?)post["summary"]);
            var body = post["requestBody"]!["content"]!["application/json"]!;
            Assert.Equal(InputExamples.Of(kind.Name)!.AsObject().Count, body["example"]?.AsObject().Count ?? 0);
            Assert.NotNull(Resolved(document, body["schema"]!)["type"]);
            var key = Assert.Single(post["parameters"]!.AsArray(), p => (string?)p!["name"] == "Idempotency-Key")!;
            Assert.True((bool?)key["required"]);
            Assert.Subset(
                post["responses"]!.AsObject().Select(r => r.Key).ToHashSet(),
                new HashSet<string> { "400", "401", "403", "409", "412", "413", "415", "422", "429", "500" });
            Assert.NotEmpty(post["security"]!.AsArray());
        }

        Assert.False(document["paths"]!.AsObject().ContainsKey("/assessments/{id}/effect-settled"));
        Assert.Equal("bearer", (string?)document["components"]!["securitySchemes"]!["bearer"]!["scheme"]);
    }

    [Fact]
    public async Task Schemas_know_identifiers_words_and_days()
    {
        var document = JsonNode.Parse(await TextAsync())!;
        var facts = Resolved(document, document["paths"]!["/assessments"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!);

        Assert.Equal("date", (string?)Resolved(document, facts["properties"]!["receivedOn"]!)["format"]);
        Assert.Contains("BecameResponsible", Resolved(document, facts["properties"]!["route"]!)["enum"]!.AsArray().Select(w => (string?)w));
        var agency = Resolved(document, Resolved(document, facts["properties"]!["icb"]!)["properties"]!["id"]!);
        Assert.Contains("ods:", (string?)agency["pattern"], StringComparison.Ordinal);
        Assert.Contains("receivedOn", facts["required"]!.AsArray().Select(r => (string?)r));
    }

    [Fact]
    public void Each_example_is_read_by_the_same_door_as_a_real_body()
    {
        foreach (var kind in InputCatalogue.All.Where(k => !k.IsHubsOwn))
        {
            var example = InputExamples.Of(kind.Name);
            Assert.True(example is not null, kind.Name);

            var (input, problem) = InputReading.Read(kind, Encoding.UTF8.GetBytes(example.ToJsonString()));

            Assert.True(input is not null, $"{kind.Name}: {problem?.Problem.Detail}");
            Assert.IsType(kind.Type, input);
        }
    }

    private static async Task<string> TextAsync()
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var answer = await hub.GetAsync("/openapi/v1.json", token: null);
        Assert.Equal(200, (int)answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static JsonNode Resolved(JsonNode document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : schema;
}
