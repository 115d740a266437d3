using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Tests.Plans;

/// <summary>The published schema is made from the type. To make it again: <c>REGENERATE_SCHEMAS=1 dotnet test --project tests/Core</c>.</summary>
public sealed class PlanSchemaTests
{
    [Fact]
    public void The_published_schema_is_that_of_the_type()
    {
        var file = Path.Combine(Root(), "contracts", "schemas", PlanSchema.FileName);
        if (Environment.GetEnvironmentVariable("REGENERATE_SCHEMAS") == "1")
        {
            File.WriteAllText(file, PlanSchema.Text());
        }

        Assert.Equal(PlanSchema.Text(), File.ReadAllText(file));
    }

    [Fact]
    public void The_published_example_is_a_plan_that_the_hub_would_write()
    {
        var file = Path.Combine(Root(), "contracts", "schemas", "examples", "plan-document.json");
        var plan = PlanJson.Canonical(PlanAssembly.Assemble(PlanExamples.Final()));
        if (Environment.GetEnvironmentVariable("REGENERATE_SCHEMAS") == "1")
        {
            File.WriteAllText(file, JsonNode.Parse(plan)!.ToJsonString(Indented) + "\n");
        }

        var example = JsonNode.Parse(File.ReadAllText(file))!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(plan), example));
        Assert.Equal(plan, PlanJson.Canonical(PlanJson.Read(System.Text.Encoding.UTF8.GetBytes(example.ToJsonString()))));
    }

    [Fact]
    public void A_plan_has_only_members_that_the_schema_names_and_all_that_it_requires()
    {
        var schema = JsonNode.Parse(PlanSchema.Text())!;
        var plan = JsonNode.Parse(PlanJson.Canonical(PlanAssembly.Assemble(PlanExamples.Final())))!;

        var members = ((JsonObject)plan).Select(p => p.Key).ToHashSet();

        Assert.Subset(((JsonObject)schema["properties"]!).Select(p => p.Key).ToHashSet(), members);
        Assert.Superset(((JsonArray)schema["required"]!).Select(n => (string)n!).ToHashSet(), members);
        Assert.Equal("string", (string?)schema["properties"]!["assessment"]!["type"]);
        Assert.Contains("amendedFinal", schema["properties"]!["kind"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_kept_before_a_member_was_invented_is_read_with_that_member_empty()
    {
        var plan = (JsonObject)JsonNode.Parse(PlanJson.Canonical(PlanAssembly.Assemble(PlanExamples.Final())))!;
        plan.Remove("format");
        plan.Remove("leftOut");
        foreach (var line in plan["sections"]!.AsArray().SelectMany(s => s!["lines"]!.AsArray()))
        {
            ((JsonObject)line!).Remove("answers");
            ((JsonObject)line["from"]!).Remove("changes");
        }

        var read = PlanJson.Read(System.Text.Encoding.UTF8.GetBytes(plan.ToJsonString()));

        Assert.Equal(1, read.Format);
        Assert.Empty(read.LeftOut);
        Assert.All(read.Sections.SelectMany(s => s.Lines), l => Assert.Empty(l.Answers.Concat(l.From.Changes.Select(c => c.Edit))));
    }

    [Theory]
    [InlineData("""{"format":1}""")]
    [InlineData("null")]
    [InlineData("""{"assessment":"nonsense"}""")]
    public void What_is_no_plan_is_refused(string json) =>
        Assert.Throws<JsonException>(() => PlanJson.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
