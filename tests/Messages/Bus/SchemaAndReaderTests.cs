using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Messages.Tests.Bus;

/// <summary>
/// One truth: another's validator (JsonSchema.Net) on the published files, and the published further rules as this test understands them,
/// accept exactly the messages that the hub accepts. More of them: <c>SCHEMA_CASES=100000 dotnet test --project tests/Messages</c>.
/// </summary>
public sealed class SchemaAndReaderTests
{
    private const int Seed = 20261120;
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("SCHEMA_CASES"), CultureInfo.InvariantCulture, out var asked) ? asked : 6_000;

    private static readonly string[] Values =
    [
        "null", "true", "false", "-1", "0", "1", "1.0", "1.5", "4812e1", "1e400", "9007199254740991", "9007199254740992", "[]", "{}", "\"\"", "\" \"", "\"\\u00a0\\t\"", "\"\\u0085\"",
        "\"\\ufeff\"", "\"\\u200b\"", "\"\\u2060x\"", "\"\\u0000\"", "\"n1\"", "\"n1 \"", "\"n1\\n\"", "\"N1\"", "\"o1\"", "\"o9\"", "\"a/b\"", "\"2026-02-30\"", "\"2026-2-3\"", "\"2026-11-20\"", "\"2026-11-21\"", "\"2026-11-22\"",
        "\"2027-12-25\"", "\"2027-12-26\"", "\"1016-05-04\"", "\"2017-05-03\"", "\"2017-05-04\"", "\"2024-02-29\"", "\"2023-02-29\"", "\"0000-01-01\"", "\"2026-01-05T00:00:00Z\"", "\"2026-01-20T09:00:00z\"",
        "\"2026-01-20T09:00:00\"", "\"2026-01-20T09:00Z\"", "\"2026-01-20 09:00:00Z\"", "\"2026-01-20T09:00:00.1234567+01:00\"", "\"2026-01-20T09:00:00.12345678Z\"", "\"2026-01-20T09:00:60Z\"",
        "\"2026-01-20T09:00:00+14:00\"", "\"2026-01-20T24:00:00Z\"", "\"urn:100001\"", "\"URN:100001\"", "\" urn:100001\"", "\"urn:000001\"", "\"ods:rx1\"", "\"ods:RX1\"", "\"la:330/social-care\"", "\"la:200/x\"", "\"la:201/x\"",
        "\"330-7K3M9Q2XH4TD\"", "\"330-7k3m9q2xh4td\"", "\"200-7K3M9Q2XH4TD\"", "\"330-7K3M9Q2XH4TO\"", "\"9434765919\"", "\"943 476 5919\"", "\"9434765918\"", "\"9000000009\"", "\"4857773457\"", "\"0000000000\"", "\"A123456789012\"", "\"H801200001001\"", "\"B801200001001\"", "\"H80120000100A\"",
        "\"familyViews\"", "\"FamilyViews\"", "\"other\"", "\"health\"", "\"notKnown\"", "\"onHold\"", "\"verified\"", "\"socialCareOther\"", $"\"{new string('a', 64)}\"", $"\"{new string('A', 64)}\"", $"\"{new string('b', 64)}\"",
        $"\"{new string('x', 65)}\"", $"\"{new string('x', 20_000)}\"", $"\"{new string('x', 20_001)}\"", $"\"{Repeat("😀", 20_000)}\"", $"\"{Repeat("😀", 20_001)}\"",
    ];

    private static readonly ILookup<string, string> ByShape = Values.ToLookup(value => Shape(JsonNode.Parse(value)));

    [Fact]
    public void Schema_and_rules_accept_what_the_reader_accepts_and_nothing_else()
    {
        var (accepted, refusedBySchema, refusedByRule) = (0, 0, new Dictionary<string, int>());
        for (var n = 0; n < Cases; n++)
        {
            var random = new Random(Seed + n);

            // The two with the most lines, the last, cost as much as a hundred others each.
            var (type, json) = Samples[random.Next(20) == 0 ? Samples.Count - 1 - random.Next(2) : random.Next(Samples.Count - 2)];
            var body = (JsonObject)JsonNode.Parse(json)!;
            for (var edits = random.Next(4); edits > 0; edits--)
            {
                Edit(body, random.Next(16), random.Next(1_000_000), random.Next(1_000_000));
            }

            var text = body.ToJsonString();
            using var document = JsonDocument.Parse(text);
            var bySchema = PublishedSchemas.Accepts(BusMessages.Find(type)!.SchemaFile, document.RootElement);
            var rule = bySchema ? FurtherRules.Broken(type, body, Today) : null;
            var reading = MessageReader.Read(BusMessages.Find(type)!, Encoding.UTF8.GetBytes(text));
            var problem = reading.Value is null ? reading.Problem : MessageRules.FirstViolation(reading.Value, Today);

            Assert.True(
                (bySchema && rule is null) == (problem is null),
                $"{n}: {type}: schema {(bySchema ? "accepts" : "refuses")}, rule: {rule ?? "none"}, reader: {problem ?? "accepts"}\n{(text.Length > 4_000 ? text[..4_000] : text)}");
            accepted += problem is null ? 1 : 0;
            refusedBySchema += bySchema ? 0 : 1;
            if (rule is not null)
            {
                refusedByRule[rule] = refusedByRule.GetValueOrDefault(rule) + 1;
            }
        }

        // One in which nothing is accepted, or nothing is refused by a rule, would show nothing.
        TestContext.Current.TestOutputHelper?.WriteLine($"accepted {accepted}, refused by schema {refusedBySchema}, by rule {string.Join(", ", refusedByRule)}");
        Assert.True(accepted > Cases / 10 && refusedBySchema > Cases / 4, $"accepted {accepted}, refused by schema {refusedBySchema}");
        Assert.Equal(FurtherRules.Names.Order(StringComparer.Ordinal), refusedByRule.Keys.Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<(string Type, string Json)> Samples { get; } =
        [.. SampleMessages.All.Concat(SampleMessages.Wide).OrderBy(body => BusJson.Write(body).Length).Select(body => (BusMessages.For(body), body)).Where(one => one.Item1.IsToHub).Select(one => (one.Item1.Type, Encoding.UTF8.GetString(BusJson.Write(one.body))))];

    private static void Edit(JsonObject body, int how, int where, int what)
    {
        var places = Places(body).ToList();
        var (parent, key) = places[where % places.Count];
        var fitting = ByShape[Shape(parent is JsonObject of ? of[(string)key] : ((JsonArray)parent)[(int)key])].ToList();
        var value = JsonNode.Parse(how >= 6 && fitting.Count > 0 ? fitting[what % fitting.Count] : Values[what % Values.Length]);
        switch (parent)
        {
            case JsonObject members when how <= 1:
                members.Remove((string)key);
                break;
            case JsonObject members when how == 2:
                members[what % 2 == 0 ? "added" : ((string)key).ToUpperInvariant()] = value;
                break;
            case JsonObject members when how == 3:
                // Another value that stands in the same message: the same id twice, a date of another member.
                var (from, at) = places[what % places.Count];
                members[(string)key] = (from is JsonObject o ? o[(string)at] : ((JsonArray)from)[(int)at])?.DeepClone();
                break;
            case JsonObject members:
                members[(string)key] = value;
                break;
            case JsonArray items when how <= 1:
                items.RemoveAt((int)key);
                break;
            case JsonArray items when how <= 3:
                items.Add(items[(int)key]?.DeepClone());
                break;
            case JsonArray items:
                items[(int)key] = value;
                break;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Places(member.Value!).Prepend((node, (object)member.Key))),
        JsonArray items => items.SelectMany((item, index) => Places(item!).Prepend((node, (object)index))),
        _ => [],
    };

    /// <summary>Values of one shape stand in each other's place without breaking the schema by it alone.</summary>
    private static string Shape(JsonNode? value) => value?.GetValueKind() != JsonValueKind.String ? value?.GetValueKind().ToString() ?? "null" : (string)value! switch
    {
        { Length: 64 } => "hash",
        { Length: 10 } day when day[4] == '-' => "day",
        { Length: 10 } => "nhs number",
        { Length: 13 } => "upn",
        { Length: <= 3 } => "id",
        _ => "text",
    };

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
