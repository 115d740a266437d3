using System.Collections.Concurrent;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Subscriptions;
using IntegrationHub.Hub.Tests.Background;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

public sealed class MessagesAndSubscriptions
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_taken_once_and_both_ids_come_back()
    {
        await using var host = await Answering.Asked();
        (string, string)[] ids = [("X-Request-Id", "1cbdfb97-5859-48a4-8301-d54eab818d68"), ("X-Correlation-Id", "5f1f7c52-99e8-4c1d-b7c6-0d6f8f6f0a11")];

        using var first = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(Message(FhirTask.TaskStatus.Accepted)), ids);
        using var repeat = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(Message(FhirTask.TaskStatus.Accepted)), ids);

        var reply = await first.Resource<Bundle>();
        var header = Assert.IsType<MessageHeader>(reply.Entry[0].Resource);
        Assert.Equal(("86e3371d-1c15-4862-9552-d9560f8292ba", MessageHeader.ResponseType.Ok), (header.Response!.Identifier, header.Response.Code!.Value));
        Assert.Equal((409, OperationOutcome.IssueType.Duplicate), await repeat.Refusal() is var (status, issue) ? (status, issue.Code!.Value) : default);
        Assert.All(new[] { first, repeat }, response => Assert.Equal(ids.Select(id => id.Item2), ids.Select(id => response.Headers.GetValues(id.Item1).Single())));
        Assert.Single(host.Exchange.Delivered);
    }

    [Fact]
    public async Task A_message_hands_in_advice_whose_references_are_its_own()
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);

        using var response = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(Message(FhirTask.TaskStatus.Completed)), Ids());

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equivalent(Given.Advice(), host.Exchange.Delivered[^1].Advice, strict: true);
        var kept = (QuestionnaireResponse)(await host.Client().GetResource<Bundle>("QuestionnaireResponse")).Entry.Single().Resource!;
        Assert.Equal(Answering.PatientPath, kept.Subject!.Reference);
    }

    [Theory]
    [InlineData("X-Request-Id")]
    [InlineData("X-Correlation-Id")]
    public async Task Without_both_ids_a_message_is_400(string missing)
    {
        await using var host = await Answering.Asked();

        using var response = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(Message(FhirTask.TaskStatus.Accepted)), [.. Ids().Where(id => id.Name != missing)]);

        Assert.Equal((400, missing), await response.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
    }

    [Fact]
    public async Task A_message_about_another_patient_or_an_unknown_request_is_422()
    {
        await using var host = await Answering.Asked();
        var patient = Message(FhirTask.TaskStatus.Accepted);
        ((Patient)patient.Entry.Single(entry => entry.Resource is Patient).Resource!).Identifier[0].Value = "9000000009";
        var unknown = Message(FhirTask.TaskStatus.Accepted);
        ((FhirTask)unknown.Entry.Single(entry => entry.Resource is FhirTask).Resource!).Identifier[0].Value = "unknown";

        using var wrongPatient = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(patient), Ids());
        using var wrongRequest = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(unknown), Ids());
        using var otherBody = await host.Client("RX2").Send(HttpMethod.Post, "$process-message", FhirCalls.Body(Message(FhirTask.TaskStatus.Accepted)), Ids());

        foreach (var refused in new[] { wrongPatient, wrongRequest, otherBody })
        {
            Assert.Equal(422, (await refused.Refusal()).Status);
        }

        Assert.Empty(host.Exchange.Delivered);
    }

    [Fact]
    public async Task A_subscriber_is_greeted_and_then_hears_of_new_tasks()
    {
        await using var listener = await Listener.Start();
        await using var host = await Listening();
        using var created = await host.Client().PostAsync("Subscription", FhirCalls.Body(Subscription(listener.Base)), Cancel);
        Assert.Equal(Hl7.Fhir.Model.Subscription.SubscriptionStatus.Requested, (await created.Resource<Subscription>()).Status);

        await listener.Heard("POST");
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask(), Cancel);
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask() with { RequestId = "theirs", Provider = new() { Id = Given.Id<Contracts.Identifiers.AgencyId>("ods:RX2"), Name = "Other" } }, Cancel);
        var told = await listener.Heard("PUT");

        Assert.Equal($"/hook/Task/{Answering.TaskId}", told.Path);
        Assert.Equal("Bearer abc", told.Authorization);
        Assert.Equal(Answering.TaskId, Assert.IsType<FhirTask>(FhirReader.Read(told.Body, FhirFormats.Json).Value).Id);
        Assert.Equal(Hl7.Fhir.Model.Subscription.SubscriptionStatus.Active, (await host.Client().GetResource<Subscription>(Answering.Short(host, created))).Status);
    }

    [Fact]
    public async Task A_subscriber_that_was_away_hears_of_everything_it_missed()
    {
        await using var listener = await Listener.Start();
        await using var host = await Listening();
        using var created = await host.Client().PostAsync("Subscription", FhirCalls.Body(Subscription(listener.Base)), Cancel);
        await listener.Heard("POST");
        listener.Status = 503;
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask(), Cancel);
        await listener.Heard("PUT");

        listener.Status = 200;
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask() with { RequestId = "second" }, Cancel);

        var told = new[] { await HeardInTime(host, listener, "PUT"), await HeardInTime(host, listener, "PUT") };
        Assert.Equal([$"/hook/Task/{Answering.TaskId}", $"/hook/Task/{RequestResources.TaskId("second")}"], told);
    }

    [Fact]
    public async Task A_handshake_that_fails_five_times_is_an_error_that_says_why()
    {
        await using var listener = await Listener.Start();
        listener.Status = 401;
        await using var host = await Listening();
        using var created = await host.Client().PostAsync("Subscription", FhirCalls.Body(Subscription(listener.Base)), Cancel);
        for (var i = 0; i < SubscriptionDelivery.Handshakes; i++)
        {
            await HeardInTime(host, listener, "POST");
        }

        Subscription? subscription = null;
        await host.Time.UntilAsync(
            TimeSpan.FromMinutes(10),
            async () => (subscription = await host.Client().GetResource<Subscription>(Answering.Short(host, created))).Status == Hl7.Fhir.Model.Subscription.SubscriptionStatus.Error);

        Assert.Equal("The endpoint did not accept the handshake.", subscription!.Error);
    }

    [Theory]
    [InlineData("Patient?name=x", "https://rx1.example/hook", "rest-hook", "Subscription.criteria")]
    [InlineData("Task?shoe-size=41", "https://rx1.example/hook", "rest-hook", "Subscription.criteria")]
    [InlineData("Task?status=requested", "http://rx1.example/hook", "rest-hook", "Subscription.channel.endpoint")]
    [InlineData("Task?status=requested", "https://127.0.0.1/hook", "rest-hook", "Subscription.channel.endpoint")]
    [InlineData("Task?status=requested", "https://localhost/hook", "rest-hook", "Subscription.channel.endpoint")]
    [InlineData("Task?status=requested", "https://rx1.example/hook", "websocket", "Subscription.channel.type")]
    public async Task What_cannot_be_served_is_refused_at_once(string criteria, string endpoint, string type, string path)
    {
        await using var host = await FhirHost.Start();
        var subscription = Subscription(endpoint);
        subscription.Criteria = criteria;
        subscription.Channel!.Type = type == "rest-hook" ? Hl7.Fhir.Model.Subscription.SubscriptionChannelType.RestHook : Hl7.Fhir.Model.Subscription.SubscriptionChannelType.Websocket;
        subscription.Channel.Endpoint = endpoint;

        using var response = await host.Client().PostAsync("Subscription", FhirCalls.Body(subscription), Cancel);

        Assert.Equal((422, path), await response.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
    }

    [Fact]
    public async Task An_ended_subscription_is_gone()
    {
        await using var host = await Listening();
        using var created = await host.Client().PostAsync("Subscription", FhirCalls.Body(Subscription("https://rx1.example")), Cancel);
        var path = Answering.Short(host, created);

        using var others = await host.Client("RX2").DeleteAsync(path, Cancel);
        using var deleted = await host.Client().DeleteAsync(path, Cancel);
        using var read = await host.Client().GetAsync(path, Cancel);

        Assert.Equal((404, 204), ((int)others.StatusCode, (int)deleted.StatusCode));
        Assert.Equal((410, OperationOutcome.IssueType.Deleted), await read.Refusal() is var (status, issue) ? (status, issue.Code!.Value) : default);
    }

    [Fact]
    public async Task Words_of_a_message_that_nobody_reads_are_a_note_or_refused()
    {
        await using var host = await Answering.Asked();
        var note = Message(FhirTask.TaskStatus.Accepted);
        note.Entry.Add(new() { FullUrl = "urn:uuid:00000000-0000-4000-8000-000000000007", Resource = new Practitioner { Name = [new HumanName { Text = "Dr Amara Bello" }] } });
        var observation = Message(FhirTask.TaskStatus.Accepted);
        observation.Entry.Add(new() { FullUrl = "urn:uuid:00000000-0000-4000-8000-000000000008", Resource = new Condition { Subject = new ResourceReference("urn:uuid:00000000-0000-4000-8000-000000000003"), Code = new CodeableConcept { Text = "Epilepsy" } } });
        var second = Message(FhirTask.TaskStatus.Completed);
        second.Entry.Add(new() { FullUrl = "urn:uuid:00000000-0000-4000-8000-000000000009", Resource = (Resource)second.Entry[4].Resource!.DeepCopy() });

        using var refused = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(observation), Ids());
        using var unlinked = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(second), Ids());
        using var taken = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(note), Ids());

        Assert.Equal((422, "Bundle.entry[4].resource"), await refused.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
        Assert.Equal((422, "Bundle.entry[5].resource"), await unlinked.Refusal() is var (other, where) ? (other, where.Expression.Single()) : default);
        Assert.Equal(200, (int)taken.StatusCode);
        Assert.Equal("The message also says:\nPractitioner.name.text: Dr Amara Bello", Assert.Single(host.Exchange.Delivered).Said.Single().Text);
    }

    private static Task<FhirHost> Listening() => FhirHost.Start(callsLoopback: true);

    // The courier's delay begins when it notes a refusal, which is after the refusal was heard here: time goes on until it comes again.
    private static async Task<string> HeardInTime(FhirHost host, Listener listener, string method)
    {
        var heard = listener.Heard(method);
        await host.Time.UntilAsync(TimeSpan.FromSeconds(30), () => heard.IsCompleted, host.Get<SubscriptionDelivery>().SignalChange);
        return (await heard).Path;
    }

    internal static (string Name, string Value)[] Ids() => [("X-Request-Id", Guid.NewGuid().ToString()), ("X-Correlation-Id", Guid.NewGuid().ToString())];

    private static Subscription Subscription(string endpoint) => new()
    {
        Status = Hl7.Fhir.Model.Subscription.SubscriptionStatus.Requested,
        Reason = "New requests",
        Criteria = $"Task?owner=Organization/{OrganizationMapping.IdOf(Given.Ask().Provider.Id)}",
        Channel = new() { Type = Hl7.Fhir.Model.Subscription.SubscriptionChannelType.RestHook, Endpoint = $"{endpoint}/hook", Payload = FhirFormats.Json, Header = ["Authorization: Bearer abc"] },
    };

    // As a BaRS sender lays it out: MessageHeader first, its own copies of patient and request under its own urls.
    internal static Bundle Message(FhirTask.TaskStatus status)
    {
        var ask = Given.Ask();
        var resources = RequestResources.Of(ask, Given.Now);
        var task = new FhirTask
        {
            Identifier = [new Identifier(FhirUris.AdviceRequestId, ask.RequestId)],
            Status = status,
            Intent = FhirTask.TaskIntent.Order,
            For = new ResourceReference("urn:uuid:00000000-0000-4000-8000-000000000003"),
            Focus = new ResourceReference("urn:uuid:00000000-0000-4000-8000-000000000004"),
        };
        var response = Answering.Response("x");
        response.Subject = new ResourceReference("urn:uuid:00000000-0000-4000-8000-000000000003");
        response.BasedOn = [new ResourceReference("urn:uuid:00000000-0000-4000-8000-000000000004")];
        var bundle = new Bundle
        {
            Id = "86e3371d-1c15-4862-9552-d9560f8292ba",
            Type = Bundle.BundleType.Message,
            Timestamp = Given.Now,
            Entry =
            [
                Entry(1, new MessageHeader
                {
                    Event = new Coding("https://fhir.nhs.uk/CodeSystem/message-events-bars", "servicerequest-response"),
                    Source = new() { Endpoint = "https://rx1.example/fhir" },
                    Focus = [new ResourceReference("urn:uuid:00000000-0000-4000-8000-000000000002")],
                }),
                Entry(2, task),
                Entry(3, resources.Patient),
                Entry(4, resources.Request),
            ],
        };
        if (status == FhirTask.TaskStatus.Completed)
        {
            Answering.Complete(task, "urn:uuid:00000000-0000-4000-8000-000000000005");
            bundle.Entry.Add(Entry(5, response));
        }

        return bundle;

        static Bundle.EntryComponent Entry(int number, Resource resource) => new() { FullUrl = $"urn:uuid:00000000-0000-4000-8000-00000000000{number}", Resource = resource };
    }

    /// <summary>A body's own endpoint that hears notifications.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly WebApplication app;
        private readonly BlockingCollection<(string Method, string Path, string? Authorization, byte[] Body)> calls = [];

        private Listener(WebApplication app) => this.app = app;

        internal int Status { get; set; } = 200;

        internal string Base => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        internal static async Task<Listener> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var listener = new Listener(builder.Build());
            listener.app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body, http.RequestAborted);
                http.Response.StatusCode = listener.Status;
                listener.calls.Add((http.Request.Method, http.Request.Path, http.Request.Headers.Authorization, body.ToArray()));
            });
            await listener.app.StartAsync();
            return listener;
        }

        /// <summary>The next call, which must be of this method. Waits for it for as long as the test may run.</summary>
        internal Task<(string Method, string Path, string? Authorization, byte[] Body)> Heard(string method) => Task.Run(
            () =>
            {
                var call = calls.Take(Cancel);
                Assert.Equal(method, call.Method);
                return call;
            },
            Cancel);

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            calls.Dispose();
        }
    }
}
