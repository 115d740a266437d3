using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationHub.Ports.Tests;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>
/// An annual review through the whole program: clients that others wrote are asked for their advice over FHIR and over the bus, wrong answers of theirs
/// are refused, and every word of the right ones is in the case, in the papers of the meeting and on the officers' pages.
/// </summary>
[Collection("ports that the pages name")]
public sealed partial class ReviewPeersTests : IDisposable
{
    private const string School = "urn:100001";

    private readonly string data = Directory.CreateTempSubdirectory("hub-review-").FullName;

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Peers_of_FHIR_and_of_the_bus_take_part_in_an_annual_review()
    {
        var peers = Path.Combine(SourceTree.Root, "tests", "peers");
        var missing = Directory.Exists(Path.Combine(peers, "node_modules", "fhir-kit-client")) ? "" : "The peers are not installed: cd tests/peers && npm ci";
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(missing.Length > 0, missing);

        // Microsoft's npm client knows one port only.
        using var ports = await NamedPorts.HoldAsync(Stop);
        await File.WriteAllTextAsync(Path.Combine(data, "agencies.json"), $$"""[{ "id": "ods:RX1", "reach": "fhirPull" }, { "id": "{{School}}", "reach": "bus" }]""", Stop);
        var bus = await SaidAsync($"bus-connection {School}");
        using var hub = HubProcess.At(data);
        await hub.StartAsync();
        using var officer = new HttpClient { BaseAddress = hub.Address };
        officer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SaidAsync("token council-officer --council 330"));
        var id = await ReviewArrangedAsync(officer);

        var words = await AnsweredAsync(peers, hub, id, bus);

        var view = await UntilAsync(officer, id, state => Requests(state).All(request => request.GetProperty("status").GetString() == "received"));
        Assert.All(Requests(view), request => Assert.Equal(1, request.GetProperty("review").GetInt32()));
        await SendAsync(officer, id, "record-review-papers", new { on = Today, papers = "The advice of the school and of the trust." });
        var events = await officer.GetFromJsonAsync<JsonElement>($"/v1/cases/{id}/events", Stop);
        var sent = events.EnumerateArray().Select(one => one.GetProperty("what")).Single(what => what.GetProperty("type").GetString() == "reviewPapersSent");
        Assert.Equal(Advice(view).Select(advice => advice.GetProperty("id").GetString()).Order(), sent.GetProperty("advice").EnumerateArray().Select(one => one.GetString()).Order());

        var held = Texts(view.GetProperty("state").GetProperty("advice")).ToList();
        var papers = await PageAsync(hub, $"/workspace/cases/{id}/review");
        var page = await PageAsync(hub, $"/workspace/cases/{id}/advice");
        Assert.True(words.Count >= 20, string.Join('\n', words));
        Assert.All(words, word => Assert.Contains(held, text => text.Contains(word, StringComparison.Ordinal)));
        Assert.All(words, word => Assert.True(papers.Contains(word, StringComparison.Ordinal), $"not in the papers: {word}"));
        Assert.All(words, word => Assert.True(page.Contains(word, StringComparison.Ordinal), $"not on the page of advice: {word}"));
        Assert.DoesNotContain("Somebody Else", papers, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private static async Task<string> ReviewArrangedAsync(HttpClient officer)
    {
        var opened = await SendAsync(officer, null, "open", new
        {
            route = "parent",
            receivedOn = Today.AddDays(-600),
            child = new { givenName = "Alex", familyName = "Doyle", dateOfBirth = new DateOnly(2017, 11, 3), nhsNumber = "9000000009", nhsNumberStatus = "verified" },
            family = new { name = "Maria Doyle", relationship = "mother" },
            settingKind = "school",
            setting = new { id = School, name = "Millbrook School" },
            icb = new { id = "ods:QHL", name = "Northbridge ICB" },
            takenOver = new { issuedOn = Today.AddDays(-450), neverReviewed = true, source = "The signed plan." },
        });
        var id = opened.GetProperty("assessment").GetString()!;
        await SendAsync(officer, id, "enter-plan-text", new
        {
            lines = new object[]
            {
                new { id = "b1", section = "B", text = "Finds it hard to follow spoken instructions." },
                new { id = "e1", section = "E", text = "By July 2027 follows two-step instructions in a lesson.", answers = new[] { "b1" } },
                new { id = "f1", section = "F", text = "Direct teaching of listening in a group of three.", who = "A teaching assistant", howOften = "4 times a week", howLong = "30 minutes", answers = new[] { "e1" } },
            },
            appendices = new[] { "Advice of the head teacher" },
            source = "The signed plan.",
        });
        await SendAsync(officer, id, "arrange-review", new
        {
            meetingOn = Today.AddDays(40),
            arrangedBy = "school",
            invited = new[] { "family", "setting", "councilOfficer", "healthProfessional", "socialCare" },
        });
        await SendAsync(officer, id, "request-review-advice", new { kind = "medical", agency = new { id = "ods:RX1", name = "Example community trust" } });
        await SendAsync(officer, id, "request-review-advice", new { kind = "educational", agency = new { id = School, name = "Millbrook School" } });

        // Both have reached those who are asked.
        await UntilAsync(officer, id, state => Requests(state).All(request => request.GetProperty("status").GetString() == "delivered"));
        return id;
    }

    private async Task<List<string>> AnsweredAsync(string peers, HubProcess hub, string id, string bus)
    {
        var start = new ProcessStartInfo("node", ["review.mjs"]) { WorkingDirectory = peers, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HUB"] = hub.Address.ToString().TrimEnd('/');
        start.Environment["FHIR_TOKEN"] = await SaidAsync("token agency --agency ods:RX1");
        start.Environment["BUS"] = bus;
        start.Environment["CASE"] = id;
        start.Environment["SCHOOL"] = School;
        start.Environment["SUBSCRIPTION"] = School.Replace(':', '-');
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        var said = await output;
        Assert.True(process.ExitCode == 0, said + await errors);
        return [.. said.Split('\n').Where(line => line.StartsWith("word ", StringComparison.Ordinal)).Select(line => line["word ".Length..])];
    }

    private static async Task<JsonElement> UntilAsync(HttpClient officer, string id, Func<JsonElement, bool> holds)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var view = await officer.GetFromJsonAsync<JsonElement>($"/v1/cases/{id}", Stop);
            if (holds(view))
            {
                return view;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), view.GetProperty("state").GetProperty("requests").ToString());
            await Task.Delay(100, Stop);
        }
    }

    private static IEnumerable<JsonElement> Requests(JsonElement view) => view.GetProperty("state").GetProperty("requests").EnumerateArray();

    private static IEnumerable<JsonElement> Advice(JsonElement view) => view.GetProperty("state").GetProperty("advice").EnumerateArray();

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    private static async Task<JsonElement> SendAsync(HttpClient officer, string? id, string step, object input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, id is null ? "/v1/cases" : $"/v1/cases/{id}/{step}") { Content = JsonContent.Create(input) };
        request.Headers.Add("Idempotency-Key", $"{step}-{Guid.NewGuid()}");
        using var answer = await officer.SendAsync(request, Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{step}: {said}");
        return said.Length > 0 ? JsonElement.Parse(said) : default;
    }

    /// <summary>The text of an officer's page, as the development form signs one in.</summary>
    private static async Task<string> PageAsync(HubProcess hub, string address)
    {
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = hub.Address };
        var form = await browser.GetStringAsync("/workspace/sign-in", Stop);
        using var entered = await browser.PostAsync(
            "/workspace/sign-in",
            new FormUrlEncodedContent([new("role", "case-officer"), new("council", "330"), new("__RequestVerificationToken", Token().Match(form).Groups[1].Value)]),
            Stop);
        var html = await browser.GetStringAsync(address, Stop);
        return WebUtility.HtmlDecode(Tags().Replace(html, " "));
    }

    private async Task<string> SaidAsync(string words)
    {
        var (exit, output, error) = await HubProcess.RunAsync($"{words} --data \"{data}\"");
        Assert.True(exit == 0, error);
        return output.Trim();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();
}
