using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>
/// The same script for every assessment, through the public API, as a patient client speaks it: what was not answered is sent again
/// under the same key until it is.
/// </summary>
internal sealed partial class ScriptedLoad(Uri hub, string data, int assessments) : IDisposable
{
    private const int AtOnce = 8;
    private static readonly LocalAuthorityCode Council = Parse<LocalAuthorityCode>("330");
    private static readonly DateOnly Received = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-3);

    private readonly HttpClient http = new() { BaseAddress = hub, Timeout = Timeout.InfiniteTimeSpan };
    private readonly string token = TokenIssuer.Open(data, new AccessOptions(), TimeProvider.System)
        .Issue(new TokenRequest(CallerRole.CouncilOfficer, "load", Council), TimeSpan.FromHours(3));

    /// <summary>Every message that was answered with success: the assessment and the key.</summary>
    internal ConcurrentBag<(string Assessment, string Key)> Acknowledged { get; } = [];

    /// <summary>The assessments by their place in the script.</summary>
    internal ConcurrentDictionary<int, string> Ids { get; } = [];

    internal Task RunAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(Enumerable.Range(0, assessments), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, RunOneAsync);

    /// <summary>The final state of one assessment, without what differs from run to run: the number of its events, days, effect ids, hashes of what names them.</summary>
    internal async Task<string> StateAsync(string assessment, CancellationToken cancellationToken)
    {
        var state = JsonNode.Parse((await GetAsync($"/v1/cases/{assessment}", cancellationToken)).GetProperty("state").GetRawText())!.AsObject();
        state.Remove("version");

        // Which of several letters was found first to have no channel is a race that no kill decides.
        foreach (var list in new[] { "failedEffects", "attention" })
        {
            if (state[list] is JsonArray items)
            {
                state[list] = new JsonArray([.. items.Select(i => Days().Replace(i!.ToJsonString(), "DAY")).Order(StringComparer.Ordinal).Select(text => JsonNode.Parse(text))]);
            }
        }

        return Days().Replace(state.ToJsonString(), "DAY");
    }

    /// <summary>
    /// What happened in one assessment, without what differs from run to run: order, instants and days; and without "delivered", which
    /// happens only when the delivery is reported before the answer comes, a race that no kill decides.
    /// </summary>
    internal async Task<(IReadOnlyList<string> Happened, IReadOnlyList<string> MessageIds)> EventsAsync(string assessment, CancellationToken cancellationToken)
    {
        var events = (await GetAsync($"/v1/cases/{assessment}/events", cancellationToken)).EnumerateArray().ToList();
        return (
            [.. events.Select(e => Days().Replace(e.GetProperty("what").GetRawText(), "DAY")).Where(e => !e.Contains("\"to\":\"delivered\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal)],
            [.. events.Select(e => e.TryGetProperty("messageId", out var id) ? id.GetString()! : "")]);
    }

    /// <summary>Waits until nothing is left to be carried out.</summary>
    internal async Task SettleAsync(string assessment, CancellationToken cancellationToken)
    {
        while ((await GetAsync($"/v1/cases/{assessment}/effects", cancellationToken)).EnumerateArray().Any(e => !e.TryGetProperty("end", out _)))
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>
    /// Waits until everything was decided too: how an effect ended is news that waits in the inbox, and what is sent after it is decided
    /// after it.
    /// </summary>
    internal async Task EndAsync(string assessment, CancellationToken cancellationToken)
    {
        await SettleAsync(assessment, cancellationToken);
        var last = new AssignCaseOfficer("The last officer");
        await SendAsync($"/v1/cases/{assessment}/{StepCatalogue.Of(last).Name}", last, "last", cancellationToken, assessment);
    }

    public void Dispose() => http.Dispose();

    /// <summary>Opens one assessment and decides to assess, so that its agencies are asked for advice; waits for nothing.</summary>
    internal async Task AskAsync(int n, CancellationToken cancellationToken)
    {
        var id = await OpenAsync(n, cancellationToken);
        foreach (var input in Script(n).TakeWhile(input => input is not SubmitAdvice))
        {
            var name = StepCatalogue.Of(input).Name;
            await SendAsync($"/v1/cases/{id}/{name}", input, $"{name}-{n}", cancellationToken, id);
        }
    }

    private async Task<string> OpenAsync(int n, CancellationToken cancellationToken)
    {
        var opened = await SendAsync("/v1/cases", Facts(n), $"open-{n}", cancellationToken);
        return Ids[n] = opened.GetProperty("assessment").GetString()!;
    }

    private async ValueTask RunOneAsync(int n, CancellationToken cancellationToken)
    {
        var id = await OpenAsync(n, cancellationToken);
        var step = 0;
        foreach (var input in Script(n))
        {
            await SendAsync($"/v1/cases/{id}/{StepCatalogue.Of(input).Name}", input, $"step-{n}-{++step}", cancellationToken, id);
            if (input is DecideWhetherToAssess)
            {
                // Nobody answers before they were asked: else whether a request was found to have no channel before its answer came is a race.
                await SettleAsync(id, cancellationToken);
            }
        }
    }

    private static IEnumerable<AssessmentInput> Script(int n)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1);
        yield return new AssignCaseOfficer($"Officer {n % 7}");
        yield return new RecordConsultation(today, "Wants an assessment.");
        yield return new DecideWhetherToAssess(true, "May be necessary.");
        foreach (var request in new[] { "familyViews-1", "educational-1", "medical-1", "psychological-1", "socialCare-1" })
        {
            yield return new SubmitAdvice(request, Advice(today, request));
        }

        yield return new DecideWhetherToIssuePlan(true, "Necessary.");
        if (n % 10 == 0)
        {
            yield return new PrepareDraft();
        }
    }

    private static AdviceContent Advice(DateOnly day, string about) => new()
    {
        Author = "A. Author",
        AuthorRole = "Professional",
        WrittenOn = day,
        Views = [new AdviceView("v1", "Likes drawing.")],
        Needs = [new AdviceNeed("n1", NeedArea.Education, $"Needs help ({about}).")],
        Outcomes = [new AdviceOutcome("o1", "By July 2027 asks three questions in a lesson.", ["n1"])],
        Provision =
        [
            new AdviceProvision { Id = "p1", Kind = ProvisionKind.Education, Text = "Teaching in a group of three.", Who = "A trained teaching assistant", HowOften = "4 times a week", HowLong = "30 minutes", Outcomes = ["o1"] },
        ],
    };

    private static OpeningFacts Facts(int n) => new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = Received,
        Child = new Child { GivenName = "Child", FamilyName = $"Number {n}", DateOfBirth = Received.AddYears(-8) },
        Family = new FamilyContact { Name = "A. Parent", Relationship = "father", Email = "parent@example.org", ElectronicServiceAgreedOn = Received },
        SettingKind = SettingKind.School,
        Setting = new Agency { Id = Parse<AgencyId>("urn:100001"), Name = "Example Primary School" },
        Icb = new Agency { Id = Parse<AgencyId>("ods:QHL"), Name = "Example ICB" },
        Advisers = [new NamedAdviser(AdviceKind.Medical, new Agency { Id = Parse<AgencyId>("ods:RX1"), Name = "Example Trust" })],
    };

    /// <summary>Sends until it is answered. A refused connection or a broken answer says nothing about what the hub kept.</summary>
    private async Task<JsonElement> SendAsync(string path, object body, string key, CancellationToken cancellationToken, string? assessment = null)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, body.GetType(), options: AssessmentJson.Default.Options) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Idempotency-Key", key);
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                Assert.True(response.IsSuccessStatusCode, $"{path} was answered {response.StatusCode}: {text}");
                var answer = JsonElement.Parse(text);
                Acknowledged.Add((assessment ?? answer.GetProperty("assessment").GetString()!, key));
                return answer;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    /// <summary>Asks until it is answered, as the hub may be between two lives.</summary>
    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                return JsonElement.Parse(text);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem, nameof(text));

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}|\b[0-9a-f]{64}\b|\b\d+/\d+\b")]
    private static partial Regex Days();
}
