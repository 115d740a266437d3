using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>A plan of the demonstration moves to a second hub by the program's own commands.</summary>
public sealed class MovesTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("hub-moves-").FullName;

    private string Old => Path.Combine(data, "demo", "1");

    private string New => Directory.CreateDirectory(Path.Combine(data, "second")).FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_hub_takes_the_case_over_with_every_version_of_the_plan_and_its_chain_byte_for_byte()
    {
        var (exit, output, error) = await HubProcess.RunAsync($"demo --json --to-final-plan --data \"{data}\"");
        Assert.True(exit == 0, error);
        var plan = JsonElement.Parse(output).GetProperty("plan").EnumerateArray().Select(file => file.GetString()!).First();
        var kept = Path.GetDirectoryName(Path.GetDirectoryName(plan))!;
        var id = Path.GetFileName(kept);
        var package = Path.Combine(data, "plan.zip");

        (exit, _, error) = await HubProcess.RunAsync($"moves export --data \"{Old}\" --case {id} --out \"{package}\"");
        Assert.Equal(1, exit);
        Assert.Contains("No move is on record", error, StringComparison.Ordinal);

        var day = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-1));
        await SendAsync(id, "move-to-another-council", new { council = "331", movedOn = day, becameAwareOn = day });
        (exit, _, error) = await HubProcess.RunAsync($"moves export --data \"{Old}\" --case {id} --out \"{package}\"");
        Assert.True(exit == 0, error);
        (_, output, _) = await HubProcess.RunAsync($"moves key --data \"{Old}\"");
        await File.WriteAllTextAsync(Path.Combine(data, "330.pem"), output, Stop);
        await File.WriteAllTextAsync(
            Path.Combine(New, "councils.json"),
            """
            [{ "code": "331", "name": "Second Council", "socialCare": { "id": "la:331/social-care", "name": "Social care" }, "icb": { "id": "ods:QWO", "name": "Second ICB" },
               "educationalPsychology": { "id": "la:331/educational-psychology", "name": "Psychology" } }]
            """,
            Stop);
        var import = $"moves import --data \"{New}\" --in \"{package}\" --sender-key \"{Path.Combine(data, "330.pem")}\" --council 331 --transferred {day:yyyy-MM-dd} --who \"{Path.Combine(data, "who.json")}\"";

        await WhoAsync("""{ "dateOfBirth": "2011-11-04", "givenName": "Alex", "familyName": "Doyle" }""");
        (exit, _, error) = await HubProcess.RunAsync(import);
        Assert.Equal((1, "The package is about another child, or the details given are wrong. These details differ: the date of birth."), (exit, error.Trim()));
        await WhoAsync("""{ "born": "2011-11-03" }""");
        (exit, _, error) = await HubProcess.RunAsync(import);
        Assert.Equal(1, exit);
        Assert.Contains("must be JSON with dateOfBirth", error, StringComparison.Ordinal);

        await WhoAsync("""{ "dateOfBirth": "2011-11-03", "givenName": "Alex", "familyName": "Doyle", "upn": "B801200005001", "nhsNumber": "9000000009" }""");
        (exit, output, error) = await HubProcess.RunAsync(import);
        Assert.True(exit == 0, error);
        var taken = output.Trim();
        Assert.Equal((0, taken), await SaidAsync(import));

        var arrived = Directory.EnumerateFiles(Path.Combine(New, "documents", "331", taken, "attachments")).Select(File.ReadAllBytes).Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);

        // An empty file beside the chain is only the lock of those who write it.
        var left = Directory.GetFiles(kept, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0).ToList();
        Assert.True(left.Count >= 7, "two versions in three forms, and their chain");
        Assert.All(left, file => Assert.Contains(Convert.ToHexString(File.ReadAllBytes(file)), arrived));
        Assert.Equal((0, "1 assessment read in full, 0 problems."), await SaidAsync($"check --data \"{New}\""));

        // Once it is recorded that the plan was handed on, there is nothing left to hand on.
        await SendAsync(id, "record-act", new { act = "planHandedOn", on = day, what = "By the signed package." });
        (exit, _, error) = await HubProcess.RunAsync($"moves export --data \"{Old}\" --case {id} --out \"{package}.again\"");
        Assert.Equal(1, exit);
        Assert.Contains("maintains no plan", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private Task WhoAsync(string json) => File.WriteAllTextAsync(Path.Combine(data, "who.json"), json, Stop);

    private async Task SendAsync(string id, string step, object input)
    {
        using var hub = HubProcess.At(Old);
        await hub.StartAsync();
        var (_, token) = await SaidAsync($"token council-officer --council 330 --data \"{Old}\"");
        using var http = new HttpClient { BaseAddress = hub.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Add("Idempotency-Key", step);
        using var answer = await http.PostAsJsonAsync($"/v1/cases/{id}/{step}", input, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<(int Exit, string Output)> SaidAsync(string words)
    {
        var (exit, output, _) = await HubProcess.RunAsync(words);
        return (exit, output.Trim());
    }
}
