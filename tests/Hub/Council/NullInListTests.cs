using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>A null in a list of a body is refused with its place: kept, it would be an entry without words that every reader stumbles on.</summary>
public sealed class NullInListTests
{
    public static TheoryData<string> Steps => [.. StepCatalogue.Steps.Where(step => InputExamples.Of(step.Name) is not null).Select(step => step.Name)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_null_in_any_list_of_any_step_is_refused_with_its_place(string name)
    {
        var step = StepCatalogue.Step(name)!;
        foreach (var place in ListsOf(InputExamples.Of(name)!))
        {
            var body = InputExamples.Of(name)!;
            var list = At(body, place);
            list.Add(null);

            Refused(step, body, $"{place}[{list.Count - 1}]");
        }

        // Lists that the example leaves out.
        foreach (var member in InputReading.TypeOf(step).Properties.Where(member => IsList(member)))
        {
            var body = InputExamples.Of(name)!;
            body[member.Name] = new JsonArray(null, null);

            Refused(step, body, $"$.{member.Name}[0]");
        }
    }

    [Theory]
    [InlineData("""{"a":null,"b":[{"c":null}],"d":{"e":[]}}""", null)]
    [InlineData("""[1,null]""", "$[1]")]
    [InlineData("""{"a":[[1],[2,null]]}""", "$.a[1][1]")]
    [InlineData("""{"a":[{"b":{"c":[null]}}]}""", "$.a[0].b.c[0]")]
    [InlineData("""null""", null)]
    public void The_first_null_in_a_list_is_found(string json, string? place) => Assert.Equal(place, NullInList.PathOfFirst(Encoding.UTF8.GetBytes(json)));

    private static void Refused(StepDefinition step, JsonNode body, string place)
    {
        var (input, problem) = InputReading.Read(step, Encoding.UTF8.GetBytes(body.ToJsonString()));

        Assert.Null(input);
        Assert.NotNull(problem);
        Assert.Equal(400, problem.StatusCode);
        Assert.Contains($"at {place}: ", problem.Problem.Detail, StringComparison.Ordinal);
    }

    private static bool IsList(JsonPropertyInfo member) =>
        member.PropertyType != typeof(string) && Wire.Strict.GetTypeInfo(member.PropertyType).Kind == JsonTypeInfoKind.Enumerable;

    private static IEnumerable<string> ListsOf(JsonNode node) => node switch
    {
        JsonArray list => list.OfType<JsonNode>().SelectMany(ListsOf).Prepend(node.GetPath()),
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().SelectMany(ListsOf),
        _ => [],
    };

    private static JsonArray At(JsonNode body, string path) => ListNodes(body).First(list => list.GetPath() == path);

    private static IEnumerable<JsonArray> ListNodes(JsonNode node) => node switch
    {
        JsonArray list => list.OfType<JsonNode>().SelectMany(ListNodes).Prepend(list),
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().SelectMany(ListNodes),
        _ => [],
    };
}
