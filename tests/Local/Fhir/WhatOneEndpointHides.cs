using System.Net.Http.Headers;
using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Local.Tests.Fhir;

/// <summary>Every FHIR endpoint x every state of a request: the child and the school are given out where the HTTP API gives them, and nowhere else.</summary>
public sealed class WhatOneEndpointHides : IDisposable
{
    private static readonly Child Other = Cast.Facts.Child with
    {
        GivenName = "Rowena",
        FamilyName = "Wetherell",
        DateOfBirth = Cast.Facts.Child.DateOfBirth.AddDays(-40),
        NhsNumber = NhsNumber.TryParse("9449305552", out var number, out _) ? number : default,
    };

    private readonly string data = Directory.CreateTempSubdirectory("fhir-hides-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // state, who sees it: "old" the child of the opening, "new" the child after the correction, "none".
    public static TheoryData<string, string> States => new()
    {
        { "asked", "old" },
        { "declined", "none" },
        { "withdrawn", "none" },
        { "ended", "none" },
        { "corrected", "new" },
        { "corrected, not yet told", "none" },
        { "corrected after declining", "none" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task Each_endpoint_shows_the_child_that_HTTP_shows_or_none(string state, string child)
    {
        await using var hub = await Start();
        var (assessment, engine) = (AssessmentId.For(Cast.CouncilCode, "hides"), hub.Services.GetRequiredService<EmbeddedEngine>());
        await Live(engine, assessment, state);
        using var client = Client(hub, Cast.Trust.Id);
        var (task, patient) = (RequestResources.TaskId(RequestNames.Of(assessment, "medical-1")), PatientMapping.IdOf(assessment));
        var request = RequestResources.ServiceRequestId(RequestNames.Of(assessment, "medical-1"));

        var http = await Get(client, $"v1/cases/{assessment}");
        var answers = await AnswersAsync(client, assessment, patient, task, request);

        // Until it was told, FHIR has nothing that is true to show; HTTP reads the case itself.
        Assert.Equal((state, child == "none" && state != "corrected, not yet told" ? "none" : state.StartsWith("corrected", StringComparison.Ordinal) ? "new" : "old"), (state, Shown(http)));
        Assert.All(answers, answer => Assert.True(Shown(answer.Value) is var shown && (shown == "none" || shown == child), $"{state}: {answer.Key} shows the {Shown(answer.Value)} child"));
        Assert.Equal(child, Shown(answers[$"Patient/{patient}"]));
        Assert.Equal(child, Shown(answers["Task?_include=Task:patient"]));
        Assert.Equal(child, Shown(answers["GET in a transaction"]));
        Assert.Equal(child == "none" ? 0 : 1, ((Bundle)FhirReader.Read(Encoding.UTF8.GetBytes(answers["Patient"]), FhirFormats.Json).Value!).Total);
        Assert.Equal(child != "none" || state == "corrected, not yet told", answers[$"ServiceRequest/{request}"].Contains("supportingInfo", StringComparison.Ordinal));
        Assert.Contains(task, answers[$"Task/{task}"], StringComparison.Ordinal);
    }

    /// <summary>No endpoint gives out an address that a family fled from, in any version of the Patient, once it has been corrected.</summary>
    [Fact]
    public async Task A_postcode_that_was_corrected_is_shown_by_no_endpoint_though_the_child_is_the_same()
    {
        const string Old = "NB1 2AB";
        const string New = "NB9 9ZZ";
        Assert.Equal(Old, Cast.Facts.Child.Postcode);
        await using var hub = await Start();
        var (assessment, engine) = (AssessmentId.For(Cast.CouncilCode, "moved"), hub.Services.GetRequiredService<EmbeddedEngine>());
        await Live(engine, assessment, "asked");
        using var client = Client(hub, Cast.Trust.Id);
        var (task, patient) = (RequestResources.TaskId(RequestNames.Of(assessment, "medical-1")), PatientMapping.IdOf(assessment));
        var request = RequestResources.ServiceRequestId(RequestNames.Of(assessment, "medical-1"));
        Assert.Contains(Old, (await AnswersAsync(client, assessment, patient, task, request))[$"Patient/{patient}"], StringComparison.Ordinal);

        await Say(engine, assessment, new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" }, new CorrectFacts("They moved to a refuge.", Child: Cast.Facts.Child with { Postcode = New }));
        Assert.All(await AnswersAsync(client, assessment, patient, task, request), answer => Assert.DoesNotContain(Old, answer.Value, StringComparison.Ordinal));

        await engine.RunDueAsync(Cancel);
        var told = await AnswersAsync(client, assessment, patient, task, request);
        Assert.Contains(New, told[$"Patient/{patient}"], StringComparison.Ordinal);
        Assert.All(told, answer => Assert.DoesNotContain(Old, answer.Value, StringComparison.Ordinal));
    }

    /// <summary>An agency that was asked for nothing and only pushed what it had: no FHIR endpoint tells it that there is a case.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_agency_that_only_pushed_reads_nothing_at_any_endpoint(bool agreed)
    {
        await using var hub = await Start();
        var (assessment, engine) = (AssessmentId.For(Cast.CouncilCode, "pushed"), hub.Services.GetRequiredService<EmbeddedEngine>());
        await Live(engine, assessment, "asked");
        using var asked = Client(hub, Cast.Trust.Id);
        var pusher = AgencyId.TryParse("ods:RX9", out var parsed, out _) ? parsed : throw new InvalidOperationException();
        var (task, patient) = (RequestResources.TaskId(RequestNames.Of(assessment, "medical-1")), PatientMapping.IdOf(assessment));
        var request = RequestResources.ServiceRequestId(RequestNames.Of(assessment, "medical-1"));
        await Say(engine, assessment, new Actor { Role = ActorRole.Agency, Id = "pusher", Agency = pusher }, new ProposeExistingAdvice(
            $"{ExistingAdvice.PushedPrefix}1", AdviceKind.Other, new Agency { Id = pusher, Name = "Example therapists" },
            new AdviceContent { Author = "A. Author", AuthorRole = "Therapist", WrittenOn = Cast.Start, Views = [new AdviceView("v1", "Likes drawing.")] }));
        if (agreed)
        {
            await Say(engine, assessment, new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" }, new AgreeExistingAdvice($"{ExistingAdvice.PushedPrefix}1", AgreeingParty.Council, true));
        }

        await engine.RunDueAsync(Cancel);
        using var client = Client(hub, pusher);
        var subscription = new Subscription
        {
            Status = Subscription.SubscriptionStatus.Requested,
            Reason = "News.",
            Criteria = "Task?status=requested",
            Channel = new() { Type = Subscription.SubscriptionChannelType.RestHook, Endpoint = "https://rx9.example/hook" },
        };
        using (var content = new ByteArrayContent(FhirWriter.Write(subscription, FhirFormat.Json)))
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(FhirFormats.Json);
            using var kept = await client.PostAsync("fhir/Subscription", content, Cancel);
            Assert.Equal(201, (int)kept.StatusCode);
        }

        // What the one asked sees stands beside it: without it a search that finds nothing for anybody would pass.
        Assert.Equal("old", Shown(string.Concat((await AnswersAsync(asked, assessment, patient, task, request)).Values)));
        foreach (var (path, text) in await AnswersAsync(client, assessment, patient, task, request))
        {
            Assert.True(Shown(text) == "none", $"{path} shows the child");
            Assert.False(path.Contains('?', StringComparison.Ordinal) || path is "Patient" or "GET in a transaction" ? !HasNothing(text) : !IsNotFound(text), $"{path} tells that something is there: {text[..Math.Min(300, text.Length)]}");
        }

        var listeners = hub.Services.GetRequiredService<Functions.Nhs.Access.FhirViews>().Of(new Functions.Nhs.Access.FhirCaller(pusher.Value, MayWrite: true));
        var store = hub.Services.GetRequiredService<Functions.Nhs.Store.IFhirResourceStore>();
        foreach (var (type, id) in new[] { ("Task", task), ("Patient", patient), ("ServiceRequest", request) })
        {
            Assert.Null(await listeners.ReadAsync(store, type, id, Cancel));
        }

        static bool IsNotFound(string text) => text.Contains("OperationOutcome", StringComparison.Ordinal) && text.Contains("not-found", StringComparison.Ordinal);
        static bool HasNothing(string text) => !text.Contains("fullUrl", StringComparison.Ordinal) && (!text.Contains("\"total\":", StringComparison.Ordinal) || text.Contains("\"total\":0", StringComparison.Ordinal));
    }

    private static HttpClient Client(Microsoft.AspNetCore.Builder.WebApplication hub, AgencyId agency)
    {
        var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.Agency, Agency: agency)));
        return client;
    }

    /// <summary>What each FHIR endpoint answers.</summary>
    private static async Task<Dictionary<string, string>> AnswersAsync(HttpClient client, AssessmentId assessment, string patient, string task, string request)
    {
        var answers = new Dictionary<string, string>();
        foreach (var path in (string[])[
            $"Patient/{patient}", $"Patient/{patient}/_history", $"Patient/{patient}/_history/1", $"Patient/{patient}/_history/2", "Patient", $"Patient?_id={patient}",
            $"Patient?identifier={FhirUris.NhsNumber}|{Cast.Facts.Child.NhsNumber}", $"Patient?identifier={FhirUris.NhsNumber}|{Other.NhsNumber}", $"Patient?family={Cast.Facts.Child.FamilyName[..4]}",
            "Task?_include=Task:patient", "Task?_include=Task:subject&_include=Task:focus", "ServiceRequest?_include=ServiceRequest:patient", "ServiceRequest?_include=ServiceRequest:subject",
            "Patient?_summary=count", "Task?_summary=count", "ServiceRequest?_summary=count", $"Task?group-identifier={assessment}&_summary=count",
            $"Task/{task}", $"Task/{task}/_history", $"Task/{task}/_history/1", $"ServiceRequest/{request}", $"ServiceRequest/{request}/_history", $"ServiceRequest/{request}/_history/1"])
        {
            answers[path] = await Get(client, $"fhir/{path}");
        }

        var inTransaction = FhirWriter.Write(new Bundle { Type = Bundle.BundleType.Transaction, Entry = [new() { Request = new() { Method = Bundle.HTTPVerb.GET, Url = "Task?_include=Task:patient" } }] }, FhirFormat.Json);
        using var content = new ByteArrayContent(inTransaction);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(FhirFormats.Json);
        using var answer = await client.PostAsync("fhir", content, Cancel);
        answers["GET in a transaction"] = await answer.Content.ReadAsStringAsync(Cancel);
        return answers;
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private static string Shown(string text)
    {
        var (old, now) = (Says(text, Cast.Facts.Child), Says(text, Other));
        return old && now ? "both" : old ? "old" : now ? "new" : "none";
    }

    private static bool Says(string text, Child child) =>
        text.Contains($"\"{child.GivenName}\"", StringComparison.Ordinal) || text.Contains($"\"{child.DateOfBirth:yyyy-MM-dd}\"", StringComparison.Ordinal)
        || text.Contains($"\"{child.NhsNumber!.Value.Value}\"", StringComparison.Ordinal);

    private static async Task<string> Get(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancel);
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task Live(EmbeddedEngine engine, AssessmentId assessment, string state)
    {
        var officer = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" };
        var body = new Actor { Role = ActorRole.Agency, Id = "body", Agency = Cast.Trust.Id };
        async Task Say(Actor by, AssessmentInput input) => await WhatOneEndpointHides.Say(engine, assessment, by, input);
        await Say(officer, new OpenAssessment(Cast.Facts));
        await Say(officer, new RecordConsultation(Cast.Start, "The family wants it."));
        await Say(officer, new DecideWhetherToAssess(true, "May be necessary."));
        await engine.RunDueAsync(Cancel);
        switch (state)
        {
            case "declined": await Say(body, new DeclineAdviceRequest("medical-1", "Not known here.")); break;
            case "withdrawn": await Say(officer, new WithdrawAdviceRequest("medical-1", "No longer needed.")); break;
            case "ended": await Say(officer, new WithdrawRequest(Cast.Start, "The family no longer wants it.")); break;
            case "corrected after declining": await Say(body, new DeclineAdviceRequest("medical-1", "Not known here.")); break;
        }

        if (state.StartsWith("corrected", StringComparison.Ordinal))
        {
            await Say(officer, new CorrectFacts("Another child's details were entered.", Child: Other));
        }

        if (state != "corrected, not yet told")
        {
            await engine.RunDueAsync(Cancel);
        }
    }

    private static async Task Say(EmbeddedEngine engine, AssessmentId assessment, Actor by, AssessmentInput input)
    {
        var taken = await engine.SubmitAsync(new Delivery { Assessment = assessment, MessageId = Guid.NewGuid().ToString(), By = by, ReceivedAt = PushedBody.Start, Input = input }, Cancel);
        Assert.Null(taken.Refusal?.Reason);
    }

    private async Task<Microsoft.AspNetCore.Builder.WebApplication> Start()
    {
        var hub = LocalHub.Build(new LocalHubOptions
        {
            Development = true,
            DataDirectory = data,
            Url = "http://127.0.0.1:0",
            Time = new FakeTimeProvider(PushedBody.Start),
            StartEngine = false,
            RequestsPerMinute = 0,
            Councils = [Cast.Council],
            Agencies = [new AgencyEntry { Id = Cast.Trust.Id, Reach = Reach.FhirPull }],
            Add = builder => builder.Logging.ClearProviders(),
        });
        await hub.StartAsync(Cancel);
        return hub;
    }
}
