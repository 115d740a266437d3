using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>The demonstration's community trust is Medplum's FHIR router (npm: <c>cd tests/peers &amp;&amp; npm ci</c>), which nobody here wrote.</summary>
public sealed class PushDemoTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("hub-push-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demonstration_pushes_to_medplum_and_takes_the_advice_from_there()
    {
        var peers = Path.Combine(Root(), "tests", "peers");
        var missing = Directory.Exists(Path.Combine(peers, "node_modules", "@medplum", "fhir-router")) ? "" : "Medplum's router is not installed: cd tests/peers && npm ci";
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(missing.Length > 0, missing);
        using var medplum = Process.Start(new ProcessStartInfo("node", ["--experimental-websocket", "--no-warnings", "fhir-server.mjs"]) { WorkingDirectory = peers, RedirectStandardOutput = true })!;
        try
        {
            var port = await medplum.StandardOutput.ReadLineAsync(Cancel);
            using var theirs = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };

            var (exit, output, error) = await HubProcess.RunAsync($"demo --json --to-final-plan --push-to http://127.0.0.1:{port}/fhir --data \"{data}\"");

            Assert.True(exit == 0, error);
            var medical = JsonElement.Parse(output).GetProperty("limits").EnumerateArray().Single(l => l.GetProperty("key").GetString() == "advice:medical-1");
            Assert.NotEmpty(medical.GetProperty("metOn").GetString()!);

            // There: one Task, completed with the advice, and chased on its way. It came as one transaction, not by the hub's API.
            var tasks = (await theirs.GetFromJsonAsync<JsonObject>("fhir/Task", Cancel))!["entry"]!.AsArray();
            var task = Assert.Single(tasks)!["resource"]!;
            Assert.Equal(("completed", "chased"), ((string?)task["status"], (string?)task["businessStatus"]!["coding"]![0]!["code"]));
            Assert.StartsWith("QuestionnaireResponse/", (string?)task["output"]![0]!["valueReference"]!["reference"], StringComparison.Ordinal);
            var seen = (await theirs.GetFromJsonAsync<JsonArray>("test/seen", Cancel))!;
            Assert.Contains(seen, call => (string?)call!["method"] == "POST" && (string?)call["requestId"] is { Length: > 0 });
            Assert.Contains(seen, call => (string?)call!["method"] == "PATCH");
        }
        finally
        {
            medplum.Kill();
            await medplum.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", ".."));
}
