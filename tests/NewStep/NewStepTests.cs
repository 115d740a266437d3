using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.NewStep.Tests;

/// <summary>A step that is one file works through the real HTTP API, is stored, told, described and documented, with no other change.</summary>
public sealed class NewStepTests
{
    private static readonly LocalAuthorityCode Council = Parse<LocalAuthorityCode>("330");
    private static readonly DateTimeOffset Now = new(2026, 6, 10, 11, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_sent_kept_told_described_and_documented()
    {
        HttpClient client = null!;
        await using var app = await StartAsync(started => client = started);
        var id = await OpenAsync(client);

        var sent = await PostAsync(client, $"/v1/cases/{id}/hold-review-meeting", HoldReviewMeeting.Definition.Example!);
        var events = await client.GetStringAsync($"/v1/cases/{id}/events", Stop);
        var timeline = await client.GetStringAsync($"/v1/cases/{id}/timeline", Stop);
        var description = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", Stop))!;
        var page = StepPage.Markdown();

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Contains("\"type\":\"reviewMeetingHeld\"", events, StringComparison.Ordinal);
        Assert.Contains("The annual review meeting was held on 8 June 2026.", timeline, StringComparison.Ordinal);
        Assert.Equal("hold-review-meeting", description["paths"]!["/v1/cases/{id}/hold-review-meeting"]!["post"]!["operationId"]!.GetValue<string>());
        Assert.Contains("| `hold-review-meeting` |", page, StringComparison.Ordinal);
        Assert.Contains("| `reviewMeetingHeld` |", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_day_is_checked_and_what_is_missing_is_refused()
    {
        HttpClient client = null!;
        await using var app = await StartAsync(started => client = started);
        var id = await OpenAsync(client);
        var address = $"/v1/cases/{id}/hold-review-meeting";

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(client, address, """{ "on": "2026-06-11", "attended": "All." }""")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(client, address, """{ "on": "2026-06-08", "attended": " " }""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(client, address, """{ "on": "2026-06-08" }""")).StatusCode);
    }

    [Fact]
    public async Task Nobody_but_its_senders_may_send_it()
    {
        HttpClient client = null!;
        await using var app = await StartAsync(started => client = started);
        var id = await OpenAsync(client);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", app.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.Family, "parent-1", Assessment: id)));

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(client, $"/v1/cases/{id}/hold-review-meeting", HoldReviewMeeting.Definition.Example!)).StatusCode);
    }

    private static async Task<AssessmentId> OpenAsync(HttpClient client)
    {
        var opened = await PostAsync(client, "/v1/cases", OpenAssessment.Definition.Example!);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        return Parse<AssessmentId>(JsonNode.Parse(await opened.Content.ReadAsStringAsync(Stop))!["assessment"]!.GetValue<string>());
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return client.SendAsync(request, Stop);
    }

    /// <summary>The council's API on a free port, everything in memory, the caller an officer of council 330.</summary>
    private static async Task<WebApplication> StartAsync(Action<HttpClient> given)
    {
        var options = new AccessOptions { RequestsPerMinute = 0 };
        var tokens = TokenIssuer.Open(Directory.CreateTempSubdirectory("new-step-").FullName, options, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        builder.Services.AddSingleton(tokens);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IAssessmentStore, MemoryAssessmentStore>();
        builder.Services.AddSingleton(new RuleBook([Profile()], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default));
        builder.Services.AddHubAccess(options, tokens).AddCouncil().AddApiDocument();
        var app = builder.Build();
        app.UseHubAccess();
        app.MapCouncil();
        app.MapApiDocument();
        await app.StartAsync(Stop);
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(new TokenRequest(CallerRole.CouncilOfficer, "officer-17", Council: Council)));
        given(client);
        return app;
    }

    private static CouncilProfile Profile() => new()
    {
        Code = Council,
        Name = "Example Council",
        SocialCare = new Agency { Id = Parse<AgencyId>("la:330/social-care"), Name = "Children's social care" },
        EducationalPsychology = new Agency { Id = Parse<AgencyId>("la:330/educational-psychology"), Name = "Educational psychology service" },
        MediationAdviser = "Mediation adviser",
        MediationContact = "Mediation contact",
        DisagreementResolution = "Disagreement resolution",
        InformationAndAdvice = "SENDIASS",
    };

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem, nameof(text));
}
