using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IntegrationHub.Hub.Tests.Council.Golden;

/// <summary>Stores of earlier hubs open, and what was told of their cases is still told.</summary>
public sealed partial class GoldenHistoryTests
{
    public static TheoryData<string> Files => [.. GoldenHistories.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Stored_cases_give_the_timeline_limits_and_plan_that_they_gave_when_they_were_recorded(string file)
    {
        if (!GoldenHistories.HasAnswers(file))
        {
            GoldenHistories.WriteAnswers(file);
            Assert.Fail($"{file} had no answers. They were written from today's code: look at them and commit them.");
        }

        var (lines, answers) = (GoldenHistories.Lines(file), GoldenHistories.Answers(file));
        Assert.Equal(lines.Count, answers.Count);
        Assert.All(lines.Zip(answers), one =>
        {
            var (expected, actual) = (GoldenHistories.InWordsOfToday(JsonNode.Parse(one.Second)), GoldenHistories.Answer(GoldenHistories.Read(one.First).Moved));
            LetNeutralNamesStand(expected!, actual);
            Assert.True(JsonNode.DeepEquals(expected, actual), Difference("$", expected, actual));
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Stored_cases_are_written_as_they_were(string file) => Assert.All(GoldenHistories.Lines(file), line =>
    {
        var read = GoldenHistories.Read(line);
        Assert.Equal(read.Sha256, read.Moved.Digest());
    });

    [Fact]
    public void The_recorded_cases_hold_all_62_facts_of_their_day()
    {
        var recorded = GoldenHistories.Files.SelectMany(GoldenHistories.Lines)
            .SelectMany(line => GoldenHistories.Read(line).Moved.Events).Select(e => e.What.GetType()).Distinct();

        Assert.True(recorded.Count() >= 62, "A fact that was recorded is no longer read as a fact of its own.");
    }

    [Fact]
    public void Every_rewording_is_of_a_recorded_text_and_changes_no_number_in_it()
    {
        var recorded = GoldenHistories.Files.SelectMany(GoldenHistories.Answers).Select(line => JsonSerializer.Serialize(JsonNode.Parse(line), Plain)).ToList();

        Assert.NotEmpty(GoldenHistories.Rewordings);
        Assert.All(GoldenHistories.Rewordings, one =>
        {
            Assert.Contains(recorded, line => line.Contains(JsonSerializer.Serialize(one.Recorded, Plain)[1..^1], StringComparison.Ordinal));
            Assert.Equal(one.Recorded.Where(char.IsAsciiDigit), one.Today.Where(char.IsAsciiDigit));
        });
    }

    /// <summary>
    /// Since operators cannot tell that somebody is detained, their lines have neutral names for letters, limits and tasks. The recorded line must
    /// have had a name there, and nothing but the name may differ.
    /// </summary>
    private static void LetNeutralNamesStand(JsonNode expected, JsonNode actual)
    {
        foreach (var (recorded, today) in expected["timeline"]!["operations"]!.AsArray().Zip(actual["timeline"]!["operations"]!.AsArray()))
        {
            var (named, neutral) = ((string)recorded!["text"]!, (string)today!["text"]!);
            if (named != neutral && Neutral().Split(neutral) is { Length: > 1 } rest && Regex.IsMatch(named, $"^{string.Join(".*", rest.Select(Regex.Escape))}$"))
            {
                recorded["text"] = neutral;
            }
        }
    }

    [GeneratedRegex(@"[Ll]etter to (?:the family|an agency) \([^)]*\)|(?<=: )A task for the council's officers\.|(?<=^A record was corrected)\.|a time limit|(?<=^Assessment opened)\. The request was received on (?=\d)")]
    private static partial Regex Neutral();

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first place at which two answers differ.</summary>
    private static string Difference(string path, JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a):
                var name = e.Select(m => m.Key).Union(a.Select(m => m.Key)).FirstOrDefault(n => !JsonNode.DeepEquals(e[n], a[n]));
                return name is null ? path : Difference($"{path}.{name}", e[name], a[name]);
            case (JsonArray e, JsonArray a):
                var place = Enumerable.Range(0, Math.Min(e.Count, a.Count)).FirstOrDefault(n => !JsonNode.DeepEquals(e[n], a[n]), -1);
                return place < 0 ? $"{path} has {a.Count} in place of {e.Count}" : Difference($"{path}[{place}]", e[place], a[place]);
            default:
                return $"{path}: {JsonSerializer.Serialize(expected)} was recorded; it is {JsonSerializer.Serialize(actual)}";
        }
    }
}
