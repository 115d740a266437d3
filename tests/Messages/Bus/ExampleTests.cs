using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Bus;
using Json.Schema;

namespace IntegrationHub.Messages.Tests.Bus;

/// <summary>Every schema has an example that is valid under it and that its receiver can read.</summary>
public sealed class ExampleTests
{
    private static readonly DateOnly Today = new(2026, 4, 1);

    private static string Folder => Path.Combine(SchemaDocumentTests.Folder(), "examples");

    public static TheoryData<string> Types => [.. BusMessages.All.Select(message => message.Type)];

    [Fact]
    public void There_is_one_for_each_schema_and_no_other()
    {
        var schemas = Directory.GetFiles(SchemaDocumentTests.Folder(), "*.schema.json").Select(path => Path.GetFileName(path).Replace(".schema.json", ".json", StringComparison.Ordinal));

        Assert.Equal(schemas.Order(StringComparer.Ordinal), Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_are_valid_under_their_published_schemas()
    {
        Assert.All(Directory.GetFiles(Folder), path =>
        {
            using var example = JsonDocument.Parse(File.ReadAllText(path));

            Assert.True(PublishedSchemas.Accepts(Path.GetFileName(path).Replace(".json", ".schema.json", StringComparison.Ordinal), example.RootElement), path);
        });
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_one_who_gets_it_reads_it_in_full(string type)
    {
        var message = BusMessages.Find(type)!;
        var text = File.ReadAllText(Path.Combine(Folder, message.ExampleFile));

        var reading = MessageReader.Read(message, Encoding.UTF8.GetBytes(text));

        Assert.Equal("", reading.Problem);
        Assert.Null(MessageRules.FirstViolation(reading.Value!, Today));

        // What the reader has made of it, written again, is the example: none of it was passed over, and the hub sends the same form.
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(BusJson.Write(reading.Value!))), Encoding.UTF8.GetString(BusJson.Write(reading.Value!)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_AsyncAPI_document_shows_it_with_headers_that_keep_their_schema(string type)
    {
        var message = JsonNode.Parse(SchemaDocuments.All()["asyncapi.json"])!["components"]!["messages"]![type]!;
        var example = Assert.Single((JsonArray)message["examples"]!)!;
        using var headers = JsonDocument.Parse(example["headers"]!.ToJsonString());

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(SchemaDocuments.Example(BusMessages.Find(type)!)), example["payload"]));
        Assert.True(JsonSchema.FromText(message["headers"]!.ToJsonString()).Evaluate(headers.RootElement, new EvaluationOptions { RequireFormatValidation = true }).IsValid);
    }

    [Fact]
    public void The_page_for_agencies_leads_to_each()
    {
        var page = File.ReadAllText(Path.Combine(Folder, "..", "..", "..", "docs", "bus.md"));

        Assert.All(Directory.GetFiles(Folder), path => Assert.Contains($"(../contracts/schemas/examples/{Path.GetFileName(path)})", page, StringComparison.Ordinal));
    }
}
