using System.Text.Json;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Messages.Tests.Bus;

/// <summary>contracts/schemas/ is made from the types. To make it again: <c>REGENERATE_SCHEMAS=1 dotnet test --project tests/Messages</c>.</summary>
public sealed class SchemaDocumentTests
{
    [Fact]
    public void Published_documents_are_those_of_the_types()
    {
        var folder = Folder();
        var documents = SchemaDocuments.All();
        if (Environment.GetEnvironmentVariable("REGENERATE_SCHEMAS") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, text) in documents)
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }
        }

        // The schema of the plan stands in the same folder and is held by its own test (tests/Core/Plans).
        var published = Directory.GetFiles(folder, "*.json").Where(path => Path.GetFileName(path) != "plan-document.schema.json").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);

        Assert.Equal(documents.Keys.Order(StringComparer.Ordinal), published.Keys.Order(StringComparer.Ordinal));
        Assert.All(documents, document => Assert.Equal(document.Value, published[document.Key]));
    }

    [Fact]
    public void Every_reference_of_the_AsyncAPI_document_leads_somewhere()
    {
        var documents = SchemaDocuments.All();
        using var asyncApi = JsonDocument.Parse(documents["asyncapi.json"]);

        var references = References(asyncApi.RootElement).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(
            reference.StartsWith("./", StringComparison.Ordinal) ? documents.ContainsKey(reference[2..]) : Follow(asyncApi.RootElement, reference),
            reference));
    }

    [Fact]
    public void Required_members_of_a_schema_are_those_the_reader_asks_for()
    {
        foreach (var message in BusMessages.All)
        {
            using var schema = JsonDocument.Parse(SchemaDocuments.All()[message.SchemaFile]);
            var required = schema.RootElement.GetProperty("required").EnumerateArray().Select(name => $"$.{name.GetString()}: missing.");

            var reading = MessageReader.Read(message, "{}"u8.ToArray());

            Assert.Equal(string.Join(" ", required), reading.Problem);
        }
    }

    [Fact]
    public void Every_enum_is_a_list_of_words_in_its_schema_and_no_number()
    {
        var enums = BusMessages.All.SelectMany(message => message.Body.GetProperties()
            .Where(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum)
            .Select(property => (message.SchemaFile, Name: JsonNamingPolicy.CamelCase.ConvertName(property.Name)))).ToList();

        Assert.NotEmpty(enums);
        Assert.All(enums, one =>
        {
            using var schema = JsonDocument.Parse(SchemaDocuments.All()[one.SchemaFile]);
            Assert.True(schema.RootElement.GetProperty("properties").GetProperty(one.Name).TryGetProperty("enum", out _), $"{one.SchemaFile}: {one.Name}");
        });
    }

    [Fact]
    public void What_goes_to_the_hub_may_hold_nothing_that_the_hub_does_not_read()
    {
        foreach (var message in BusMessages.All)
        {
            using var schema = JsonDocument.Parse(SchemaDocuments.All()[message.SchemaFile]);

            Assert.Equal(message.IsToHub, schema.RootElement.TryGetProperty("additionalProperties", out var additional) && !additional.GetBoolean());
        }
    }

    [Fact]
    public void What_a_schema_cannot_say_stands_in_its_description_and_in_the_page_for_agencies()
    {
        var page = File.ReadAllText(Path.Combine(Folder(), "..", "..", "docs", "bus.md"));

        Assert.NotEmpty(MessageRules.All);
        Assert.All(MessageRules.All, rule =>
        {
            using var schema = JsonDocument.Parse(SchemaDocuments.All()[BusMessages.Find(rule.MessageType)!.SchemaFile]);
            Assert.Contains(rule.Text, schema.RootElement.GetProperty("description").GetString(), StringComparison.Ordinal);
            Assert.Contains($"- {rule.Text}\n", page, StringComparison.Ordinal);
        });
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static bool Follow(JsonElement root, string reference)
    {
        var at = root;
        foreach (var step in reference.Split('/').Skip(1))
        {
            if (!at.TryGetProperty(step, out at))
            {
                return false;
            }
        }

        return true;
    }

    internal static string Folder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return Path.Combine(at.FullName, "contracts", "schemas");
    }
}
