using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Local.PersonalData;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>What is left of somebody who asked for assessments on the web after one of the cases was erased.</summary>
public sealed class AskingErasureTests
{
    private static readonly LocalAuthorityCode Council = LocalAuthorityCode.TryParse("330", out var code, out var problem) ? code : throw new FormatException(problem);
    private static readonly AssessmentId Gone = AssessmentId.For(Council, "gone");
    private static readonly AssessmentId Other = AssessmentId.For(Council, "other");

    [Theory]
    [InlineData("Zephyrine", true)]
    [InlineData("9990000018", false)]
    public void Receipts_are_still_counted_and_only_words_about_the_erased_child_go(string typed, bool stays)
    {
        var root = Directory.CreateTempSubdirectory("asking-erased-").FullName;
        var draft = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "contributions", "330")).FullName, "ask-0123456789abcdef.json");
        File.WriteAllText(draft, new JsonObject
        {
            ["saves"] = 3,
            ["typed"] = new JsonObject { ["ask.worries"] = typed },
            ["sent"] = new JsonArray(
                new JsonObject { ["reference"] = Gone.Value, ["on"] = "2026-06-10" }, new JsonObject { ["reference"] = Other.Value, ["on"] = "2026-06-11" }),
            ["files"] = new JsonArray(),
        }.ToJsonString());

        DocumentErasure.Run(
            root, new HashSet<string> { Gone.Value },
            bytes => Encoding.UTF8.GetString(bytes) is var text && (text.Contains(Gone.Value, StringComparison.Ordinal) || text.Contains("9990000018", StringComparison.Ordinal)));

        var left = JsonNode.Parse(File.ReadAllText(draft))!;
        Assert.Equal(["erased", Other.Value], left["sent"]!.AsArray().Select(receipt => (string?)receipt!["reference"]));
        Assert.Equal(stays, left.ToJsonString().Contains(typed, StringComparison.Ordinal));
    }
}
