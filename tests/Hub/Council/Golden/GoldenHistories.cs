using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Moving;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Council.Golden;

/// <summary>
/// Cases as an earlier hub stored them, with what it told of them: histories are never written again, only added to. See README.md beside
/// the files.
/// </summary>
internal static class GoldenHistories
{
    /// <summary>Files of cases, each with the answers of the hub that recorded it.</summary>
    internal static readonly string[] Files = ["demo", "simulated-year", "rare-facts", "plan-life", "asked-again", "re-assessed", "taken-under-way", "taken-back"];

    /// <summary>The stored lines of a file.</summary>
    internal static IReadOnlyList<string> Lines(string file) => Unpack($"{file}.jsonl.br");

    /// <summary>What was told of each of them when the file was recorded.</summary>
    internal static IReadOnlyList<string> Answers(string file) => Unpack($"{file}.answers.jsonl.br");

    /// <summary>Writes the answers of today's code for a file that has none yet.</summary>
    internal static void WriteAnswers(string file)
    {
        using var packed = new BrotliStream(File.Create(Place($"{file}.answers.jsonl.br")), CompressionLevel.SmallestSize);
        using var lines = new StreamWriter(packed) { NewLine = "\n" };
        foreach (var line in Lines(file))
        {
            lines.WriteLine(Answer(Read(line).Moved).ToJsonString());
        }
    }

    internal static bool HasAnswers(string file) => File.Exists(Place($"{file}.answers.jsonl.br"));

    internal static MovedLine Read(string line) => JsonSerializer.Deserialize(line, MovingJson.ToRead)!;

    /// <summary>What today's code tells of a case: to the council, the family, operators and each agency that was asked.</summary>
    internal static JsonObject Answer(MovedAssessment moved)
    {
        var state = Assessment.Replay(AssessmentState.None(moved.Assessment), moved.Events.Select(e => e.What));
        var rules = RulesOf(moved.Assessment.Council);
        var last = LondonDate.Of(moved.Events[^1].At);
        var agencies = state.Requests.Select(r => r.Agency?.Id).Concat(state.Institutions.Select(i => (AgencyId?)i.Institution.Id)).OfType<AgencyId>().Distinct();
        return new JsonObject
        {
            ["assessment"] = moved.Assessment.Value,
            ["version"] = state.Version,
            ["timeline"] = new JsonObject([
                Told("council", CaseVisibility.Council, null),
                Told("family", CaseVisibility.Family, null),
                Told("operations", CaseVisibility.Operations, null),
                .. agencies.OrderBy(a => a.Value, StringComparer.Ordinal).Select(a => Told(a.Value, CaseVisibility.Agency, a)),
            ]),
            ["limits"] = new JsonObject([Limits(last), Limits(last.AddDays(60))]),
            ["status"] = StatusLine.Of(state, last, rules),
            ["plan"] = state.NewestPlan is null ? null : JsonSerializer.SerializeToNode(state.NewestPlan, AssessmentJson.Default.PlanDocument),
        };

        KeyValuePair<string, JsonNode?> Told(string whom, CaseVisibility visibility, AgencyId? agency) =>
            new(whom, JsonSerializer.SerializeToNode(Timeline.Lines(moved.Events, visibility, agency), Recorded));

        KeyValuePair<string, JsonNode?> Limits(DateOnly day) =>
            new(day.ToString("O"), JsonSerializer.SerializeToNode(LimitView.Of(state, day, rules), Recorded));
    }

    /// <summary>How the answers were recorded.</summary>
    private static readonly JsonSerializerOptions Recorded = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private static Rules RulesOf(LocalAuthorityCode council) => new(RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default, CouncilProfile(council));

    private static CouncilProfile CouncilProfile(LocalAuthorityCode council) => new()
    {
        Code = council,
        Name = "Example Council",
        SocialCare = new() { Id = Agency($"la:{council}/social-care"), Name = "Children's Services" },
        EducationalPsychology = new() { Id = Agency($"la:{council}/educational-psychology"), Name = "Educational Psychology Service" },
        MediationAdviser = "Example Mediation",
        MediationContact = "SEND team",
        DisagreementResolution = "Example Resolution",
        InformationAndAdvice = "Example SENDIASS",
    };

    private static AgencyId Agency(string text) => AgencyId.TryParse(text, out var id, out var problem) ? id : throw new ArgumentException(problem);

    /// <summary>
    /// Texts that say the same as when they were recorded, in plainer words: a line of Rewordings.txt for each, with the recorded part of the
    /// text and the part as it is written today. Nothing else of a recorded answer may differ.
    /// </summary>
    internal static IReadOnlyList<(string Recorded, string Today)> Rewordings { get; } =
        [.. File.ReadAllLines(Place("Rewordings.txt")).Where(line => line.Contains(Arrow, StringComparison.Ordinal)).Select(line => (line.Split(Arrow)[0], line.Split(Arrow)[1]))];

    private const string Arrow = " => ";

    /// <summary>A recorded answer in the words of today.</summary>
    internal static JsonNode? InWordsOfToday(JsonNode? recorded) => recorded switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, InWordsOfToday(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(InWordsOfToday)]),
        JsonValue value when value.TryGetValue(out string? text) => Reworded(text),
        _ => recorded?.DeepClone(),
    };

    // What follows a heading such as "For a person to do:" is a text of the event itself, which is shown as it was stored.
    private static string Reworded(string text) =>
        Rewordings.FirstOrDefault(one => one.Recorded.EndsWith(':') && text.StartsWith(one.Recorded, StringComparison.Ordinal)) is { Recorded: { } heading } found
            ? found.Today + text[heading.Length..]
            : Rewordings.Aggregate(text, (words, one) => words.Replace(one.Recorded, one.Today, StringComparison.Ordinal));

    private static IReadOnlyList<string> Unpack(string name)
    {
        using var text = new StreamReader(new BrotliStream(File.OpenRead(Place(name)), CompressionMode.Decompress));
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Place(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, name);
}
