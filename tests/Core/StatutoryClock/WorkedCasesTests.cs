using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Orchestrations.StatutoryClock.Batch;

namespace IntegrationHub.Core.Tests.StatutoryClock;

/// <summary>The two hundred worked lines, which were computed independently, are held exactly.</summary>
public class WorkedCasesTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "StatutoryClock", "data", "deadlines.worked.jsonl"));

    public static TheoryData<string> Cases => [.. Lines];

    [Fact]
    public void There_are_two_hundred() => Assert.Equal(200, Lines.Length);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_worked_case_is_answered_exactly(string line)
    {
        var worked = JsonNode.Parse(line)!.AsObject();

        var (answer, ok) = DeadlineBatch.AnswerLine(worked["case"]!.ToJsonString());

        Assert.True(ok);
        Assert.Equal(Expected(worked), answer);
    }

    [Fact]
    public async Task All_of_them_pass_through_a_stream_in_order()
    {
        var worked = Lines.Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', worked.Select(line => line["case"]!.ToJsonString()))));
        var output = new MemoryStream();

        var status = await DeadlineBatch.RunAsync(input, output, TestContext.Current.CancellationToken);

        Assert.Equal(0, status);
        Assert.Equal(string.Concat(worked.Select(line => Expected(line) + "\n")), Encoding.UTF8.GetString(output.ToArray()));
    }

    private static string Expected(JsonObject worked) =>
        JsonSerializer.Serialize(new JsonObject { ["id"] = worked["case"]!["id"]!.DeepClone(), ["limits"] = worked["limits"]!.DeepClone() });
}
