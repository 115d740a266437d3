using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http.Metadata;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>How a POST is taken: once per key, at the version asked for, and refused in words.</summary>
public sealed class SubmissionTests
{
    private const string Officer17 = """{ "officer": "officer-17" }""";
    private const string Officer18 = """{ "officer": "officer-18" }""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_under_way_is_taken_over_once_under_one_key_and_its_child_is_compared()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var step = Example("take-over-assessment");
        using var taken = await hub.PostAsync("/v1/take-over-assessment", hub.Officer(), step, "take-1");
        using var again = await hub.PostAsync("/v1/take-over-assessment", hub.Officer(), step, "take-1");
        using var other = await hub.PostAsync("/v1/take-over-assessment", hub.Officer(), step, "take-2");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Conflict), (taken.StatusCode, again.StatusCode, other.StatusCode));
        Assert.Equal(taken.Headers.Location, again.Headers.Location);
        Assert.Contains("$.facts.earlierCase", await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var effects = await hub.GetAsync($"{taken.Headers.Location}/effects", hub.Officer());
        Assert.Equal("[]", await effects.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_opening_is_answered_with_its_address_and_version()
    {
        await using var hub = await HubUnderTest.StartAsync();

        using var opened = await hub.PostAsync("/v1/cases", hub.Officer(), Example("open-assessment"), "open-1");

        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var answer = await JsonOf(opened);
        var id = AssessmentId.For(HubUnderTest.Own, "officer-17 open-1");
        Assert.Equal(id.Value, (string?)answer["assessment"]);
        Assert.Equal($"/v1/cases/{id}", opened.Headers.Location?.OriginalString);
        Assert.Equal($"\"{(long)answer["version"]!}\"", opened.Headers.ETag?.Tag);
        Assert.Equal("considering", (string?)answer["stage"]);
        Assert.Equal("Waiting: decision whether to assess, day 9 of 42, due 13 July", (string?)answer["status"]);
    }

    [Fact]
    public async Task A_repeat_is_answered_like_the_first_even_after_the_assessment_moved_on()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var path = $"/v1/cases/{id}/assign-case-officer";
        using var first = await hub.PostAsync(path, hub.Officer(), Officer17, "k1");
        hub.Time.Advance(TimeSpan.FromDays(9));
        using var later = await hub.PostAsync(path, hub.Officer(), Officer18, "k2");

        using var repeat = await hub.PostAsync(path, hub.Officer(), """{"officer":   "officer-17"}""", "k1");

        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.Equal(first.StatusCode, repeat.StatusCode);
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(["true"], repeat.Headers.GetValues("Idempotent-Replayed"));
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await repeat.Content.ReadAsStringAsync(Stop));
        Assert.Equal("officer-18", (await hub.Store.LoadAsync(id, Stop)).State.CaseOfficer);
    }

    [Fact]
    public async Task A_refused_input_is_refused_alike_when_repeated()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var before = (await hub.Store.LoadAsync(id, Stop)).State.Version;

        using var first = await hub.PostAsync($"/v1/cases/{id}/prepare-draft", hub.Officer(), "{}", "k1");
        using var repeat = await hub.PostAsync($"/v1/cases/{id}/prepare-draft", hub.Officer(), "{}", "k1");

        var problem = await ProblemOf(first, HttpStatusCode.Conflict);
        Assert.NotEmpty((string)problem["code"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await repeat.Content.ReadAsStringAsync(Stop));
        Assert.Equal(before, (await hub.Store.LoadAsync(id, Stop)).State.Version);
    }

    [Theory]
    [InlineData("assign-case-officer", Officer18)]
    [InlineData("record-delay-reason", """{ "reason": "x" }""")]
    public async Task The_same_key_with_another_input_is_422_and_changes_nothing(string input, string body)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        using var first = await hub.PostAsync($"/v1/cases/{id}/assign-case-officer", hub.Officer(), Officer17, "k1");
        var version = (await hub.Store.LoadAsync(id, Stop)).State.Version;

        using var reused = await hub.PostAsync($"/v1/cases/{id}/{input}", hub.Officer(), body, "k1");

        Assert.Equal("idempotency-key-reused", (string?)(await ProblemOf(reused, HttpStatusCode.UnprocessableEntity))["code"]);
        Assert.Equal(version, (await hub.Store.LoadAsync(id, Stop)).State.Version);
    }

    [Fact]
    public async Task The_same_key_of_another_caller_is_another_message()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        using var first = await hub.PostAsync($"/v1/cases/{id}/assign-case-officer", hub.Officer(), Officer17, "k1");

        using var other = await hub.PostAsync($"/v1/cases/{id}/assign-case-officer", hub.Officer(subject: "officer-99"), Officer18, "k1");

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.False(other.Headers.Contains("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Twenty_of_the_same_at_once_are_one()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hub.PostAsync("/v1/cases", hub.Officer(), Example("open-assessment"), "open-1")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single(answers, a => !a.Headers.Contains("Idempotent-Replayed"));
        var events = await hub.Store.EventsAsync(AssessmentId.For(HubUnderTest.Own, "officer-17 open-1"), cancellationToken: Stop);
        Assert.Single(events, e => e.What is AssessmentOpened);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("tab\tinside")]
    public async Task Without_a_usable_key_nothing_is_taken(string? key)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");

        using var answer = await hub.SendAsync(
            HttpMethod.Post, $"/v1/cases/{id}/assign-case-officer", hub.Officer(), Officer17, null, key is null ? [] : [("Idempotency-Key", key)]);

        var problem = await ProblemOf(answer, HttpStatusCode.BadRequest);
        Assert.Equal("idempotency-key", (string?)problem["code"]);
        Assert.Null((await hub.Store.LoadAsync(id, Stop)).State.CaseOfficer);
    }

    [Fact]
    public async Task A_key_has_at_most_200_characters()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");

        using var longest = await hub.PostAsync($"/v1/cases/{id}/assign-case-officer", hub.Officer(), Officer17, new string('k', 200));
        using var longer = await hub.PostAsync($"/v1/cases/{id}/assign-case-officer", hub.Officer(), Officer18, new string('k', 201));

        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
    }

    [Fact]
    public async Task If_Match_holds_an_input_to_a_version()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        using var read = await hub.GetAsync($"/v1/cases/{id}", hub.Officer());
        var tag = read.Headers.ETag!.Tag;
        var path = $"/v1/cases/{id}/assign-case-officer";

        using var taken = await hub.PostAsync(path, hub.Officer(), Officer17, "k1", ("If-Match", tag));
        using var stale = await hub.PostAsync(path, hub.Officer(), Officer18, "k2", ("If-Match", tag));
        using var weak = await hub.PostAsync(path, hub.Officer(), Officer18, "k3", ("If-Match", $"W/{taken.Headers.ETag!.Tag}"));
        using var malformed = await hub.PostAsync(path, hub.Officer(), Officer18, "k4", ("If-Match", "7"));
        using var repeat = await hub.PostAsync(path, hub.Officer(), Officer17, "k1", ("If-Match", tag));
        using var fresh = await hub.PostAsync(path, hub.Officer(), Officer18, "k2", ("If-Match", $"\"1\", {taken.Headers.ETag.Tag}"));

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("stale", (string?)(await ProblemOf(stale, HttpStatusCode.PreconditionFailed))["code"]);
        Assert.Equal(HttpStatusCode.PreconditionFailed, weak.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, repeat.StatusCode);
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
    }

    [Theory]
    [InlineData("{ \"officer\": \"x\", \"oficer\": \"y\" }", "$.oficer", "does not exist here")]
    [InlineData("{ \"officer\": \"x\", \"officer\": \"y\" }", "$.officer", "more than once")]
    [InlineData("{ \"officer\": 7 }", "$.officer", "text")]
    [InlineData("{ \"officer\": null }", "$.officer", "null")]
    [InlineData("{ }", "$", "missing: officer")]
    [InlineData("{ \"type\": \"assignCaseOfficer\", \"officer\": \"x\" }", "$.type", "does not exist here")]
    [InlineData("[]", "$", "object")]
    [InlineData("null", "$", "object")]
    [InlineData("", "$", "JSON")]
    [InlineData("{ \"officer\": ", "$.officer", "JSON")]
    public async Task A_body_that_cannot_be_read_is_refused_with_its_place(string body, string path, string reason)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");

        using var answer = await hub.PostAsync($"/v1/cases/{id}/assign-case-officer", hub.Officer(), body, "k1");

        var problem = await ProblemOf(answer, HttpStatusCode.BadRequest);
        var place = Assert.Single(problem["errors"]!.AsArray())!;
        Assert.Equal("malformed-json", (string?)problem["code"]);
        Assert.Equal(path, (string?)place["path"]);
        Assert.Contains(reason, (string?)place["reason"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("route", "\"Uncle\"", "$.route", "one of parent")]
    [InlineData("route", "1", "$.route", "one of parent")]
    [InlineData("receivedOn", "\"2026-02-30\"", "$.receivedOn", "yyyy-MM-dd")]
    [InlineData("receivedOn", "\"01/06/2026\"", "$.receivedOn", "yyyy-MM-dd")]
    [InlineData("child", "{ \"givenName\": \"A\", \"familyName\": \"B\", \"dateOfBirth\": \"2016-03-14\", \"nhsNumber\": \"9990000019\" }", "$.child.nhsNumber", "check digit")]
    [InlineData("advisers", "{}", "$.advisers", "list")]
    public async Task A_wrong_value_is_told_by_what_is_expected_and_never_repeated(string member, string value, string path, string reason)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var body = InputExamples.Of("open-assessment")!;
        body[member] = JsonNode.Parse(value);

        using var answer = await hub.PostAsync("/v1/cases", hub.Officer(), body.ToJsonString(), "k1");

        var problem = await ProblemOf(answer, HttpStatusCode.BadRequest);
        var place = Assert.Single(problem["errors"]!.AsArray())!;
        Assert.Equal(path, (string?)place["path"]);
        Assert.Contains(reason, (string?)place["reason"], StringComparison.Ordinal);
        Assert.DoesNotContain("9990000019", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("IntegrationHub.", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advice_may_have_10_MB_and_no_more_and_other_inputs_1_MB()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var agency = hub.AgencyToken(HubUnderTest.Asked);
        hub.Time.Advance(TimeSpan.FromDays(14));
        var advice = Example("submit-advice");

        using var chunked = await SendPaddedAsync(hub, $"/v1/cases/{id}/submit-advice", agency, advice, (10 * 1024 * 1024) + 1, chunked: true);
        using var tooLarge = await SendPaddedAsync(hub, $"/v1/cases/{id}/submit-advice", agency, advice, (10 * 1024 * 1024) + 1, chunked: false);
        using var other = await SendPaddedAsync(hub, $"/v1/cases/{id}/assign-case-officer", hub.Officer(), Officer17, (1024 * 1024) + 1, chunked: false);
        using var largest = await SendPaddedAsync(hub, $"/v1/cases/{id}/submit-advice", agency, advice, 10 * 1024 * 1024, chunked: true);

        Assert.Equal("too-large", (string?)(await ProblemOf(chunked, HttpStatusCode.RequestEntityTooLarge))["code"]);
        Assert.Equal("too-large", (string?)(await ProblemOf(tooLarge, HttpStatusCode.RequestEntityTooLarge))["code"]);
        Assert.Equal("too-large", (string?)(await ProblemOf(other, HttpStatusCode.RequestEntityTooLarge))["code"]);
        Assert.Equal(HttpStatusCode.OK, largest.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Only_JSON_in_UTF8_is_read(string? type)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/cases/{id}/assign-case-officer");
        request.Headers.Authorization = new("Bearer", hub.Officer());
        request.Headers.Add("Idempotency-Key", "k1");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Officer17));
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var answer = await hub.Client.SendAsync(request, Stop);

        await ProblemOf(answer, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Wrong_methods_and_addresses_are_answered_with_problems()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");

        using var method = await hub.SendAsync(HttpMethod.Delete, $"/v1/cases/{id}", hub.Officer());
        using var address = await hub.PostAsync($"/v1/cases/{id}/effect-settled", hub.Officer(), "{}", "k1");
        using var unknown = await hub.GetAsync($"/v1/cases/{AssessmentId.For(HubUnderTest.Own, "never opened")}", hub.Officer());
        using var noId = await hub.GetAsync("/v1/cases/not-an-id", hub.Officer());
        using var notServed = await hub.GetAsync($"/v1/cases/{AssessmentId.For(HubUnderTest.Parse<LocalAuthorityCode>("999"), "x")}", hub.Operations());

        await ProblemOf(method, HttpStatusCode.MethodNotAllowed);
        Assert.Contains("GET", method.Content.Headers.Allow);
        await ProblemOf(address, HttpStatusCode.NotFound);
        await ProblemOf(unknown, HttpStatusCode.NotFound);
        await ProblemOf(noId, HttpStatusCode.NotFound);
        await ProblemOf(notServed, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_officer_says_on_whose_behalf_and_nobody_else_does()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");

        using var officer = await hub.PostAsync($"/v1/cases/{id}/ask-for-adviser", hub.Officer(), Example("ask-for-adviser"), "k1", ("On-Behalf-Of", "family"));
        using var family = await hub.PostAsync($"/v1/cases/{id}/ask-for-adviser", hub.Family(id), Example("ask-for-adviser"), "k1", ("On-Behalf-Of", "family"));
        using var somebody = await hub.PostAsync($"/v1/cases/{id}/ask-for-adviser", hub.Officer(), Example("ask-for-adviser"), "k2", ("On-Behalf-Of", "Mrs Example"));

        Assert.Equal(HttpStatusCode.OK, officer.StatusCode);
        await ProblemOf(family, HttpStatusCode.BadRequest);
        await ProblemOf(somebody, HttpStatusCode.BadRequest);
        var events = await hub.Store.EventsAsync(id, cancellationToken: Stop);
        Assert.Equal("family", events.Last(e => e.What is AdviserWished).By.OnBehalfOf);
    }

    [Fact]
    public async Task No_route_in_a_metric_names_the_step_that_was_taken()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var steps = hub.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<StepDefinition>() is { Opens: false }).ToList();

        Assert.Contains(steps, endpoint => endpoint.RoutePattern.RawText!.EndsWith("/record-detention", StringComparison.Ordinal));
        Assert.All(steps, endpoint => Assert.Equal("/v1/cases/{id}/{step}", endpoint.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route));
    }

    [Fact]
    public async Task No_line_of_the_log_tells_of_a_person()
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var opened = await hub.PostAsync("/v1/cases", hub.Officer(), Example("open-assessment"), "open-1");
        using var broken = await hub.PostAsync("/v1/cases", hub.Officer(), Example("open-assessment").Replace("2016-03-14", "Alex", StringComparison.Ordinal), "open-2");
        using var shown = await hub.GetAsync(opened.Headers.Location!.OriginalString, hub.Officer());

        Assert.NotEmpty(hub.Log.Lines);
        Assert.Contains(hub.Log.Lines, l => l.Contains("A step for 330-", StringComparison.Ordinal));
        foreach (var personal in new[] { "Alex", "Sam Example", "9990000018", "Q330100101501", "sam@example.org", "2016-03-14" })
        {
            Assert.DoesNotContain(hub.Log.Lines, l => l.Contains(personal, StringComparison.Ordinal));
        }
    }

    private static string Example(string input) => InputExamples.Of(input)!.ToJsonString();

    private static async Task<HttpResponseMessage> SendPaddedAsync(HubUnderTest hub, string path, string token, string json, int length, bool chunked)
    {
        var body = new byte[length];
        Array.Fill(body, (byte)' ');
        Encoding.UTF8.GetBytes(json, body);
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Idempotency-Key", $"{path[^6..]}-{length}-{chunked}");
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = chunked;
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");
        return await hub.Client.SendAsync(request, Stop);
    }

    private static async Task<JsonNode> JsonOf(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!;

    private static async Task<JsonNode> ProblemOf(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await JsonOf(response);
        Assert.Equal((int)status, (int?)problem["status"]);
        Assert.Equal(JsonValueKind.String, problem["detail"]!.GetValueKind());
        return problem;
    }
}
