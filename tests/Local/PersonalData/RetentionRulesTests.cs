using System.Text.Json;
using IntegrationHub.Functions.PersonalData.Retention;
using IntegrationHub.Local.Commands;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>How long what is kept is the council's to say: what cannot be meant so is refused, and nothing is assumed.</summary>
public sealed class RetentionRulesTests : IDisposable
{
    private const string Good = """{ "key": "a", "cases": "withPlan", "birthday": 25, "yearsAfterBirthday": 6 }""";

    private readonly string folder = Directory.CreateTempSubdirectory("retention-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_a_file_there_is_no_rule() => Assert.Empty(RetentionRules.Read(folder).Councils);

    [Fact]
    public void A_rule_is_read() =>
        Assert.Equal(new CaseRule("a", RetainedCases.WithPlan, 25, 6), Assert.Single(Assert.Single(Read(Good).Councils).Rules));

    [Theory]
    [InlineData("""{ "key": "a", "cases": "withPlan" }""")]
    [InlineData("""{ "key": "", "cases": "withPlan", "birthday": 25 }""")]
    [InlineData("""{ "key": "a", "cases": "withPlan", "birthday": 17 }""")]
    [InlineData("""{ "key": "a", "cases": "withPlan", "birthday": 25, "yearsAfterEnd": -1 }""")]
    [InlineData("""{ "key": "a", "cases": "withPlan", "birthday": 25, "months": 3 }""")]
    [InlineData("""{ "key": "a", "cases": "all", "birthday": 25 }""")]
    [InlineData(Good + ", " + """{ "key": "b", "cases": "withPlan", "birthday": 30 }""")]
    [InlineData(Good + ", " + """{ "key": "a", "cases": "withoutPlan", "birthday": 30 }""")]
    [InlineData(Good + ", null")]
    public void What_cannot_be_meant_so_is_refused(string rules)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Read(rules));
        Assert.StartsWith(RetentionRules.Name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_does_not_start_with_such_a_rule()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, RetentionRules.Name), "{ }", TestContext.Current.CancellationToken);
        var exit = await Faults.RunAsync(() =>
        {
            using var hub = (IDisposable)Local.Hosting.LocalHub.Build(new Local.Hosting.LocalHubOptions { Development = true, DataDirectory = folder, Url = "http://127.0.0.1:0", StartEngine = false });
            return Task.FromResult(Exit.Done);
        });
        Assert.Equal(Exit.WrongCall, exit);
    }

    [Fact]
    public void The_schema_names_exactly_what_is_read()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "IntegrationHub.sln")))
        {
            at = Path.GetDirectoryName(at)!;
        }

        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(at, "docs", "retention.schema.json")));
        var council = schema.RootElement.GetProperty("properties").GetProperty("councils").GetProperty("items").GetProperty("properties");

        Assert.Equal(MembersOf<CouncilRetention>(), NamesIn(council));
        Assert.Equal(MembersOf<CaseRule>(), NamesIn(council.GetProperty("rules").GetProperty("items").GetProperty("properties")));
    }

    private static IEnumerable<string> MembersOf<T>() => typeof(T).GetProperties().Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> NamesIn(JsonElement properties) => properties.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal);

    private RetentionRules Read(string rules)
    {
        File.WriteAllText(Path.Combine(folder, RetentionRules.Name), $$"""{ "version": 1, "councils": [ { "council": "330", "rules": [ {{rules}} ] } ] }""");
        return RetentionRules.Read(folder);
    }
}
