using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using IntegrationHub.Azure.Clock;
using IntegrationHub.Azure.Tests.App.Messages;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.Azure.Functions.Worker;
using Protobuf = Microsoft.DurableTask.Protobuf;

namespace IntegrationHub.Azure.Tests.App;

/// <summary>The published app, started and driven.</summary>
public sealed partial class AppTests(RunningApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void It_tells_the_host_exactly_the_functions_that_the_code_declares()
    {
        var declared = typeof(ClockFunctions).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Select(method => (Function: method.GetCustomAttribute<FunctionAttribute>(), Method: method))
            .Where(method => method.Function is not null)
            .ToDictionary(method => method.Function!.Name, method => Trigger(method.Method));

        Assert.Equal(declared.Count, app.Host.Functions.Count);
        foreach (var (name, trigger) in declared)
        {
            var bindings = app.Host.Functions[name].RawBindings.Select(raw => JsonDocument.Parse(raw).RootElement).ToList();
            Assert.Equal(trigger, Assert.Single(bindings, binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal)).GetProperty("type").GetString());
            Assert.Equal("dotnet-isolated", app.Host.Functions[name].Language);
        }

        Assert.Equal(EffectActivities.All.Count + 2 + 3 + 1, declared.Count);
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    [InlineData("/openapi/v1.json", "\"openapi\":\"3.1")]
    [InlineData("/openapi/v1-operations.json", "\"openapi\":\"3.1")]
    [InlineData("/fhir/metadata", "CapabilityStatement")]
    public async Task It_answers_what_needs_no_token(string path, string expected)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        var body = await answer.Content.ReadAsStringAsync(Stop);

        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {body}\n{app.Said}");
        Assert.Contains(expected, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_monitor_sends_who_is_not_signed_in_to_the_issuer()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/monitor");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("https://hub.example.gov.uk/monitor/sign-in?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var onward = await SendAsync(HttpMethod.Get, answer.Headers.Location.PathAndQuery);
        Assert.True(onward.StatusCode == HttpStatusCode.Redirect, $"{onward.StatusCode}\n{app.Said}");
        Assert.Contains("/authorize?", onward.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("hub.example.gov.uk%2Fmonitor%2Fsigned-in", onward.Headers.Location.OriginalString, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_council_opens_a_case_which_is_stored_and_its_driver_started()
    {
        using var opened = await OpenAsync("open-1", app.Token());
        var body = await opened.Content.ReadAsStringAsync(Stop);
        Assert.True(opened.StatusCode == HttpStatusCode.Created, $"{opened.StatusCode} {body}\n{app.Said}");
        Assert.True(AssessmentId.TryParse(Reference().Match(body).Value, out var id, out _), body);
        Assert.True((await app.Store.LoadAsync(id, Stop)).State.Version > 0);

        // The same once more is the same answer; a case is driven from here on by the engine, whose call is the next.
        using var again = await OpenAsync("open-1", app.Token());
        Assert.Equal(body, await again.Content.ReadAsStringAsync(Stop));

        var turn = await app.Host.CallAsync(TurnActivity.Name, "assessment", new TypedData { String = JsonSerializer.Serialize(id.Value) });
        Good(turn);
        var report = JsonSerializer.Deserialize<TurnReport>(Text(turn.ReturnValue), JsonSerializerOptions.Web)!;
        Assert.NotEmpty(report.Due);
        Assert.All(report.Due, due => Assert.Contains(due.Activity, app.Host.Functions.Keys));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_opened()
    {
        using var refused = await OpenAsync("open-2", null);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Five_megabytes_are_refused()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/cases") { Content = new ByteArrayContent(new byte[5 << 20]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", app.Token());
        request.Headers.Add("Idempotency-Key", "large");
        request.Headers.ExpectContinue = true;
        using var answer = await app.Host.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_timer_that_runs_keeps_that_it_ran_and_one_that_fails_does_not()
    {
        Good(await TickAsync(ClockFunctions.Sweep));
        Assert.True(await RanAsync(ClockFunctions.Sweep));

        // What is held is on the bus, and there is no bus here.
        Assert.Equal(StatusResult.Types.Status.Failure, (await TickAsync(ClockFunctions.CheckHeldMessages)).Result.Status);
        Assert.False(await RanAsync(ClockFunctions.CheckHeldMessages));

        Task<InvocationResponse> TickAsync(string timer) =>
            app.Host.CallAsync(timer, "timer", new TypedData { Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""" });

        async Task<bool> RanAsync(string timer) =>
            (await app.Table("drivers").GetEntityIfExistsAsync<global::Azure.Data.Tables.TableEntity>("drivers", $"ran-{timer}", cancellationToken: Stop)).HasValue;
    }

    [Fact]
    public async Task Its_driver_asks_for_a_turn_first()
    {
        var answer = await app.Host.CallAsync(AssessmentOrchestrator.Name, "context", new TypedData { String = Convert.ToBase64String(JustStarted("330-7K3M9Q2XH4TD").ToByteArray()) });
        Good(answer);

        var decided = Protobuf.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(Text(answer.ReturnValue)));
        var asked = Assert.Single(decided.Actions).ScheduleTask;
        Assert.Equal(TurnActivity.Name, asked.Name);
        Assert.Contains("\"330-7K3M9Q2XH4TD\"", asked.Input, StringComparison.Ordinal);
    }

    [Fact]
    public void It_starts_within_what_a_person_waits_for()
    {
        TestContext.Current.SendDiagnosticMessage("Cold start of the published app: functions loaded after {0:F1} s, first answer after {1:F1} s", app.Cold.Loaded.TotalSeconds, app.Cold.Answered.TotalSeconds);

        Assert.InRange(app.Cold.Answered, TimeSpan.Zero, TimeSpan.FromSeconds(90));
    }

    private static Protobuf.OrchestratorRequest JustStarted(string id)
    {
        var now = Timestamp.FromDateTime(DateTime.UtcNow);
        var started = new Protobuf.ExecutionStartedEvent
        {
            Name = AssessmentOrchestrator.Name,
            OrchestrationInstance = new Protobuf.OrchestrationInstance { InstanceId = id, ExecutionId = "1" },
        };
        return new Protobuf.OrchestratorRequest
        {
            InstanceId = id,
            NewEvents =
            {
                new Protobuf.HistoryEvent { EventId = -1, Timestamp = now, OrchestratorStarted = new Protobuf.OrchestratorStartedEvent() },
                new Protobuf.HistoryEvent { EventId = -1, Timestamp = now, ExecutionStarted = started },
            },
        };
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path) => app.Host.SendAsync(new HttpRequestMessage(method, path));

    private Task<HttpResponseMessage> OpenAsync(string key, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/cases")
        {
            Content = new StringContent(
                """
                { "route": "parent", "receivedOn": "2026-01-12",
                  "child": { "givenName": "Alex", "familyName": "Doyle", "dateOfBirth": "2015-11-03" },
                  "family": { "name": "Maria Doyle", "relationship": "mother" },
                  "settingKind": "school", "setting": { "id": "urn:100001", "name": "Millbrook School" },
                  "icb": { "id": "ods:QHL", "name": "Northbridge ICB" } }
                """,
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return app.Host.SendAsync(request);
    }

    private static string Trigger(MethodInfo method)
    {
        var name = method.GetParameters()[0].GetCustomAttributes().Select(attribute => attribute.GetType().Name).Single(type => type.EndsWith("TriggerAttribute", StringComparison.Ordinal));
        return char.ToLowerInvariant(name[0]) + name[1..^"Attribute".Length];
    }

    [GeneratedRegex("330-[0-9A-Z]{12}")]
    private static partial Regex Reference();

    private static string Text(TypedData data) => data.DataCase == TypedData.DataOneofCase.Json ? data.Json : data.String;

    private static void Good(InvocationResponse answer) =>
        Assert.True(answer.Result.Status == StatusResult.Types.Status.Success, $"{answer.Result.Exception?.Message}\n{answer.Result.Exception?.StackTrace}");
}
