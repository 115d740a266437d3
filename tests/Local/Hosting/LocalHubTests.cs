using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>The host as <c>serve</c> runs it: Kestrel, SQLite, the engine.</summary>
public sealed class LocalHubTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("local-hub-").FullName;

    [Fact]
    public async Task What_was_answered_is_there_after_a_restart_and_a_repeat_is_answered_alike()
    {
        var stop = TestContext.Current.CancellationToken;
        string first;
        await using (var hub = LocalHub.Build(Options()))
        {
            await hub.StartAsync(stop);
            using var opened = await OpenAsync(hub);
            Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
            first = await opened.Content.ReadAsStringAsync(stop);
            await hub.StopAsync(stop);
        }

        await using var again = LocalHub.Build(Options());
        await again.StartAsync(stop);
        using var repeat = await OpenAsync(again);

        Assert.Equal(HttpStatusCode.Created, repeat.StatusCode);
        Assert.Equal(["true"], repeat.Headers.GetValues("Idempotent-Replayed"));
        Assert.Equal(first, await repeat.Content.ReadAsStringAsync(stop));
        await again.StopAsync(stop);
    }

    [Fact]
    public async Task Two_hubs_never_share_a_data_directory()
    {
        await using var hub = LocalHub.Build(Options());

        Assert.Throws<StoreUnavailableException>(() => LocalHub.Build(Options()));
    }

    [Fact]
    public async Task The_health_addresses_are_open()
    {
        await using var hub = LocalHub.Build(Options());
        await hub.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };

        Assert.Equal("live", await client.GetStringAsync("/health/live", TestContext.Current.CancellationToken));
        Assert.Equal("ready", await client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
        await hub.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Who may call what is the table in tests/Hub/Access; this holds for whatever else a host maps.</summary>
    [Fact]
    public async Task Nothing_but_health_the_document_the_sign_in_and_links_of_readers_own_is_open_to_everybody()
    {
        await using var hub = LocalHub.Build(Options());
        await hub.StartAsync(TestContext.Current.CancellationToken);

        var open = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null || e.Metadata.GetOrderedMetadata<IAuthorizeData>().Count + e.Metadata.GetOrderedMetadata<AuthorizationPolicy>().Count == 0)
            .Select(e => e.RoutePattern.RawText);

        // A reader's own link asks who opens it by itself: a question, or a code sent to the address on record. So do the family's pages,
        // and whoever asks for an assessment has no account; a form of the workspace that comes from a session that ended keeps what was typed.
        // The page of figures is only there where the council switches it on, and shows no child.
        // The FHIR endpoint asks who is calling by itself and answers 401 in its own terms; its CapabilityStatement is open to all.
        Assert.Equal(
            [
                "/answering/{id}/{code}", "/ask", "/ask/{council}/", "/ask/{council}/", "/ask/{council}/check",
                "/ask/{council}/check", "/ask/{council}/file", "/ask/{council}/file", "/ask/{council}/request",
                "/ask/{council}/request", "/ask/{council}/sent", "/contribute/{id}/{code}/",
                "/contribute/{id}/{code}/", "/contribute/{id}/{code}/acknowledge",
                "/contribute/{id}/{code}/advice/{section?}", "/contribute/{id}/{code}/advice/{section?}",
                "/contribute/{id}/{code}/check", "/contribute/{id}/{code}/check",
                "/contribute/{id}/{code}/documents/{sha256}", "/contribute/{id}/{code}/file",
                "/contribute/{id}/{code}/file", "/contribute/{id}/{code}/letter", "/contribute/{id}/{code}/say/{act}",
                "/contribute/{id}/{code}/say/{act}", "/contribute/{id}/{code}/sent", "/family", "/family/style.css",
                "/family/{token}", "/family/{token}/case/", "/family/{token}/case/",
                "/family/{token}/case/documents/{sha256}", "/family/{token}/case/end-supporter",
                "/family/{token}/case/letters/{notice}", "/family/{token}/case/local-offer", "/family/{token}/case/local-offer", "/family/{token}/case/say/{act}",
                "/family/{token}/case/say/{act}", "/family/{token}/case/{part}", "/family/{token}/case/{part}",
                "/family/{token}/case/{part}/check", "/family/{token}/case/{part}/check",
                "/family/{token}/case/{part}/file", "/family/{token}/case/{part}/file", "/fhir/{**path}",
                "/figures/{council}", "/health/live", "/health/ready", "/letters/{id}/{code}/", "/letters/{id}/{code}/",
                "/letters/{id}/{code}/case", "/letters/{id}/{code}/letter", "/letters/{id}/{code}/plan",
                "/monitor/not-allowed", "/monitor/refresh.js", "/monitor/sign-in", "/monitor/sign-in",
                "/monitor/style.css", "/openapi/v1-operations.json", "/openapi/v1.json", "/visit/base.css", "/visit/style.css",
                "/workspace/base.css", "/workspace/bulk", "/workspace/cases/{id}/plan/word/", "/workspace/cases/{id}/schools/", "/workspace/cases/{id}/steps/{step}", "/workspace/new",
                "/workspace/not-allowed", "/workspace/panel/", "/workspace/sign-in", "/workspace/sign-in", "/workspace/style.css", "/workspace/take-over",
            ],
            open.Order(StringComparer.Ordinal));
        await hub.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_unknown_caller_of_fhir_is_told_so_in_fhir_and_reads_only_the_capability_statement()
    {
        await using var hub = LocalHub.Build(Options());
        await hub.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };

        using var tasks = await client.GetAsync("/fhir/Task", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, tasks.StatusCode);
        Assert.Contains("OperationOutcome", await tasks.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("CapabilityStatement", await client.GetStringAsync("/fhir/metadata", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await hub.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_band_that_cannot_be_right_ends_the_start_and_is_named()
    {
        File.WriteAllText(Path.Combine(data, CouncilsFile.Name), """
            [ { "code": "330", "name": "Example Council", "socialCare": { "id": "la:330/social-care", "name": "Social care" },
                "bands": [ { "code": "B3", "title": "Band 3", "needs": ["asd"], "topUpYearlyPounds": -1, "from": "2026-04-01" } ] } ]
            """);

        var fault = Assert.Throws<InvalidDataException>(() => LocalHub.Build(Options()));

        Assert.StartsWith("Council 330: band B3: an amount must be in pounds a year", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_councils_file_that_cannot_be_read_is_refused_with_its_place()
    {
        File.WriteAllText(Path.Combine(data, CouncilsFile.Name), """[ { "code": "330", "nmae": "x" } ]""");

        var fault = Assert.Throws<CouncilsFileException>(() => LocalHub.Build(Options()));

        Assert.Contains("$[0]", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private LocalHubOptions Options() => new() { DataDirectory = data, Url = "http://127.0.0.1:0", Development = true };

    private static async Task<HttpResponseMessage> OpenAsync(WebApplication hub)
    {
        LocalAuthorityCode.TryParse("330", out var council, out _);
        using var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/cases");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.CouncilOfficer, Council: council)));
        request.Headers.Add("Idempotency-Key", "open-1");
        var example = InputExamples.Of("open-assessment")!;
        example["receivedOn"] = "2025-06-02";
        request.Content = new StringContent(example.ToJsonString(new JsonSerializerOptions()), Encoding.UTF8, "application/json");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
