using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>The documents of the API say what the API does.</summary>
public sealed class ApiDocumentTests
{
    public static TheoryData<string> Names => [.. ApiDocument.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_valid_OpenAPI_3_1(string name)
    {
        var text = await TextAsync(name);
        Assert.StartsWith("3.1", (string?)JsonNode.Parse(text)!["openapi"], StringComparison.Ordinal);

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var read = await OpenApiDocument.LoadAsync(stream, "json", new OpenApiReaderSettings(), TestContext.Current.CancellationToken);

        Assert.Empty(read.Diagnostic!.Errors.Select(e => $"{e.Pointer}: {e.Message}"));
        Assert.Empty(read.Diagnostic.Warnings.Select(e => $"{e.Pointer}: {e.Message}"));
    }

    [Fact]
    public async Task It_is_made_once_and_told_by_its_tag()
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var first = await hub.Client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await hub.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("application/json", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(System.Net.HttpStatusCode.NotModified, again.StatusCode);
        using var unknown = await hub.Client.GetAsync("/openapi/v2.json", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    private static string PathOf(StepDefinition kind) =>
        kind.Type == typeof(OpenAssessment) ? "/v1/cases" : kind.Opens ? $"/v1/{kind.Name}" : $"/v1/cases/{{id}}/{kind.Name}";

    private static JsonNode DocumentOf(StepDefinition kind, JsonNode cases, JsonNode operations) => kind.Opens && kind.Type != typeof(OpenAssessment) ? operations : cases;

    [Fact]
    public async Task It_holds_every_input_with_its_schema_example_headers_and_answers()
    {
        var (cases, operations) = (JsonNode.Parse(await TextAsync())!, JsonNode.Parse(await TextAsync(ApiDocument.OperationsName))!);
        foreach (var kind in StepCatalogue.Steps.Where(k => !k.IsInternal))
        {
            var (document, path) = (DocumentOf(kind, cases, operations), PathOf(kind));
            var post = document["paths"]![path]?["post"];
            Assert.True(post is not null, path);
            Assert.Equal(kind.Name, (string?)post["operationId"]);
            Assert.Equal(kind.Title, (string?)post["summary"]);
            var body = Resolved(document, post["requestBody"]!)["content"]!["application/json"]!;
            Assert.Equal(InputExamples.Of(kind.Name)!.AsObject().Count, body["example"]?.AsObject().Count ?? 0);
            Assert.NotNull(Resolved(document, body["schema"]!)["type"]);
            var key = Assert.Single(post["parameters"]!.AsArray().Select(p => Resolved(document, p!)), p => (string?)p["name"] == "Idempotency-Key");
            Assert.True((bool?)key["required"]);
            Assert.Equal([kind.Opens ? "201" : "200", "4XX"], post["responses"]!.AsObject().Select(r => r.Key));
            Assert.False(post.AsObject().ContainsKey("security"), "It is not for everybody.");
        }

        Assert.NotEmpty(cases["security"]!.AsArray());
        Assert.False(cases["paths"]!.AsObject().ContainsKey("/v1/cases/{id}/effect-settled"));
        Assert.Equal("bearer", (string?)cases["components"]!["securitySchemes"]!["bearer"]!["scheme"]);
    }

    [Fact]
    public async Task Schemas_know_identifiers_words_and_days()
    {
        var document = JsonNode.Parse(await TextAsync())!;
        var facts = Resolved(document, document["paths"]!["/v1/cases"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!);

        Assert.Equal("date", (string?)Resolved(document, facts["properties"]!["receivedOn"]!)["format"]);
        Assert.Contains("becameResponsible", Resolved(document, facts["properties"]!["route"]!)["enum"]!.AsArray().Select(w => (string?)w));
        var agency = Resolved(document, Resolved(document, facts["properties"]!["icb"]!)["properties"]!["id"]!);
        Assert.Contains("ods:", (string?)agency["pattern"], StringComparison.Ordinal);
        Assert.Contains("receivedOn", facts["required"]!.AsArray().Select(r => (string?)r));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_about_a_case_has_no_tag_and_every_other_tag_is_described(string name)
    {
        var document = JsonNode.Parse(await TextAsync(name))!;

        var used = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).SelectMany(operation => operation.Value!["tags"]?.AsArray().Select(tag => (string?)tag) ?? []).Distinct().Order();
        Assert.Equal(document["tags"]!.AsArray().Select(tag => (string?)tag!["name"]).Order(), used);
    }

    [Fact]
    public async Task It_says_each_thing_once_in_under_150_KB()
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(await TextAsync()), 50_000, 150 * 1024);
        Assert.InRange(Encoding.UTF8.GetByteCount(await TextAsync(ApiDocument.OperationsName)), 1_000, 150 * 1024);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_two_inputs_and_no_input_and_answer_describe_the_same_members(string name)
    {
        var document = JsonNode.Parse(await TextAsync(name))!;

        var bodies = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!["requestBody"])
            .Concat(document["components"]!["requestBodies"]?.AsObject().Select(body => body.Value) ?? [])
            .Select(body => body?["content"]?["application/json"]?["schema"]).OfType<JsonObject>().Where(schema => schema["properties"] is not null).ToList();
        var shown = document["components"]!["schemas"]!.AsObject().Select(schema => schema.Value).OfType<JsonObject>().Where(schema => schema["properties"] is not null);

        Assert.NotEmpty(bodies);
        var repeated = bodies.Select(Shape).Concat(shown.Select(Shape).Distinct()).GroupBy(shape => shape).Where(same => same.Count() > 1).Select(same => same.Key);
        Assert.Empty(repeated);

        static string Shape(JsonObject schema) => string.Join(' ', schema["properties"]!.AsObject().Select(member => $"{member.Key}:{member.Value!["$ref"] ?? member.Value["type"]}"))
            + $" {schema["required"]?.ToJsonString()}";
    }

    [Fact]
    public async Task What_is_about_a_case_is_in_the_first_and_everything_else_in_the_second()
    {
        var (cases, others) = (Paths(await TextAsync()), Paths(await TextAsync(ApiDocument.OperationsName)));

        Assert.All(cases, path => Assert.StartsWith("/v1/cases", path, StringComparison.Ordinal));
        Assert.All(cases, path => Assert.DoesNotContain("/letters", path, StringComparison.Ordinal));
        Assert.All(others, path => Assert.True(!path.Contains("/cases", StringComparison.Ordinal) || path.Contains("/letters", StringComparison.Ordinal), path));
        Assert.Contains("/v1/cases/{id}/letters/{letter}", others);
        Assert.Contains("/v1/events", others);
        Assert.Contains("/v1/print-run", others);

        static IReadOnlyList<string> Paths(string text) => [.. JsonNode.Parse(text)!["paths"]!.AsObject().Select(path => path.Key)];
    }

    [Fact]
    public async Task Each_word_is_in_camel_case_and_each_example_as_its_schema_says()
    {
        var document = JsonNode.Parse(await TextAsync())!;

        // The sections of a plan have the letters of the law.
        var capitals = document["components"]!["schemas"]!.AsObject().Where(schema => schema.Key != "PlanSectionLetter")
            .SelectMany(schema => schema.Value!["enum"]?.AsArray().Select(word => (string?)word ?? "") ?? []).Where(word => word.Length == 0 || char.IsUpper(word[0]));
        Assert.Empty(capitals);

        var operations = JsonNode.Parse(await TextAsync(ApiDocument.OperationsName))!;
        foreach (var kind in StepCatalogue.Steps.Where(k => !k.IsInternal))
        {
            var of = DocumentOf(kind, document, operations);
            var body = Resolved(of, of["paths"]![PathOf(kind)]!["post"]!["requestBody"]!)["content"]!["application/json"]!;
            var unlike = Documented.Fault(of, body["schema"]!, body["example"]?.ToJsonString() ?? "{}");
            Assert.True(unlike is null, $"{kind.Name}: {unlike}");
        }
    }

    [Fact]
    public async Task No_answer_shows_a_record_of_the_hub()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var shown = new HashSet<Type>();
        foreach (var answer in hub.Endpoints.Where(e => e.RoutePattern.RawText!.StartsWith("/v1/cases", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.OfType<IProducesResponseTypeMetadata>()).Select(answer => answer.Type).OfType<Type>().Where(type => type != typeof(Problem)))
        {
            Visit(answer, shown);
        }

        Assert.Contains(typeof(IntegrationHub.Contracts.Api.CaseState), shown);
        Assert.DoesNotContain(
            shown.Select(type => type.FullName!), name => !name.StartsWith("IntegrationHub.Contracts.", StringComparison.Ordinal) && !Elsewhere.Contains(name));
    }

    /// <summary>Shapes that stand beside the room that answers with them: they show nothing else than themselves.</summary>
    private static readonly string[] Elsewhere =
    [
        "IntegrationHub.Functions.Letters.Reading.LettersView", "IntegrationHub.Functions.Letters.Reading.LetterView",
        "IntegrationHub.Functions.Letters.Reading.KeptLetterView", "IntegrationHub.Orchestrations.Letters.LetterKind",
        "IntegrationHub.Orchestrations.Assessments.NoticeChannel",
    ];

    private static void Visit(Type type, HashSet<Type> shown)
    {
        foreach (var part in type.IsGenericType ? type.GetGenericArguments() : [type])
        {
            if (part.Namespace?.StartsWith("IntegrationHub.", StringComparison.Ordinal) == true && shown.Add(part))
            {
                foreach (var member in part.GetProperties().Select(p => p.PropertyType).Concat(part.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(d => d.DerivedType)))
                {
                    Visit(member, shown);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Redocly_finds_nothing_wrong(string name)
    {
        var cli = Path.Combine(Here(), "..", "..", "peers", "node_modules", "@redocly", "cli", "bin", "cli.js");
        Assert.False(!File.Exists(cli) && Environment.GetEnvironmentVariable("CI") == "true", "tests/peers: run npm ci first.");
        Assert.SkipWhen(!File.Exists(cli), "tests/peers: run npm ci first.");
        var folder = Directory.CreateTempSubdirectory("openapi-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "v1.json"), await TextAsync(name), TestContext.Current.CancellationToken);
            var start = new ProcessStartInfo("node", [cli, "lint", "v1.json", "--format", "json"])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true", ["REDOCLY_TELEMETRY"] = "off" },
            };
            using var process = Process.Start(start)!;
            var (found, said) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(process.ExitCode == 0, await found + await said);
            var problems = JsonNode.Parse(await found)!["problems"]!.AsArray().Select(p => $"{p!["ruleId"]}: {p["message"]}");
            Assert.Empty(problems);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Each_example_is_read_in_the_same_way_as_a_real_body()
    {
        foreach (var kind in StepCatalogue.Steps.Where(k => !k.IsInternal))
        {
            var example = InputExamples.Of(kind.Name);
            Assert.True(example is not null, kind.Name);

            var (input, problem) = InputReading.Read(kind, Encoding.UTF8.GetBytes(example.ToJsonString()));

            Assert.True(input is not null, $"{kind.Name}: {problem?.Problem.Detail}");
            Assert.IsType(kind.Type, input);
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static async Task<string> TextAsync(string name = ApiDocument.Name)
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var answer = await hub.GetAsync($"/openapi/{name}.json", token: null);
        Assert.Equal(200, (int)answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static JsonNode Resolved(JsonNode document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? reference.Split('/').Skip(1).Aggregate(document, (node, name) => node[name]!) : schema;
}
