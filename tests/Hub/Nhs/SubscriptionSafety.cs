using System.Net;
using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Nhs.Subscriptions;
using IntegrationHub.Hub.Tests.Background;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>What one subscriber may do to the hub, and to the others.</summary>
public sealed class SubscriptionSafety
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://dead{0}.example/hook")]
    [InlineData("https://good.example/dead/{0}")]
    public async Task Eighty_subscriptions_that_never_answer_keep_nobody_elses_waiting(string pattern)
    {
        using var world = new Subscribers();

        // No call runs out of time: a slow machine would otherwise make a good call fail, which is repeated only by the clock of the test.
        await using var host = await FhirHost.Start(add: services =>
        {
            world.Serve(services);
            services.PostConfigure<HttpClientFactoryOptions>(SubscriberCall.ClientName, options => options.HttpClientActions.Add(client => client.Timeout = Timeout.InfiniteTimeSpan));
        });
        for (var i = 0; i < 80; i++)
        {
            await Put(host, Subscribers.To(string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, i)), "RX1");
        }

        await Put(host, Subscribers.To("https://good.example/hook", "RX2"), "RX2");
        Assert.Equal(("POST", "/hook"), await Next());
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask() with { RequestId = "theirs", Provider = new() { Id = Given.Id<AgencyId>("ods:RX2"), Name = "Other" } }, Cancel);

        Assert.Equal("PUT", (await Next()).Method);

        // By the clock of the test no time has passed: nobody waited for anybody's time to run out.
        Assert.InRange(world.MaxHanging, 1, SubscriptionDelivery.MaxCallsOfCaller);

        async Task<(string Method, string Path)> Next() => await world.Heard() is var (method, address) ? (method, address.AbsolutePath) : default;
    }

    [Theory]
    [InlineData("the child", 1, true)]
    [InlineData("without the child", 1, false)]
    [InlineData("nothing", 0, false)]
    public async Task A_notification_shows_what_the_subscriber_may_read_at_that_time(string visibility, int told, bool withDocument)
    {
        using var world = new Subscribers();
        await using var host = await FhirHost.Start(add: world.Serve);
        await Put(host, Subscribers.To("https://good.example/hook"), "RX1");
        Assert.Equal("POST", (await world.Heard()).Method);
        host.Sight.Answer = (_, _) => visibility switch { "the child" => new FhirVisibility(true, true, null), "without the child" => FhirVisibility.WithoutChild, _ => FhirVisibility.None };

        var document = new AttachmentRef("token", "letter-of-the-family.pdf", "application/pdf", 7, new string('a', 64));
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask() with { Documents = [document] }, Cancel);

        // One that everybody may see comes after it, so that its turn shows that the first had its own.
        host.Sight.Answer = (caller, assessment) => assessment == Given.Ask().Assessment
            ? visibility switch { "the child" => new FhirVisibility(true, true, null), "without the child" => FhirVisibility.WithoutChild, _ => FhirVisibility.None }
            : new FhirVisibility(true, true, null);
        await host.Get<FhirPublisher>().PublishAsync(
            Given.Ask() with { RequestId = "after", Assessment = AssessmentId.For(Given.Ask().Assessment.Council, "after") }, Cancel);
        for (var n = 0; n < told + 1; n++)
        {
            Assert.Equal("PUT", (await world.Heard()).Method);
        }

        Assert.Equal(told + 1, world.Bodies.Count);
        Assert.Equal(withDocument, world.Bodies.Any(body => body.Contains(document.FileName, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_went_wrong_at_an_endpoint_is_not_told_to_whoever_named_it()
    {
        Func<Uri, Task<HttpStatusCode>>[] wrongs =
        [
            _ => Task.FromResult(HttpStatusCode.Unauthorized),
            _ => Task.FromResult(HttpStatusCode.Found),
            _ => Task.FromResult(HttpStatusCode.InternalServerError),
            _ => throw new HttpRequestException(HttpRequestError.ConnectionError),
            _ => throw new HttpRequestException(HttpRequestError.SecureConnectionError),
            _ => throw new HttpRequestException(HttpRequestError.NameResolutionError),
            _ => throw new HttpRequestException("", new Functions.Outgoing.OutgoingRefusedException()),
            _ => throw new TaskCanceledException(),
        ];
        var told = new HashSet<string>();
        foreach (var wrong in wrongs)
        {
            using var world = new Subscribers { Answer = wrong };
            await using var host = await FhirHost.Start(add: world.Serve);
            var path = await Put(host, Subscribers.To("https://rx1.example/hook"), "RX1");

            var subscription = await Until(host, path, found => found.Status == Subscription.SubscriptionStatus.Error);
            told.Add(subscription.Error!);
        }

        Assert.Equal(["The endpoint did not accept the handshake."], told);
    }

    [Theory]
    [InlineData("Authorization: Bearer abc", true)]
    [InlineData("apikey: abc", true)]
    [InlineData("x-correlation-id: 7", true)]
    [InlineData("Host: 169.254.169.254", false)]
    [InlineData("Metadata: true", false)]
    [InlineData("X-aws-ec2-metadata-token: abc", false)]
    [InlineData("Transfer-Encoding: chunked", false)]
    [InlineData("Content-Length: 5", false)]
    [InlineData("Cookie: a=b", false)]
    [InlineData("X-Forwarded-For: 10.0.0.1", false)]
    [InlineData("Authorization", false)]
    [InlineData(": Bearer", false)]
    [InlineData("Authorization: caf\u00e9", false)]
    public async Task Headers_are_those_of_a_list(string header, bool taken)
    {
        using var world = new Subscribers();
        await using var host = await FhirHost.Start(add: world.Serve);
        var subscription = Subscribers.To("https://rx1.example/hook");
        subscription.Channel!.Header = [header];

        using var response = await host.Client().PostAsync("Subscription", FhirCalls.Body(subscription), Cancel);

        if (taken)
        {
            Assert.Equal(201, (int)response.StatusCode);
            await world.Heard();
            Assert.Contains(header.Split(':')[0], world.Headers, StringComparer.OrdinalIgnoreCase);
        }
        else
        {
            Assert.Equal((422, "Subscription.channel.header"), await response.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
        }
    }

    [Theory]
    [InlineData(1100, 1)]
    [InlineData(1, 1100)]
    [InlineData(SearchRequest.MaxParameters + 1, 1)]
    public async Task A_criteria_of_too_many_terms_is_refused(int parameters, int values)
    {
        await using var host = await FhirHost.Start();
        var criteria = string.Join('&', Enumerable.Repeat($"status={string.Join(',', Enumerable.Repeat("a", values))}", parameters));
        var subscription = Subscribers.To("https://rx1.example/hook");
        subscription.Criteria = $"Task?{criteria}";

        using var stored = await host.Client().PostAsync("Subscription", FhirCalls.Body(subscription), Cancel);
        using var searched = await host.Client().PostAsync("Task/_search", new StringContent(criteria, Encoding.ASCII, "application/x-www-form-urlencoded"), Cancel);

        Assert.Equal((422, "Subscription.criteria"), await stored.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
        Assert.Equal((400, OperationOutcome.IssueType.TooCostly), await searched.Refusal() is var (code, found) ? (code, found.Code!.Value) : default);
    }

    [Fact]
    public async Task The_largest_search_is_answered()
    {
        await using var host = await Answering.Asked();
        var perParameter = SearchRequest.MaxValues / SearchRequest.MaxParameters;
        var query = string.Join('&', Enumerable.Repeat($"status={string.Join(',', Enumerable.Repeat("requested", perParameter))}", SearchRequest.MaxParameters));

        Assert.Equal(1, (await host.Client().GetResource<Bundle>($"Task?{query}")).Total);
    }

    [Fact]
    public async Task A_caller_has_so_many_subscriptions_and_no_more()
    {
        using var world = new Subscribers();
        await using var host = await FhirHost.Start(configure: options => options.MaxSubscriptions = 3, add: world.Serve);
        var paths = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            paths.Add(await Put(host, Subscribers.To("https://rx1.example/hook"), "RX1"));
        }

        using var fourth = await host.Client().PostAsync("Subscription", FhirCalls.Body(Subscribers.To("https://rx1.example/hook")), Cancel);
        Assert.Equal((422, OperationOutcome.IssueType.TooCostly), await fourth.Refusal() is var (status, issue) ? (status, issue.Code!.Value) : default);

        await Put(host, Subscribers.To("https://rx2.example/hook", "RX2"), "RX2");
        using var deleted = await host.Client().DeleteAsync(paths[0], Cancel);
        await Put(host, Subscribers.To("https://rx1.example/hook"), "RX1");
    }

    [Fact]
    public async Task What_was_stored_before_there_were_rules_ends_nothing()
    {
        var store = StoreUnderTest.New();
        await Store(store, "no-host", Subscribers.To($"https://{new string('\u00e9', 64)}.example/hook"));
        await Store(store, "no-address", Subscribers.To("https:///"));
        await Store(store, "inside", Subscribers.To("https://localhost/hook"));
        var many = Subscribers.To("https://rx1.example/hook");
        many.Criteria = $"Task?{string.Join('&', Enumerable.Repeat("status=a", 1100))}";
        await Store(store, "many-terms", many);
        var host1 = Subscribers.To("https://rx1.example/hook");
        host1.Channel!.Header = ["Host: inside", "no header"];
        await Store(store, "headers", host1);
        await Store(store, "no-subscription", new Patient());
        await Store(store, "no-json", null);

        using var world = new Subscribers();
        await using var host = await FhirHost.Start(store, add: world.Serve);
        await Put(host, Subscribers.To("https://good.example/hook"), "RX1");

        Assert.Equal("good.example", (await world.Heard()).Address.Host);
        foreach (var id in new[] { "no-host", "no-address", "inside", "many-terms", "headers" })
        {
            StoredResource? stored = null;
            await TimeGoesOn(host, async () => (stored = await store.ReadAsync("Subscription", id, Cancel))!.Version > 1);
            Assert.StartsWith("The hub does not support", stored!.Parse<Subscription>().Error, StringComparison.Ordinal);
        }

        // What cannot be read at all waits for a person, and says so.
        var work = host.Get<BackgroundWork>();
        await TimeGoesOn(host, () => Task.FromResult(work.Loops.SelectMany(loop => loop.SetAside).Count() >= 2));
        Assert.Equal(["no-json (reading)", "no-subscription (reading)"], work.Loops.SelectMany(loop => loop.SetAside).Select(item => item.Item).Order());
        Assert.False(host.Get<SubscriptionDelivery>().ExecuteTask!.IsCompleted);
    }

    private static async Task<string> Put(FhirHost host, Subscription subscription, string ods)
    {
        using var created = await host.Client(ods).PostAsync("Subscription", FhirCalls.Body(subscription), Cancel);
        Assert.Equal(201, (int)created.StatusCode);
        return Answering.Short(host, created);
    }

    private static async Task Store(IFhirResourceStore store, string id, Resource? resource)
    {
        var stored = new StoredResource { Type = "Subscription", Id = id, Version = 1, LastUpdated = Given.Now, WrittenBy = "ods:RX1", Readers = ["ods:RX1"], Json = "{}"u8.ToArray() };
        if (resource is not null)
        {
            resource.Id = id;
            stored = stored with { Json = Stamp.Write(resource, 1, Given.Now) };
        }

        Assert.Equal(CommitOutcome.Done, await store.CommitAsync(new Commit([new ResourceWrite(stored, 0, [])]), Cancel));
    }

    private static async Task<Subscription> Until(FhirHost host, string path, Func<Subscription, bool> holds)
    {
        Subscription? found = null;
        await TimeGoesOn(host, async () => holds(found = await host.Client().GetResource<Subscription>(path)));
        return found!;
    }

    private static Task TimeGoesOn(FhirHost host, Func<Task<bool>> holds) =>
        host.Time.UntilAsync(TimeSpan.FromHours(2), holds, host.Get<SubscriptionDelivery>().SignalChange);
}
