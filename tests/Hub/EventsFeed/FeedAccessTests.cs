using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.EventsFeed;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.EventsFeed;

/// <summary>Who reads the feed over HTTP, and what of it.</summary>
public sealed class FeedAccessTests
{
    private static readonly EventsFeedOptions Options = new() { Councils = "330" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_a_batch_of_cloud_events_with_the_cursor_of_the_next()
    {
        await using var hub = await HubUnderTest.StartAsync(feed: Options);
        var id = await hub.SeedAsync("one");
        await hub.Part<FeedWork>().CatchUpAsync(Stop);

        using var first = await hub.GetAsync("/v1/events?limit=2", Reader(hub));
        Assert.Equal((HttpStatusCode.OK, "application/cloudevents-batch+json"), (first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        var events = await first.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(2, events.GetArrayLength());
        Assert.Equal(
            ("1.0", $"{id}/1", "urn:integrationhub:330", "uk.integrationhub.case.assessmentOpened", id.Value, "000000000001"),
            (Text(events[0], "specversion"), Text(events[0], "id"), Text(events[0], "source"), Text(events[0], "type"), Text(events[0], "subject"), Text(events[0], "sequence")));
        Assert.Equal(("assessmentOpened", $"https://hub.example/v1/cases/{id}"), (Text(events[0].GetProperty("data"), "what"), Text(events[0].GetProperty("data"), "link")));
        Assert.Equal("</v1/events?after=2&limit=2>; rel=\"next\"", first.Headers.GetValues("Link").Single());

        using var second = await hub.GetAsync("/v1/events?after=000000000002&limit=1000", Reader(hub));
        var rest = await second.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((await hub.Store.EventsAsync(id, after: 2, cancellationToken: Stop)).Select(fact => $"{id}/{fact.Sequence}"), rest.EnumerateArray().Select(one => Text(one, "id")));
        using var end = await hub.GetAsync($"/v1/events?after={rest.GetArrayLength() + 2}", Reader(hub));
        Assert.Equal("[]", await end.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_reader_of_events_may_do_nothing_else_and_nobody_else_reads_them()
    {
        await using var hub = await HubUnderTest.StartAsync(feed: Options);
        var id = await hub.SeedAsync("one");
        var open = new List<string>();
        foreach (var endpoint in hub.Endpoints.Where(endpoint => endpoint.RoutePattern.RawText is { } route && !route.Contains("openapi", StringComparison.Ordinal)))
        {
            var route = endpoint.RoutePattern.RawText!;
            if (endpoint.Metadata.GetMetadata<AllowedRoles>()?.Roles is not { } roles)
            {
                continue;
            }

            Assert.Equal(roles.Contains(CallerRole.EventsReader), route == "/v1/events");
            var method = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods[0];
            var path = System.Text.RegularExpressions.Regex.Replace(route.Replace("{id}", id.Value, StringComparison.Ordinal), @"\{\w+(:int)?\}", "1").TrimEnd('/');
            using var answer = await hub.SendAsync(HttpMethod.Parse(method), path, Reader(hub), method == "POST" ? "{}" : null, method == "POST" ? "key" : null);
            if (answer.StatusCode != HttpStatusCode.Forbidden)
            {
                open.Add(route);
            }
        }

        Assert.Equal(["/v1/events"], open);
    }

    [Theory]
    [InlineData("331", HttpStatusCode.NotFound)]
    [InlineData("330", HttpStatusCode.OK)]
    public async Task Only_a_council_that_has_a_feed_reads_one(string council, HttpStatusCode status)
    {
        await using var hub = await HubUnderTest.StartAsync(feed: Options);
        using var answer = await hub.GetAsync("/v1/events", Reader(hub, council: council));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_hub_without_a_feed_has_none()
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var answer = await hub.GetAsync("/v1/events", Reader(hub));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain(hub.Part<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>(), service => service is FeedWork);
    }

    [Theory]
    [InlineData("after=-1")]
    [InlineData("after=x")]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("council=331")]
    public async Task What_the_feed_does_not_know_is_refused(string query)
    {
        await using var hub = await HubUnderTest.StartAsync(feed: Options);
        using var answer = await hub.GetAsync($"/v1/events?{query}", Reader(hub));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Cursors_that_are_too_old_or_ahead_are_gone_and_a_store_that_is_away_is_asked_again()
    {
        await using var hub = await HubUnderTest.StartAsync(feed: Options);
        await hub.SeedAsync("one");
        await hub.Part<FeedWork>().CatchUpAsync(Stop);
        using var ahead = await hub.GetAsync("/v1/events?after=1000", Reader(hub));
        Assert.Equal((HttpStatusCode.Gone, "cursor-ahead"), (ahead.StatusCode, await CodeAsync(ahead)));

        hub.Time.Advance(TimeSpan.FromDays(91));
        await hub.Part<FeedWork>().CatchUpAsync(Stop);
        using var old = await hub.GetAsync("/v1/events?after=1", Reader(hub));
        Assert.Equal((HttpStatusCode.Gone, "cursor-too-old"), (old.StatusCode, await CodeAsync(old)));

        hub.Documents.Away = true;
        using var away = await hub.GetAsync("/v1/events", Reader(hub));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
    }

    [Fact]
    public async Task A_restricted_case_is_in_the_feed_of_those_named_for_it_alone()
    {
        await using var hub = await HubUnderTest.StartAsync(feed: Options);
        var (open, restricted) = (await hub.SeedAsync("one"), await hub.SeedAsync("two"));
        await hub.SubmitAsync(restricted, new RestrictCase(["seed", "case-system"], "A colleague's child."));
        await hub.Part<FeedWork>().CatchUpAsync(Stop);

        Assert.Equal([open.Value], await SubjectsAsync(hub, "warehouse", "/v1/events"));
        Assert.Equal(Sorted(open, restricted), await SubjectsAsync(hub, "case-system", "/v1/events"));

        using var page = await hub.GetAsync("/v1/events", Reader(hub));
        var cursor = page.Headers.GetValues("Link").Single().Split('<', '>')[1];
        await hub.SubmitAsync(restricted, new LiftRestriction("No longer needed."));
        await hub.Part<FeedWork>().CatchUpAsync(Stop);

        // The reader learns of the case when it is open again, and reads it at its address.
        using var lifted = await hub.GetAsync(cursor, Reader(hub));
        var told = await lifted.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal([(restricted.Value, "restrictionLifted")], told.EnumerateArray().Select(one => (Text(one, "subject"), Text(one.GetProperty("data"), "what"))));
    }

    [Fact]
    public async Task Each_case_of_a_page_is_in_the_access_log_before_it_is_answered()
    {
        var log = new ReadingsHeld();
        await using var hub = await HubUnderTest.StartAsync(feed: Options, readings: log);
        var (one, two) = (await hub.SeedAsync("one"), await hub.SeedAsync("two"));
        await hub.Part<FeedWork>().CatchUpAsync(Stop);
        Assert.Equal(Sorted(one, two), await SubjectsAsync(hub, "warehouse", "/v1/events"));

        Assert.Equal(
            new[] { one, two }.Select(id => (id, "warehouse", "events-reader", "API: read-events")).ToHashSet(),
            log.Held.Select(reading => (reading.Case, reading.By, reading.Roles, reading.What)).ToHashSet());

        log.IsFull = true;
        using var refused = await hub.GetAsync("/v1/events", Reader(hub));
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
    }

    private static async Task<IEnumerable<string>> SubjectsAsync(HubUnderTest hub, string reader, string address)
    {
        using var page = await hub.GetAsync(address, Reader(hub, reader));
        return [.. (await page.Content.ReadFromJsonAsync<JsonElement>(Stop)).EnumerateArray().Select(one => Text(one, "subject")).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Sorted(params IEnumerable<AssessmentId> cases) => cases.Select(id => id.Value).Order(StringComparer.Ordinal);

    private static async Task<string> CodeAsync(HttpResponseMessage answer) => Text(await answer.Content.ReadFromJsonAsync<JsonElement>(Stop), "code");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Reader(HubUnderTest hub, string subject = "warehouse", string council = "330") =>
        hub.Tokens.Issue(new TokenRequest(CallerRole.EventsReader, subject, HubUnderTest.Parse<LocalAuthorityCode>(council)));

    /// <summary>Holds readings in memory, or has no room for any.</summary>
    private sealed class ReadingsHeld : IAccessLog
    {
        internal List<CaseReading> Held { get; } = [];

        internal bool IsFull { get; set; }

        public ValueTask WriteAsync(IReadOnlyList<CaseReading> readings, CancellationToken cancellationToken)
        {
            if (IsFull)
            {
                throw new IOException("No space left.");
            }

            Held.AddRange(readings);
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<CaseReading>> EntriesAsync(AssessmentId @case, int skip, int most, CancellationToken cancellationToken) =>
            new([.. Held.Where(reading => reading.Case == @case).Skip(skip).Take(most)]);
    }
}
